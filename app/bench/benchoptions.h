// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/result.h"

#include <QString>
#include <QStringList>

#include <chrono>

namespace tertulia::bench {

enum class Mode : quint8 {
    Fanout, ///< publishers to the members of rooms; the mode "rooms" is this with other defaults
    Echo, ///< /ws/echo, every connection for itself
    Ack, ///< publish to ack, every sender alone in its room
    Idle, ///< open, wait: memory and the cost of connecting
    Storm, ///< connect and leave over and over
    Join, ///< join and leave one room over and over
    Search, ///< full-text search in one room over and over
};

enum class Transport : quint8 { WebSocket, EventStream, LongPoll };

/// What `tertulia bench` is told to do; everything is bounded, so that no run can go on for ever or use up a machine.
struct BenchOptions {
    static constexpr int kMostMembers = 20000;
    static constexpr std::chrono::seconds kLongestRun {600};

    Mode mode = Mode::Fanout;
    QString modeName;
    Transport transport = Transport::WebSocket;
    QString host;
    quint16 port = 0;
    int members = 0;
    int rooms = 0; ///< 0 = connect without joining
    int publishers = 0;
    double rate = 0; ///< messages a second in all; 0 = closed loop with `window`
    int window = 0; ///< messages of one publisher under way
    std::chrono::milliseconds duration {0};
    std::chrono::milliseconds warmup {0};
    int payload = 0; ///< bytes of text in a message
    QString jsonFile;
    qint64 serverPid = 0; ///< 0 = do not look at the server's process
    QString joinCode;
    QString token; ///< of an admin, for the announcements that long polls wait for
    QString room; ///< Join, Search
    QStringList words; ///< Search
};

/// Takes the arguments after "bench" apart; InvalidField with one line for people.
[[nodiscard]] Result<BenchOptions> parseBenchOptions(const QStringList &arguments);
/// What `tertulia bench --help` prints.
[[nodiscard]] QString benchHelpText();

} // namespace tertulia::bench
