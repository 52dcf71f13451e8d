// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transport/blockqueue.h"
#include "transport/bytestream.h"
#include "transport/transportshared.h"

#include "domain/connection.h"

#include <utility>
#include <vector>

namespace tertulia {

/// The writing side that WebSockets and event streams share: gathers what a turn sends, counts it, and knows when a
/// reader is too slow. Server thread.
class OutboundQueue final : private TurnFlusher::Client
{
public:
    OutboundQueue(TransportShared &shared, ByteStream &stream, ConnectionTraffic &traffic);
    ~OutboundQueue() override;

    /// What waits already is within the limit, so that one more message may join it. Bulk does not count.
    [[nodiscard]] bool hasRoom() const;
    /// More bulk waits than a client may have at once: better not to read its next wish yet.
    [[nodiscard]] bool isBulkHeavy() const;
    void queue(const QByteArray &bytes, qsizetype messages);
    void queueBulk(const QByteArray &bytes);
    /// At once, after all that is queued.
    void write(const QByteArray &bytes, qsizetype messages);
    void flush();
    void drop(BlockQueue::FrameEnd frameEnd);

private:
    void turnEnded() override { m_stream.flush(); }
    void count(const QByteArray &bytes, qsizetype messages);
    [[nodiscard]] qint64 waitingBulk() const;

    TransportShared &m_shared;
    ByteStream &m_stream;
    ConnectionTraffic &m_traffic;
    quint64 m_written = 0; ///< all that was ever queued
    std::vector<std::pair<quint64, quint64>> m_bulk; ///< where in that count bulk begins and ends; empty but for a join
};

} // namespace tertulia
