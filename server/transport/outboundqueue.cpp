// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/outboundqueue.h"

#include <algorithm>

namespace tertulia {

OutboundQueue::OutboundQueue(TransportShared &shared, ByteStream &stream, ConnectionTraffic &traffic)
    : m_shared(shared)
    , m_stream(stream)
    , m_traffic(traffic)
{
}

OutboundQueue::~OutboundQueue()
{
    m_shared.flusher.remove(*this);
}

qint64 OutboundQueue::waitingBulk() const
{
    const quint64 sent = m_written - quint64(m_stream.pendingBytes());
    quint64 waiting = 0;
    for (const auto &[begin, end] : m_bulk) {
        if (end > sent)
            waiting += end - std::max(begin, sent);
    }
    return qint64(waiting);
}

bool OutboundQueue::hasRoom() const
{
    const qint64 pending = m_stream.pendingBytes();
    const qint64 limit = m_shared.limits.outboundBytes;
    return pending < limit || pending - waitingBulk() < limit;
}

bool OutboundQueue::isBulkHeavy() const
{
    return !m_bulk.empty() && waitingBulk() >= m_shared.limits.outboundBytes;
}

void OutboundQueue::count(const QByteArray &bytes, qsizetype messages)
{
    const auto size = quint64(bytes.size());
    m_written += size;
    m_traffic.bytesOut += size;
    m_traffic.messagesOut += quint64(messages);
    m_shared.counters.bytesOut += size;
}

void OutboundQueue::queue(const QByteArray &bytes, qsizetype messages)
{
    count(bytes, messages);
    m_stream.queue(bytes);
    m_shared.flusher.add(*this);
}

void OutboundQueue::queueBulk(const QByteArray &bytes)
{
    const quint64 sent = m_written - quint64(m_stream.pendingBytes());
    std::erase_if(m_bulk, [sent](const auto &part) { return part.second <= sent; });
    m_bulk.emplace_back(m_written, m_written + quint64(bytes.size()));
    queue(bytes, 1);
}

void OutboundQueue::write(const QByteArray &bytes, qsizetype messages)
{
    count(bytes, messages);
    m_stream.write(bytes);
}

void OutboundQueue::flush()
{
    m_stream.flush();
}

void OutboundQueue::drop(BlockQueue::FrameEnd frameEnd)
{
    const qint64 before = m_stream.pendingBytes();
    m_stream.dropUnstarted(frameEnd);
    m_written -= quint64(before - m_stream.pendingBytes());
    m_bulk.clear();
}

} // namespace tertulia
