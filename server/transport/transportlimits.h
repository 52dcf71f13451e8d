// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <chrono>

namespace tertulia {

/// What one client may cost, in bytes and time. A value; the front's connections look at it each time they need it, so
/// that a change holds at once for all.
struct TransportLimits {
    qsizetype headBytes = 16 * 1024; ///< request line and fields of one request
    int headFields = 64;
    int sockets = 24000; ///< open at once, of any kind; more are answered 503
    std::chrono::milliseconds headTimeout {
        10000}; ///< from the connect, or the first byte of a later request, to the end of its head
    std::chrono::milliseconds stallTimeout {10000}; ///< without progress in a body or an answer
    qint64 bodyBytesPerSecond = 8 * 1024; ///< a body may take stallTimeout and what it needs at this rate
    std::chrono::milliseconds keepAliveTimeout {15000}; ///< between two requests
    std::chrono::milliseconds lingerTimeout {2000}; ///< for a client to read a last answer before its socket goes

    qint64 messageBytes = 16 * 1024 * 1024; ///< one WebSocket message
    int messageFragments = 100000;
    int controlFramesPerSecond = 1000; ///< pings, pongs; more are flooding
    qint64 outboundBytes = 1024 * 1024; ///< may wait for a reader before the next message cuts it
    std::chrono::milliseconds heartbeatInterval {25000}; ///< between pings; 0 = none
    std::chrono::milliseconds heartbeatTimeout {60000}; ///< without a byte from the client; 0 = none
    std::chrono::milliseconds frameStallTimeout {30000}; ///< between two bytes of one frame
    std::chrono::milliseconds frameTimeout {
        60000}; ///< for the whole of one frame, and what it needs at bodyBytesPerSecond
    std::chrono::milliseconds closeTimeout {1000}; ///< for a closing handshake
    std::chrono::milliseconds eventStreamSilence {15000}; ///< until a keepalive comment
};

} // namespace tertulia
