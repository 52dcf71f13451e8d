// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transport/blockqueue.h"

#include <QByteArray>
#include <QHostAddress>

namespace tertulia {

/// Hears what a stream's socket can do. May destroy the stream in any call.
class ByteStreamListener
{
public:
    virtual ~ByteStreamListener() = default;
    /// There is something to read: bytes, the end, or the error that ended it. Called again while there is more.
    virtual void readable() = 0;
    /// All that waited was written.
    virtual void drained() = 0;
};

/// A connected, ordered stream of bytes, plain or TLS. Owns its socket: destroying it closes. Server thread.
///
/// Nothing but readable() ever tells of a failure, also one that a write ran into: so writing to many streams in a row
/// never calls back into who is writing.
class ByteStream
{
public:
    static constexpr qsizetype kNothing = 0; ///< read(): no bytes now
    static constexpr qsizetype kEnd = -1; ///< read(): the peer has ended its side
    static constexpr qsizetype kFailed = -2; ///< read(): the connection is lost

    struct Address {
        QHostAddress host;
        quint16 port = 0;
    };

    ByteStream() = default;
    virtual ~ByteStream() = default;
    Q_DISABLE_COPY_MOVE(ByteStream)

    void setListener(ByteStreamListener *listener) { m_listener = listener; }

    [[nodiscard]] virtual qsizetype read(char *to, qsizetype size) = 0;
    /// While off, readable() is not called, save for an error that a write ran into.
    virtual void setReading(bool on) = 0;

    /// Queues without a system call; flush() writes what the socket takes now and the rest follows by itself.
    virtual void queue(const QByteArray &block) = 0;
    virtual void flush() = 0;
    /// queue() and flush(), in one step where nothing waits.
    virtual void write(const QByteArray &block) = 0;
    [[nodiscard]] virtual qint64 pendingBytes() const = 0;
    /// The socket took less than it was given: the rest waits for drained().
    [[nodiscard]] virtual bool isBlocked() const = 0;
    virtual void dropUnstarted(BlockQueue::FrameEnd frameEnd) = 0;

    /// Ends our side once all is written; reading goes on.
    virtual void finish() = 0;
    /// Closes at once: what waits here and in the kernel is thrown away (RST).
    virtual void abort() = 0;

    [[nodiscard]] virtual Address peer() const = 0;
    [[nodiscard]] virtual Address local() const = 0;
    [[nodiscard]] virtual bool isEncrypted() const = 0;

protected:
    ByteStreamListener *m_listener = nullptr;
};

} // namespace tertulia
