// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/presence.h"

#include "domain/clock.h"
#include "domain/publisher.h"
#include "domain/roomdirectory.h"
#include "protocol/jsonwriter.h"
#include "protocol/servermessage.h"
#include "settings/serversettings.h"

namespace tertulia {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto kSummaryEvery = 1s;

} // namespace

Presence::Presence(
    RoomDirectory &rooms, Publisher &publisher, const ServerSettings &settings, Clock &clock, QObject *parent)
    : QObject(parent)
    , m_rooms(rooms)
    , m_publisher(publisher)
    , m_settings(settings)
    , m_clock(clock)
{
    m_graceTimer.setSingleShot(true);
    connect(&m_graceTimer, &QTimer::timeout, this, &Presence::dropLost);
    m_summaryTimer.setSingleShot(true);
    connect(&m_summaryTimer, &QTimer::timeout, this, &Presence::tellSummaries);
}

void Presence::entered(Room &room, const User &user)
{
    RoomMember *member = room.findMember(user.id);
    if (member) {
        ++member->connections;
        room.touchMember(user.id);
        return;
    }
    room.addMember(user, m_clock.now()).connections = 1;
    tell(room, "user_joined", user, {});
    Q_EMIT joined(&room, user);
}

void Presence::left(Room &room, const QString &userId, bool clean, const QByteArray &reason)
{
    RoomMember *member = room.findMember(userId);
    if (!member || member->connections == 0)
        return;
    --member->connections;
    room.touchMember(userId);
    if (member->connections > 0)
        return;
    if (clean) {
        remove(room, User(member->user), reason);
        return;
    }
    member->lostAt = m_clock.steadyNow();
    m_lost.push_back({room.key(), userId, member->lostAt});
    if (!m_graceTimer.isActive())
        m_graceTimer.start(m_settings.presenceGrace);
}

void Presence::putOut(Room &room, const QString &userId, const QByteArray &reason)
{
    if (const RoomMember *member = room.findMember(userId))
        remove(room, User(member->user), reason);
}

void Presence::dropLost()
{
    const auto now = m_clock.steadyNow();
    while (!m_lost.empty() && m_lost.front().at + m_settings.presenceGrace <= now) {
        const Lost lost = m_lost.front();
        m_lost.pop_front();
        Room *room = m_rooms.find(lost.room);
        const RoomMember *member = room ? room->findMember(lost.userId) : nullptr;
        // Back meanwhile, or lost a second time: then a later line of the queue speaks for it.
        if (member && member->connections == 0 && member->lostAt == lost.at)
            remove(*room, User(member->user), "connection_lost"_ba);
    }
    if (!m_lost.empty()) {
        const auto wait = m_lost.front().at + m_settings.presenceGrace - now;
        m_graceTimer.start(std::chrono::ceil<std::chrono::milliseconds>(wait));
    }
}

void Presence::remove(Room &room, const User &user, const QByteArray &reason)
{
    room.removeMember(user.id);
    tell(room, "user_left", user, reason);
    Q_EMIT gone(&room, user);
}

void Presence::tell(Room &room, QByteArrayView event, const User &user, const QByteArray &reason)
{
    if (!room.hasSubscribers())
        return;
    if (room.members().size() > kSummaryAbove) {
        tellSummary(room);
        return;
    }
    QByteArray data;
    JsonWriter json(data);
    json.beginObject().field("user", QStringView(user.name)).field("member_count", int(room.members().size()));
    if (!reason.isEmpty())
        json.field("reason", QByteArrayView(reason));
    json.endObject();

    QByteArray eventData;
    JsonWriter eventJson(eventData);
    eventJson.beginObject()
        .field("room", QStringView(room.record.name))
        .field("event", event)
        .field("user", QStringView(user.name))
        .field("member_count", int(room.members().size()))
        .endObject();
    m_publisher.broadcast(
        room, Frame::withEventData(encodeSystem(room.record.name, event, data), "presence"_ba, eventData));
}

void Presence::tellSummary(Room &room)
{
    m_summaries.insert(room.key());
    if (m_summaryTimer.isActive())
        return;
    // The first of a quiet time is told at once, the rest of a crowd within the second.
    const auto due = room.lastPresence + kSummaryEvery - m_clock.steadyNow();
    m_summaryTimer.start(std::max(0ms, std::chrono::ceil<std::chrono::milliseconds>(due)));
}

void Presence::tellSummaries()
{
    const auto now = m_clock.steadyNow();
    auto next = kSummaryEvery + 0ns;
    const QSet<RoomKey> waiting = std::exchange(m_summaries, {});
    for (const RoomKey key : waiting) {
        Room *room = m_rooms.find(key);
        if (!room)
            continue;
        const auto due = room->lastPresence + kSummaryEvery - now;
        if (due > 0ns) {
            m_summaries.insert(key);
            next = std::min(next, std::chrono::nanoseconds(due));
            continue;
        }
        room->lastPresence = now;
        const QByteArray summary = encodePresence(room->record.name, int(room->members().size()));
        m_publisher.broadcast(*room, Frame(summary, "presence"_ba));
    }
    if (!m_summaries.isEmpty())
        m_summaryTimer.start(std::chrono::ceil<std::chrono::milliseconds>(next));
}

} // namespace tertulia
