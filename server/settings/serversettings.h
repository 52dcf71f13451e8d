// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <chrono>

namespace tertulia {

/// The value of every setting, by the name it has in the settings file; read in hot paths as a plain field. A limit of
/// 0 means no limit where the table of settings says so. Defaults, bounds and descriptions: settingstable.cpp.
struct ServerSettings {
    // server.*
    QString name;
    QString host; ///< address to listen on; "0.0.0.0" = all, IPv6 included where there is any
    int port = 0; ///< 0 = a free one
    QStringList rooms; ///< made at start
    bool tls = false;
    QString certificate; ///< PEM file; empty with tls: self-signed
    QString privateKey;
    QString broker; ///< redis://; empty = this process alone
    QString database; ///< postgresql://; empty = SQLite in the data directory

    // limits.*
    int messagesPerSecond = 0; ///< 0 = no limit
    int burst = 0;
    qint64 messageBytes = 0;
    int connections = 0;
    int connectionsPerUser = 0; ///< 0 = no limit
    int connectionsPerAddress = 0; ///< 0 = no limit
    qint64 outboundBytes = 0;
    qint64 uploadBytes = 0;
    qint64 roomHistory = 0; ///< entries; 0 = all
    int maxRooms = 0;

    // heartbeat.*, sse.*, presence.*
    std::chrono::milliseconds heartbeatInterval {0};
    std::chrono::milliseconds heartbeatTimeout {0};
    std::chrono::milliseconds sseKeepalive {0};
    std::chrono::milliseconds presenceGrace {0};

    // access.*, rooms.*
    bool guests = false;
    QString joinCode; ///< empty = none needed
    bool door = false;
    QStringList origins;
    QStringList hosts;
    int sessionHours = 0; ///< how long a token from a sign-in lives
    bool createByJoining = false;

    bool operator==(const ServerSettings &) const = default;
};

} // namespace tertulia
