// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/timestamp.h"
#include "protocol/user.h"

#include <QHash>
#include <QList>
#include <QMetaType>
#include <QString>
#include <QStringList>

#include <array>

namespace tertulia {

// Plain values that the server thread hands to the dashboard by queued signals. Copies are cheap (implicit sharing).

enum class HostPhase : quint8 { Stopped, Starting, Running, Stopping, Failed };

/// One address under which guests may reach the host, best first.
struct HostAddress {
    QString url; ///< "http://192.168.1.34:8000/"
    QString interfaceName; ///< "wlan0"
    bool isLoopback = false;
    bool isVirtual = false; ///< bridges, containers, VPNs
    bool isRecommended = false;
    bool isVerified = false; ///< another device really came in through it

    bool operator==(const HostAddress &) const = default;
};

struct HostState {
    HostPhase phase = HostPhase::Stopped;
    QString serverName;
    quint16 port = 0;
    QList<HostAddress> addresses; ///< best first; empty while stopped
    QString failure; ///< for people, when Failed
    QString joinCode; ///< empty = none needed
    QString fingerprint; ///< SHA-256 of the certificate, "AB:CD:..."; empty without TLS
    bool guestsAllowed = true;
    bool doorEnabled = false;
    Timestamp startedAt;
};

/// One live connection. `id` is stable while it lives.
struct ConnectionRow {
    QString id;
    QString user;
    Role role = Role::Guest;
    QString transport; ///< "websocket", "sse", "longpoll"
    QString address; ///< peer address without port
    quint16 port = 0;
    QString path;
    QString userAgent;
    QStringList rooms;
    Timestamp connectedAt;
    int roundTripMs = -1; ///< -1 = unknown
    quint64 messagesIn = 0;
    quint64 messagesOut = 0;
    quint64 bytesIn = 0;
    quint64 bytesOut = 0;
    qint64 queuedBytes = 0;

    bool operator==(const ConnectionRow &) const = default;
};

struct RoomRow {
    QString name;
    QString topic;
    QString owner;
    bool isPrivate = false;
    bool isDirect = false;
    bool hasPassword = false;
    bool readOnly = false;
    int slowModeSeconds = 0;
    int members = 0;
    int messagesPerMinute = 0;
    quint64 lastId = 0;

    bool operator==(const RoomRow &) const = default;
};

/// What changed since the last delivery: at most four a second. Keys of `removed` are ids and names.
struct ConnectionChanges {
    QList<ConnectionRow> upserted;
    QStringList removed;
};
struct RoomChanges {
    QList<RoomRow> upserted;
    QStringList removed;
};

enum class ActivityKind : quint8 {
    Connected,
    Disconnected,
    Joined,
    Left,
    Refused,
    Kicked,
    Banned,
    SlowConsumer,
    Room,
    Server
};

/// One line of the activity feed. Holds no message text and no secret; words are put together by the window.
struct ActivityEvent {
    Timestamp time;
    ActivityKind kind = ActivityKind::Server;
    QString user;
    QString address;
    QString room;
    QString detail; ///< a stable slug or a number: close code, refusal reason, "stored again" ...
};

/// The numbers of one second, and what /api/stats says.
struct MetricsSample {
    Timestamp time;
    qint64 uptimeSeconds = 0;
    int websockets = 0;
    int eventStreams = 0;
    int longPolls = 0;
    int usersOnline = 0;
    int rooms = 0;
    double messagesInPerSecond = 0;
    double deliveriesPerSecond = 0;
    double bytesInPerSecond = 0;
    double bytesOutPerSecond = 0;
    double fanoutP50Ms = 0;
    double fanoutP99Ms = 0;
    double loopLagP99Ms = 0;
    double storeCommitP99Ms = 0;
    qint64 outboundQueueBytes = 0;
    quint64 messagesReceivedTotal = 0;
    quint64 deliveriesTotal = 0;
    quint64 slowConsumersTotal = 0;
    QHash<QString, quint64> refusedTotal; ///< by reason slug
    qint64 residentMemoryBytes = 0;
    double cpuPercent = 0; ///< of one core
    bool storeHealthy = true;
};

/// Someone who waits at the door.
struct DoorKnock {
    QString id;
    QString name;
    QString address;
    QString userAgent;
    Timestamp since;

    bool operator==(const DoorKnock &) const = default;
};

/// A ban by name or by address (CIDR allowed); the other of the two is empty.
struct Ban {
    QString id;
    QString name;
    QString address;
    QString reason;
    Timestamp until; ///< epoch 0 = for ever
    QString by;
    Timestamp createdAt;

    bool operator==(const Ban &) const = default;
};

} // namespace tertulia

Q_DECLARE_METATYPE(tertulia::HostState)
Q_DECLARE_METATYPE(tertulia::ConnectionChanges)
Q_DECLARE_METATYPE(tertulia::RoomChanges)
Q_DECLARE_METATYPE(tertulia::ActivityEvent)
Q_DECLARE_METATYPE(tertulia::MetricsSample)
Q_DECLARE_METATYPE(tertulia::DoorKnock)
Q_DECLARE_METATYPE(tertulia::Ban)
