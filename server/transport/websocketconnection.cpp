// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/websocketconnection.h"

#include "transport/requesthead.h"

#include <QRandomGenerator>
#include <QtEndian>

#include <algorithm>

namespace tertulia {

namespace {

using std::chrono::milliseconds;

constexpr quint8 kClose = 0x88;
constexpr quint8 kPing = 0x89;
constexpr quint8 kPong = 0x8a;
constexpr int kNoCode = 1005;
constexpr qsizetype kLongestReason = 123;

QByteArray controlFrame(quint8 opcode, QByteArrayView payload)
{
    QByteArray frame;
    frame.reserve(payload.size() + 2);
    return frame.append(char(opcode)).append(char(payload.size())).append(payload);
}

QByteArray closeFrame(int code, QByteArrayView reason)
{
    if (code == kNoCode)
        return controlFrame(kClose, {});
    QByteArray payload(2, Qt::Uninitialized);
    qToBigEndian(quint16(code), payload.data());
    return controlFrame(kClose, payload.append(reason.first(std::min(reason.size(), kLongestReason))));
}

/// Blocks hold whole frames of ours, unmasked.
qsizetype frameEnd(QByteArrayView block, qsizetype offset)
{
    qsizetype at = 0;
    while (at < offset && at + 2 <= block.size()) {
        const auto length = quint8(block[at + 1]) & 0x7f;
        if (length == 126)
            at += 4 + qFromBigEndian<quint16>(block.data() + at + 2);
        else if (length == 127)
            at += 10 + qsizetype(qFromBigEndian<quint64>(block.data() + at + 2));
        else
            at += 2 + length;
    }
    return std::clamp(at, offset, block.size());
}

} // namespace

WebSocketConnection::WebSocketConnection(
    TransportShared &shared, std::unique_ptr<ByteStream> stream, const RequestHead &head)
    : m_shared(shared)
    , m_stream(std::move(stream))
    , m_out(shared, *m_stream, m_traffic)
    , m_handshake(head.handshake())
{
    ++m_shared.counters.webSockets;
    m_traffic.connectedAt = std::chrono::time_point_cast<milliseconds>(std::chrono::system_clock::now());
    m_lastHeard = TimerWheel::Clock::now();
    // A random phase: clients that all came in one second must not all be pinged in one.
    const double phase = 0.5 + QRandomGenerator::global()->generateDouble() / 2;
    m_nextPing = m_lastHeard + milliseconds(qint64(double(m_shared.limits.heartbeatInterval.count()) * phase));
    m_stream->setListener(this);
}

WebSocketConnection::~WebSocketConnection()
{
    --m_shared.counters.webSockets;
    if (ConnectionListener *listener = std::exchange(m_listener, nullptr))
        listener->ended(m_end);
}

void WebSocketConnection::start(ConnectionListener *listener, QByteArrayView early)
{
    m_listener = listener;
    schedule();
    if (!early.isEmpty())
        process(early);
    else
        m_stream->setReading(true);
}

bool WebSocketConnection::admits()
{
    if (m_phase != Phase::Open)
        return false;
    if (m_out.hasRoom())
        return true;
    ++m_shared.counters.slowConsumers;
    close(CloseCode::SlowConsumer, "too_slow");
    return false;
}

void WebSocketConnection::send(const Frame &frame)
{
    if (admits())
        m_out.queue(frame.bytes(Wire::WebSocket), 1);
}

void WebSocketConnection::sendBlock(const FrameBlock &block)
{
    if (admits())
        m_out.write(block.bytes(Wire::WebSocket), block.count());
}

void WebSocketConnection::sendBulk(const Frame &frame)
{
    if (m_phase != Phase::Open)
        return;
    m_out.queueBulk(frame.bytes(Wire::WebSocket));
}

void WebSocketConnection::sendText(const QByteArray &utf8)
{
    sendEncoded(webSocketTextFrame(utf8));
}

void WebSocketConnection::sendBinary(const QByteArray &bytes)
{
    sendEncoded(webSocketBinaryFrame(bytes));
}

void WebSocketConnection::sendEncoded(const QByteArray &frames, qsizetype messages)
{
    if (admits())
        m_out.queue(frames, messages);
}

void WebSocketConnection::close(CloseCode code, const QByteArray &reason)
{
    if (m_phase != Phase::Open)
        return;
    m_phase = Phase::CloseSent;
    m_end.code = int(code);
    m_out.drop(frameEnd);
    m_out.queue(closeFrame(int(code), reason), 0);
    m_hasUnansweredPing = false;
    m_stream->setReading(true);
    m_closeBy = TimerWheel::Clock::now() + m_shared.limits.closeTimeout;
    schedule();
}

void WebSocketConnection::readable()
{
    const std::span<char> buffer = m_shared.readBuffer();
    const qsizetype size = m_stream->read(buffer.data(), qsizetype(buffer.size()));
    if (size == ByteStream::kNothing)
        return;
    if (size < 0) {
        end();
        return;
    }
    process(QByteArrayView(buffer.data(), size));
}

void WebSocketConnection::process(QByteArrayView input)
{
    m_lastHeard = TimerWheel::Clock::now();
    m_traffic.bytesIn += quint64(input.size());
    m_shared.counters.bytesIn += quint64(input.size());
    const FrameReader::Limits limits {m_shared.limits.messageBytes, m_shared.limits.messageFragments};
    while (m_phase == Phase::Open || m_phase == Phase::CloseSent) {
        const FrameReader::Event event = m_reader.next(input, limits);
        if (event == FrameReader::Event::NeedMore)
            break;
        handle(event);
        if (event == FrameReader::Event::Error)
            break;
    }
    noteMessageProgress();
    if (m_phase == Phase::Open && m_out.isBulkHeavy()) {
        m_isReadingPaused = true;
        m_stream->setReading(false);
    } else if (m_phase == Phase::Open) {
        m_stream->setReading(true);
    }
}

void WebSocketConnection::handle(FrameReader::Event event)
{
    const QByteArray payload = m_reader.takePayload();
    const bool isOpen = m_phase == Phase::Open;
    switch (event) {
    case FrameReader::Event::Text:
    case FrameReader::Event::Binary:
        if (!isOpen)
            return; // read and thrown away, so that our close code arrives
        ++m_traffic.messagesIn;
        if (m_listener && event == FrameReader::Event::Text)
            m_listener->textReceived(payload);
        else if (m_listener)
            m_listener->binaryReceived(payload);
        return;
    case FrameReader::Event::Ping:
        if (isOpen && countControlFrame())
            answerPing(payload);
        return;
    case FrameReader::Event::Pong:
        if (isOpen && countControlFrame())
            takePong(payload);
        return;
    case FrameReader::Event::Close:
        peerClosed(payload);
        return;
    case FrameReader::Event::Error:
        close(m_reader.errorCode(), m_reader.errorCode() == CloseCode::MessageTooBig ? "too_large" : "protocol_error");
        return;
    case FrameReader::Event::NeedMore:
        return;
    }
}

bool WebSocketConnection::countControlFrame()
{
    if (m_lastHeard - m_controlSecond >= std::chrono::seconds(1)) {
        m_controlSecond = m_lastHeard;
        m_controlFrames = 0;
    }
    if (++m_controlFrames <= m_shared.limits.controlFramesPerSecond)
        return true;
    close(CloseCode::PolicyViolation, "flooding");
    return false;
}

// While the socket takes nothing one answer waits, to the latest ping (RFC 6455 section 5.5.3 allows it).
void WebSocketConnection::answerPing(const QByteArray &payload)
{
    if (m_stream->isBlocked()) {
        m_lastPing = payload;
        m_hasUnansweredPing = true;
        return;
    }
    m_out.queue(controlFrame(kPong, payload), 0);
}

void WebSocketConnection::takePong(const QByteArray &payload)
{
    if (m_pingSent == Time() || payload.size() != 4 || qFromBigEndian<quint32>(payload.constData()) != m_pingNumber)
        return;
    m_traffic.roundTripMs = int(std::chrono::duration_cast<milliseconds>(m_lastHeard - m_pingSent).count());
    m_pingSent = {};
}

void WebSocketConnection::peerClosed(const QByteArray &reason)
{
    m_end.wasClean = true;
    if (m_phase == Phase::Open) {
        m_end.code = m_reader.closeCode();
        m_out.queue(closeFrame(m_end.code, reason), 0);
        m_closeBy = TimerWheel::Clock::now() + m_shared.limits.closeTimeout;
    }
    finish();
}

// The FIN goes out now; the socket is kept until the peer's, lest what it still sends turns into a RST that would
// overtake the close frame.
void WebSocketConnection::finish()
{
    m_phase = Phase::Finished;
    m_stream->setReading(true);
    m_stream->finish();
    schedule();
    // The closing handshake is done: whoever listens need not wait for the peer's FIN.
    if (ConnectionListener *listener = std::exchange(m_listener, nullptr))
        listener->ended(m_end);
}

void WebSocketConnection::drained()
{
    if (std::exchange(m_hasUnansweredPing, false))
        m_out.queue(controlFrame(kPong, std::exchange(m_lastPing, {})), 0);
    if (std::exchange(m_isReadingPaused, false)) {
        m_lastHeard = TimerWheel::Clock::now(); // it could not be heard
        m_stream->setReading(true);
    }
}

void WebSocketConnection::noteMessageProgress()
{
    const bool isMidMessage = m_phase == Phase::Open && m_reader.isMidMessage();
    if (isMidMessage == m_isMidMessage)
        return;
    m_isMidMessage = isMidMessage;
    if (isMidMessage) {
        m_messageBegan = m_lastHeard;
        schedule();
    }
}

WebSocketConnection::Time WebSocketConnection::messageDeadline() const
{
    const qint64 seconds = m_reader.declaredBytes() / std::max<qint64>(1, m_shared.limits.bodyBytesPerSecond);
    return std::min(m_lastHeard + m_shared.limits.frameStallTimeout,
        m_messageBegan + m_shared.limits.frameTimeout + std::chrono::seconds(seconds));
}

// One entry of the wheel stands for every deadline. It is not moved with each byte: when it fires early, it is set
// anew.
void WebSocketConnection::schedule()
{
    if (m_phase == Phase::Ended)
        return;
    Time due = Time::max();
    if (m_phase != Phase::Open) {
        due = m_closeBy;
    } else {
        if (m_shared.limits.heartbeatInterval.count() > 0)
            due = m_nextPing;
        if (m_shared.limits.heartbeatTimeout.count() > 0)
            due = std::min(due, m_lastHeard + m_shared.limits.heartbeatTimeout);
        if (m_isMidMessage)
            due = std::min(due, messageDeadline());
    }
    if (due != Time::max())
        m_shared.wheel.start(*this, std::chrono::ceil<milliseconds>(due - TimerWheel::Clock::now()));
}

void WebSocketConnection::timeReached()
{
    const Time now = TimerWheel::Clock::now();
    if (m_isReadingPaused && pendingBytes() != std::exchange(m_seenPending, pendingBytes()))
        m_lastHeard = now; // it cannot be heard just now, but it reads
    if (m_phase != Phase::Open) {
        if (now >= m_closeBy) {
            if (m_stream->pendingBytes() > 0)
                m_stream->abort();
            end();
            return;
        }
    } else if (m_shared.limits.heartbeatTimeout.count() > 0 && now - m_lastHeard >= m_shared.limits.heartbeatTimeout) {
        m_stream->abort();
        end();
        return;
    } else if (m_isMidMessage && now >= messageDeadline()) {
        close(CloseCode::PolicyViolation, "too_slow");
        return;
    } else if (m_shared.limits.heartbeatInterval.count() > 0 && now >= m_nextPing) {
        sendPing(now);
        m_nextPing = now + m_shared.limits.heartbeatInterval;
    }
    schedule();
}

void WebSocketConnection::sendPing(Time now)
{
    if (m_stream->isBlocked())
        return; // it would only wait in line
    QByteArray payload(4, Qt::Uninitialized);
    qToBigEndian(++m_pingNumber, payload.data());
    m_pingSent = now;
    m_out.queue(controlFrame(kPing, payload), 0);
}

void WebSocketConnection::end()
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

QByteArray webSocketBinaryFrame(const QByteArray &payload)
{
    QByteArray frame = webSocketTextFrame(payload);
    frame[0] = char(0x82);
    return frame;
}

} // namespace tertulia
