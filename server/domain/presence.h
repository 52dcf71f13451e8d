// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/room.h"

#include <QObject>
#include <QTimer>

#include <deque>

namespace tertulia {

struct ServerSettings;
class Clock;
class Publisher;
class RoomDirectory;

/// Who is in which room, as the others are told of it: a user comes with the first connection and leaves with the last,
/// a lost connection has presence.grace_ms to come back, and a crowd is told in summaries. Server thread.
class Presence final : public QObject
{
    Q_OBJECT

public:
    /// Above this many members joins and leaves are told as one count, at most once a second.
    static constexpr std::size_t kSummaryAbove = 200;

    Presence(RoomDirectory &rooms, Publisher &publisher, const ServerSettings &settings, Clock &clock,
        QObject *parent = nullptr);

    /// One connection of the user entered the room; the user's own new connection is subscribed afterwards.
    void entered(Room &room, const User &user);
    /// One connection left: a last one at once where `clean`, else after the grace time. `reason` may be empty.
    void left(Room &room, const QString &userId, bool clean, const QByteArray &reason);
    /// At once, whatever connections there are.
    void putOut(Room &room, const QString &userId, const QByteArray &reason);

Q_SIGNALS:
    void joined(tertulia::Room *room, const tertulia::User &user);
    /// The user is out of the room; an empty room may go.
    void gone(tertulia::Room *room, const tertulia::User &user);

private:
    struct Lost {
        RoomKey room;
        QString userId;
        std::chrono::steady_clock::time_point at;
    };
    void tell(Room &room, QByteArrayView event, const User &user, const QByteArray &reason);
    void tellSummary(Room &room);
    void tellSummaries();
    void dropLost();
    void remove(Room &room, const User &user, const QByteArray &reason);

    RoomDirectory &m_rooms;
    Publisher &m_publisher;
    const ServerSettings &m_settings;
    Clock &m_clock;
    std::deque<Lost> m_lost; ///< in order of time: the grace is the same for all
    QTimer m_graceTimer;
    QSet<RoomKey> m_summaries;
    QTimer m_summaryTimer;
};

} // namespace tertulia
