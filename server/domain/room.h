// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/connection.h"
#include "protocol/entry.h"
#include "protocol/user.h"
#include "storage/records.h"

#include <QHash>
#include <QSet>

#include <array>
#include <chrono>
#include <vector>

namespace tertulia {

/// Entries that were fanned out while somebody's first page is still being read from the store: they follow that page,
/// so that nothing is missed and nothing comes twice.
struct EntryHold {
    QList<std::pair<EntryId, Frame>> entries;
};

/// A user who is in a room now, or was a moment ago and may be back within the grace time.
struct RoomMember {
    User user;
    int connections = 0; ///< 0 = lost, waiting for presence.grace_ms
    Timestamp since;
    std::chrono::steady_clock::time_point lostAt;
};

/// One room while the server runs: its record, who is in it, who listens, and what is to be written this turn.
/// A plain holder of state with no rules of its own; RoomDirectory owns it. Server thread.
class Room
{
public:
    explicit Room(RoomRecord roomRecord);

    RoomRecord record; ///< record.lastId = the last id that was fanned out

    [[nodiscard]] RoomInfo info() const;
    [[nodiscard]] RoomKey key() const { return record.key; }

    // Membership of private and direct rooms: user id -> name.
    QHash<QString, QString> belongs;
    [[nodiscard]] bool isHiddenFrom(const QString &userId) const;
    // Users who gave the right password, by id; while the server runs.
    QSet<QString> passwordGiven;

    // Who is in the room now, in order of coming.
    [[nodiscard]] const std::vector<RoomMember> &members() const { return m_members; }
    [[nodiscard]] RoomMember *findMember(const QString &userId);
    RoomMember &addMember(const User &user, Timestamp since);
    void removeMember(const QString &userId);
    void touchMember(const QString &userId); ///< its connections changed
    /// The JSON array of at most 200 members, cached until one of those changes.
    [[nodiscard]] const QByteArray &membersJson();

    // Who gets what is said: chat sessions' connections and event streams. Each once; order is of no meaning.
    // Who comes while a block is being gathered gets only what is added to it after.
    void addSubscriber(Connection &connection);
    void removeSubscriber(Connection &connection);
    [[nodiscard]] const std::vector<Connection *> &subscribers() const { return m_subscribers; }
    [[nodiscard]] bool hasSubscribers() const { return !m_position.isEmpty(); }
    [[nodiscard]] bool isSubscribed(const Connection &connection) const { return m_position.contains(&connection); }
    struct Newcomer {
        Connection *connection = nullptr;
        qsizetype firstFrame = 0; ///< of the block, that it gets
    };
    /// Those who came during this block; from now on they are subscribers like all.
    [[nodiscard]] std::vector<Newcomer> takeNewcomers();

    // Written at the end of the turn, one block to every subscriber.
    FrameBlock block;

    // Newcomers who wait for the store.
    QSet<EntryHold *> holds;
    // Entries on their way through the store: while there are any the room stays.
    int entriesUnderWay = 0;

    // The last 50 messages as JSON array, valid while nothing was added after.
    QByteArray recentMessages;
    bool recentIsValid = false;

    // What is said a minute, by rings of seconds.
    void countMessage(std::chrono::steady_clock::time_point now);
    [[nodiscard]] int messagesPerMinute(std::chrono::steady_clock::time_point now) const;

    // Slow mode and typing: last moments by user id.
    QHash<QString, std::chrono::steady_clock::time_point> lastChat;
    QHash<QString, std::chrono::steady_clock::time_point> lastTyping;
    std::chrono::steady_clock::time_point lastPresence; ///< of a summary

private:
    std::vector<RoomMember> m_members;
    QHash<QString, std::size_t> m_memberPosition;
    QByteArray m_membersJson;
    std::vector<Connection *> m_subscribers;
    std::vector<Newcomer> m_newcomers;
    QHash<const Connection *, std::size_t> m_position;
    std::array<int, 60> m_perSecond {};
    qint64 m_lastSecond = 0;
};

} // namespace tertulia
