// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/room.h"

#include "protocol/jsonwriter.h"
#include "protocol/servermessage.h"

#include <limits>

namespace tertulia {

namespace {

constexpr std::size_t kMembersShown = 200;
constexpr std::size_t kIsNewcomer = std::numeric_limits<std::size_t>::max();

} // namespace

Room::Room(RoomRecord roomRecord)
    : record(std::move(roomRecord))
{
}

RoomInfo Room::info() const
{
    RoomInfo info;
    info.name = record.name;
    info.topic = record.topic;
    info.isPrivate = record.isPrivate;
    info.isDirect = record.isDirect;
    info.hasPassword = !record.passwordHash.isEmpty();
    info.readOnly = record.readOnly;
    info.slowModeSeconds = record.slowModeSeconds;
    info.owner = record.ownerName;
    info.members = int(m_members.size());
    info.lastId = record.lastId;
    info.createdAt = record.createdAt;
    return info;
}

bool Room::isHiddenFrom(const QString &userId) const
{
    return record.isPrivate && !belongs.contains(userId);
}

RoomMember *Room::findMember(const QString &userId)
{
    const auto position = m_memberPosition.constFind(userId);
    return position == m_memberPosition.cend() ? nullptr : &m_members[*position];
}

RoomMember &Room::addMember(const User &user, Timestamp since)
{
    Q_ASSERT(!m_memberPosition.contains(user.id));
    m_memberPosition.insert(user.id, m_members.size());
    if (m_members.size() < kMembersShown)
        m_membersJson.clear();
    return m_members.emplace_back(RoomMember {user, 0, since, {}});
}

void Room::removeMember(const QString &userId)
{
    const auto found = m_memberPosition.find(userId);
    if (found == m_memberPosition.end())
        return;
    const std::size_t position = *found;
    m_memberPosition.erase(found);
    if (position < kMembersShown)
        m_membersJson.clear();
    // The last one takes the free place: erasing would move everyone behind, on every leave.
    if (position + 1 != m_members.size()) {
        m_members[position] = std::move(m_members.back());
        m_memberPosition[m_members[position].user.id] = position;
    }
    m_members.pop_back();
}

void Room::touchMember(const QString &userId)
{
    if (m_memberPosition.value(userId, kMembersShown) < kMembersShown)
        m_membersJson.clear();
}

const QByteArray &Room::membersJson()
{
    if (m_membersJson.isEmpty()) {
        JsonWriter json(m_membersJson);
        json.beginArray();
        const std::size_t shown = std::min(kMembersShown, m_members.size());
        for (std::size_t i = 0; i < shown; ++i) {
            const RoomMember &member = m_members[i];
            writeMember(json, {member.user.name, member.user.role, member.connections, member.since});
        }
        json.endArray();
    }
    return m_membersJson;
}

void Room::addSubscriber(Connection &connection)
{
    if (m_position.contains(&connection))
        return;
    if (!block.isEmpty()) {
        m_position.insert(&connection, kIsNewcomer);
        m_newcomers.push_back({&connection, block.count()});
        return;
    }
    m_position.insert(&connection, m_subscribers.size());
    m_subscribers.push_back(&connection);
}

void Room::removeSubscriber(Connection &connection)
{
    const auto found = m_position.find(&connection);
    if (found == m_position.end())
        return;
    const std::size_t position = *found;
    m_position.erase(found);
    if (position == kIsNewcomer) {
        std::erase_if(m_newcomers, [&connection](const Newcomer &one) { return one.connection == &connection; });
        return;
    }
    if (position + 1 != m_subscribers.size()) {
        m_subscribers[position] = m_subscribers.back();
        m_position[m_subscribers[position]] = position;
    }
    m_subscribers.pop_back();
}

std::vector<Room::Newcomer> Room::takeNewcomers()
{
    for (const Newcomer &newcomer : m_newcomers) {
        m_position[newcomer.connection] = m_subscribers.size();
        m_subscribers.push_back(newcomer.connection);
    }
    return std::exchange(m_newcomers, {});
}

void Room::countMessage(std::chrono::steady_clock::time_point now)
{
    const qint64 second = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
    if (second - m_lastSecond >= qint64(m_perSecond.size())) {
        m_perSecond.fill(0);
    } else {
        for (qint64 passed = m_lastSecond + 1; passed <= second; ++passed)
            m_perSecond[std::size_t(passed) % m_perSecond.size()] = 0;
    }
    m_lastSecond = second;
    ++m_perSecond[std::size_t(second) % m_perSecond.size()];
}

int Room::messagesPerMinute(std::chrono::steady_clock::time_point now) const
{
    const qint64 second = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
    int sum = 0;
    for (qint64 at = std::max(second - 59, qint64(0)); at <= std::min(second, m_lastSecond); ++at) {
        if (m_lastSecond - at < qint64(m_perSecond.size()))
            sum += m_perSecond[std::size_t(at) % m_perSecond.size()];
    }
    return sum;
}

} // namespace tertulia
