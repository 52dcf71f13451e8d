// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/userdirectory.h"

#include "domain/clock.h"
#include "protocol/names.h"

#include <QRandomGenerator>

namespace tertulia {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto kGuestNameHeld = 60s;
constexpr auto kSweepEvery = 60s;
constexpr qsizetype kLongestName = 32;
// Marks in a text beyond these are left alone: each may cost a look-up for every length of a name.
constexpr int kMostMentions = 50;

} // namespace

UserDirectory::UserDirectory(Clock &clock)
    : m_clock(clock)
    , m_nextSweep(clock.steadyNow() + kSweepEvery)
{
}

void UserDirectory::putAccount(const User &user)
{
    const auto known = m_byId.find(user.id);
    if (known != m_byId.end()) {
        m_idByName.remove(foldName(known->user.name));
        known->user = user;
        known->isAccount = true;
    } else {
        m_byId.insert(user.id, Holder {user, true, 0, {}});
    }
    m_idByName.insert(foldName(user.name), user.id);
}

void UserDirectory::removeAccount(const QString &userId)
{
    const auto known = m_byId.find(userId);
    if (known == m_byId.end())
        return;
    m_idByName.remove(foldName(known->user.name));
    m_byId.erase(known);
}

bool UserDirectory::isStale(const Holder &holder) const
{
    return !holder.isAccount && holder.connections == 0 && holder.heldUntil < m_clock.steadyNow();
}

void UserDirectory::sweep()
{
    const auto now = m_clock.steadyNow();
    if (now < m_nextSweep)
        return;
    m_nextSweep = now + kSweepEvery;
    for (auto holder = m_byId.begin(); holder != m_byId.end();) {
        if (isStale(*holder)) {
            m_idByName.remove(foldName(holder->user.name));
            holder = m_byId.erase(holder);
        } else {
            ++holder;
        }
    }
}

Result<void> UserDirectory::claimGuestName(const User &guest)
{
    sweep();
    const QString folded = foldName(guest.name);
    const auto id = m_idByName.constFind(folded);
    if (id != m_idByName.cend() && *id != guest.id) {
        const auto holder = m_byId.find(*id);
        if (holder != m_byId.end() && !isStale(*holder))
            return ErrorCode::NameTaken;
        m_byId.remove(*id);
    }
    Holder &holder = m_byId[guest.id];
    holder.user = guest;
    holder.heldUntil = m_clock.steadyNow() + kGuestNameHeld;
    m_idByName.insert(folded, guest.id);
    return {};
}

void UserDirectory::connected(const QString &userId)
{
    const auto holder = m_byId.find(userId);
    if (holder != m_byId.end())
        ++holder->connections;
}

void UserDirectory::disconnected(const QString &userId)
{
    const auto holder = m_byId.find(userId);
    if (holder == m_byId.end() || holder->connections == 0)
        return;
    if (--holder->connections == 0)
        holder->heldUntil = m_clock.steadyNow() + kGuestNameHeld;
}

void UserDirectory::forgetGuest(const QString &userId)
{
    const auto holder = m_byId.find(userId);
    if (holder == m_byId.end() || holder->isAccount)
        return;
    m_idByName.remove(foldName(holder->user.name));
    m_byId.erase(holder);
}

std::optional<User> UserDirectory::byName(const QString &name)
{
    const auto id = m_idByName.constFind(foldName(name));
    return id == m_idByName.cend() ? std::nullopt : byId(*id);
}

std::optional<User> UserDirectory::byId(const QString &userId) const
{
    const auto holder = m_byId.constFind(userId);
    if (holder == m_byId.cend() || isStale(*holder))
        return std::nullopt;
    return holder->user;
}

QString UserDirectory::makeGuestName()
{
    // The range grows with the crowd, so that a free one is soon found.
    const quint32 range = quint32(std::max<qsizetype>(1000, m_byId.size() * 10));
    while (true) {
        const QString name = u"Guest-"_s + QString::number(QRandomGenerator::global()->bounded(range));
        if (!byName(name))
            return name;
    }
}

bool UserDirectory::isOnline(const QString &userId) const
{
    const auto holder = m_byId.constFind(userId);
    return holder != m_byId.cend() && holder->connections > 0;
}

QList<User> UserDirectory::mentionedIn(const QString &content, const std::function<bool(const User &)> &mayRead)
{
    QList<User> found;
    int marks = 0;
    for (qsizetype at = content.indexOf(u'@'); at >= 0 && marks < kMostMentions; at = content.indexOf(u'@', at + 1)) {
        // ana@example is an address, not a call.
        if (at > 0 && content[at - 1].isLetterOrNumber())
            continue;
        ++marks;
        const qsizetype longest = std::min(kLongestName, content.size() - at - 1);
        for (qsizetype length = longest; length > 0; --length) {
            const qsizetype end = at + 1 + length;
            if (end < content.size() && content[end].isLetterOrNumber())
                continue;
            const auto user = byName(content.mid(at + 1, length));
            if (!user || !mayRead(*user))
                continue;
            if (!found.contains(*user))
                found.append(*user);
            break;
        }
    }
    return found;
}

} // namespace tertulia
