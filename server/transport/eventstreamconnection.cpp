// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/eventstreamconnection.h"

#include "transport/requesthead.h"

#include <algorithm>

namespace tertulia {

namespace {

using std::chrono::milliseconds;

constexpr int kChecks = 4; ///< looks at a stream in the time of silence after which it gets a comment
constexpr QByteArrayView kLastChunk("0\r\n\r\n");

QByteArray chunk(const QByteArray &text)
{
    return QByteArray::number(text.size(), 16).append("\r\n").append(text).append("\r\n");
}

/// Blocks hold whole chunks: size in hexadecimal, CR LF, content, CR LF.
qsizetype chunkEnd(QByteArrayView block, qsizetype offset)
{
    qsizetype at = 0;
    while (at < offset) {
        const qsizetype lineEnd = block.indexOf("\r\n", at);
        if (lineEnd < 0)
            break;
        at = lineEnd + 2 + block.sliced(at, lineEnd - at).toByteArray().toLongLong(nullptr, 16) + 2;
    }
    return std::clamp(at, offset, block.size());
}

/// Without chunks, where an event ends is seen at its empty line.
qsizetype eventEnd(QByteArrayView block, qsizetype offset)
{
    if (offset >= 2 && block.sliced(offset - 2, 2) == "\n\n")
        return offset;
    const qsizetype end = block.indexOf("\n\n", offset - 1);
    return end < 0 ? block.size() : end + 2;
}

} // namespace

EventStreamConnection::EventStreamConnection(
    TransportShared &shared, std::unique_ptr<ByteStream> stream, const RequestHead &head)
    : m_shared(shared)
    , m_stream(std::move(stream))
    , m_out(shared, *m_stream, m_traffic)
    , m_handshake(head.handshake())
    , m_isChunked(head.minorVersion > 0)
{
    ++m_shared.counters.eventStreams;
    m_traffic.connectedAt = std::chrono::time_point_cast<milliseconds>(std::chrono::system_clock::now());
    m_stream->setListener(this);
    m_stream->setReading(true);
    m_out.queue(onWire(chunk("retry: 3000\n\n")), 0);
    m_shared.wheel.start(*this, m_shared.limits.eventStreamSilence / kChecks);
}

EventStreamConnection::~EventStreamConnection()
{
    --m_shared.counters.eventStreams;
    if (ConnectionListener *listener = std::exchange(m_listener, nullptr))
        listener->ended(m_end);
}

QByteArray EventStreamConnection::onWire(const QByteArray &chunks) const
{
    // A frame without an event name has no bytes here.
    if (m_isChunked || chunks.isEmpty())
        return chunks;
    const qsizetype lineEnd = chunks.indexOf("\r\n");
    return chunks.sliced(lineEnd + 2, chunks.size() - lineEnd - 4);
}

bool EventStreamConnection::admits()
{
    if (m_phase != Phase::Open)
        return false;
    if (m_out.hasRoom())
        return true;
    ++m_shared.counters.slowConsumers;
    close(CloseCode::SlowConsumer, {});
    return false;
}

void EventStreamConnection::send(const Frame &frame)
{
    const QByteArray bytes = onWire(frame.bytes(Wire::EventStream));
    if (!bytes.isEmpty() && admits())
        m_out.queue(bytes, 1);
}

void EventStreamConnection::sendBlock(const FrameBlock &block)
{
    if (m_isChunked) {
        const QByteArray &bytes = block.bytes(Wire::EventStream);
        if (!bytes.isEmpty() && admits())
            m_out.write(bytes, block.count());
        return;
    }
    for (const Frame &frame : block.frames())
        send(frame);
}

void EventStreamConnection::sendBulk(const Frame &frame)
{
    const QByteArray bytes = onWire(frame.bytes(Wire::EventStream));
    if (m_phase == Phase::Open && !bytes.isEmpty())
        m_out.queueBulk(bytes);
}

void EventStreamConnection::close(CloseCode code, const QByteArray &)
{
    if (m_phase != Phase::Open)
        return;
    m_phase = Phase::Closing;
    m_end.code = int(code);
    m_out.drop(m_isChunked ? chunkEnd : eventEnd);
    if (m_isChunked)
        m_stream->queue(kLastChunk.toByteArray());
    m_stream->finish();
    m_shared.wheel.start(*this, m_shared.limits.closeTimeout);
}

void EventStreamConnection::readable()
{
    const std::span<char> buffer = m_shared.readBuffer();
    const qsizetype size = m_stream->read(buffer.data(), qsizetype(buffer.size()));
    if (size > 0) {
        m_traffic.bytesIn += quint64(size);
        m_shared.counters.bytesIn += quint64(size);
    } else if (size < 0) {
        if (m_phase == Phase::Open && size == ByteStream::kEnd)
            m_end.code = int(CloseCode::GoingAway);
        m_end.wasClean = size == ByteStream::kEnd;
        end();
    }
}

void EventStreamConnection::timeReached()
{
    if (m_phase == Phase::Closing) {
        if (m_stream->pendingBytes() > 0)
            m_stream->abort();
        end();
        return;
    }
    m_silentChecks = m_traffic.bytesOut == m_seenOut ? m_silentChecks + 1 : 0;
    if (m_silentChecks >= kChecks && !m_stream->isBlocked()) {
        m_out.queue(onWire(chunk(": keepalive\n\n")), 0);
        m_silentChecks = 0;
    }
    m_seenOut = m_traffic.bytesOut;
    m_shared.wheel.start(*this, m_shared.limits.eventStreamSilence / kChecks);
}

void EventStreamConnection::end()
{
    if (m_phase == Phase::Ended)
        return;
    m_phase = Phase::Ended;
    m_shared.wheel.stop(*this);
    m_stream->setListener(nullptr);
    m_stream->setReading(false);
    if (ConnectionListener *listener = std::exchange(m_listener, nullptr))
        listener->ended(m_end);
    m_shared.release(*this);
}

} // namespace tertulia
