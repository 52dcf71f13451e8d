// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/frame.h"
#include "protocol/closecode.h"
#include "protocol/timestamp.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <utility>

namespace tertulia {

/// What is known of a client from its request. Secrets (tokens, tickets, cookies' values) are masked already.
struct Handshake {
    QString address; ///< peer, without port
    quint16 port = 0;
    QString localAddress; ///< the address of ours that it came in through
    QByteArray path;
    QByteArray query; ///< token, ticket, password and join_code replaced by "***"
    QByteArray origin;
    QByteArray userAgent;
    QList<std::pair<QByteArray, QByteArray>> headers; ///< authorization and cookie masked
    QList<QByteArray> cookieNames;
    bool isEncrypted = false;
};

/// Counters of one connection; read by the dashboard and /api/connections.
struct ConnectionTraffic {
    quint64 messagesIn = 0;
    quint64 messagesOut = 0;
    quint64 bytesIn = 0; ///< on the socket, handshake not counted
    quint64 bytesOut = 0;
    int roundTripMs = -1; ///< of the last heartbeat; -1 = unknown
    Timestamp connectedAt;
};

/// Write-only access to one live client, whatever carries it: WebSocket, event stream, long poll, or a test's fake.
/// Reading is the business of who owns the socket. Server thread only. Owned by the transport, which tells its
/// listener when the client is gone; until then the reference stays valid.
///
/// Writes are gathered: send() queues, and everything queued in one turn of the loop leaves in one write. A reader that
/// does not read is cut by the connection itself once `limits.outbound_bytes` wait (SlowConsumer).
class Connection
{
public:
    virtual ~Connection() = default;

    [[nodiscard]] virtual Wire wire() const = 0;
    /// Queues one message of this connection's own; it leaves at the end of the turn, before any later sendBlock().
    virtual void send(const Frame &frame) = 0;
    /// Writes what is queued and then the block, in one system call where nothing waits.
    virtual void sendBlock(const FrameBlock &block) = 0;
    /// The same, but what it puts into the queue does not count against the outbound limit and the rest of the bulk is
    /// asked for piece by piece: for the answer to one's own join.
    virtual void sendBulk(const Frame &frame) = 0;
    /// One binary message, as send(). Only a WebSocket carries it; elsewhere nothing is sent.
    virtual void sendBinary(const QByteArray &bytes) = 0;
    /// Ends it: what waits is dropped, the code is sent, reading goes on for up to a second, then the socket is closed;
    /// a second call does nothing. `reason` is an ASCII slug of at most 123 bytes.
    virtual void close(CloseCode code, const QByteArray &reason) = 0;
    [[nodiscard]] virtual bool isClosing() const = 0;

    [[nodiscard]] virtual qint64 pendingBytes() const = 0;
    [[nodiscard]] virtual const ConnectionTraffic &traffic() const = 0;
    [[nodiscard]] virtual const Handshake &handshake() const = 0;
};

/// Why a connection ended, for its listener.
struct ConnectionEnd {
    int code = 1006; ///< the peer's or our close code; 1006 = lost without one
    bool wasClean = false; ///< a closing handshake took place
};

/// Hears what one client says. Implemented by the domain's sessions; called in the server thread.
class ConnectionListener
{
public:
    virtual ~ConnectionListener() = default;
    virtual void textReceived(const QByteArray &utf8) = 0;
    virtual void binaryReceived(const QByteArray &bytes) = 0;
    /// Last call: the closing handshake is done or the client is gone. The Connection may be destroyed at any time
    /// after it returns.
    virtual void ended(const ConnectionEnd &end) = 0;
};

} // namespace tertulia
