// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/httpchannel.h"

#include "transport/eventstreamconnection.h"
#include "transport/httpreply.h"
#include "transport/qtengines.h"
#include "transport/websocketconnection.h"

#include <algorithm>

namespace tertulia {

namespace {

using std::chrono::milliseconds;

constexpr qint64 kFullOutput = 256 * 1024; ///< what may wait before a streaming answer or the next request holds on
constexpr qsizetype kFullInput = 64 * 1024; ///< of later requests, before the socket is left alone
constexpr qint64 kLeastProgress = 1024; ///< bytes of an answer that a reader must take in one stall timeout
constexpr qsizetype kFirstReserve = 64 * 1024;

} // namespace

HttpChannel::HttpChannel(const FrontContext &context, std::unique_ptr<ByteStream> stream, Speaks speaks)
    : m_context(context)
    , m_stream(std::move(stream))
    , m_speaks(speaks)
{
    m_stream->setListener(this);
}

HttpChannel::~HttpChannel()
{
    if (m_phase != Phase::Ended) {
        m_phase = Phase::Ended;
        m_context.engines.cancel(this);
        endUpload();
        detachReply();
    }
}

void HttpChannel::start()
{
    setPhase(Phase::Head, m_context.shared.limits.headTimeout);
    m_stream->setReading(true);
}

void HttpChannel::setPhase(Phase phase, milliseconds limit)
{
    m_phase = phase;
    if (limit.count() > 0)
        m_context.shared.wheel.start(*this, limit);
    else
        m_context.shared.wheel.stop(*this);
}

void HttpChannel::readable()
{
    const std::span<char> buffer = m_context.shared.readBuffer();
    const qsizetype size = m_stream->read(buffer.data(), qsizetype(buffer.size()));
    if (size == ByteStream::kNothing)
        return;
    if (size < 0) {
        inputEnded(size == ByteStream::kEnd);
        return;
    }
    m_context.shared.counters.bytesIn += quint64(size);
    receive(QByteArrayView(buffer.data(), size));
}

void HttpChannel::receive(QByteArrayView input)
{
    m_isReceiving = true;
    while (!input.isEmpty()) {
        switch (m_phase) {
        case Phase::Head:
            readHead(input);
            break;
        case Phase::Body:
        case Phase::Upload:
            readBody(input);
            break;
        case Phase::Handshake:
        case Phase::Answering:
        case Phase::Draining:
            keepForLater(input);
            break;
        case Phase::Lingering:
        case Phase::Ended:
            input = {};
            break;
        }
    }
    m_isReceiving = false;
}

void HttpChannel::keepForLater(QByteArrayView &input)
{
    m_waiting.append(input);
    input = {};
    if (m_waiting.size() >= kFullInput)
        m_stream->setReading(false);
}

void HttpChannel::readHead(QByteArrayView &input)
{
    const bool isFirstByte = !m_guard.hasBegun();
    const TransportLimits &limits = m_context.shared.limits;
    const HttpGuard::State state = m_guard.feed(input, {limits.headBytes, limits.headFields});
    if (state == HttpGuard::State::Complete)
        requestBegins();
    else if (state == HttpGuard::State::Refused)
        refuse(m_guard.error());
    else if (isFirstByte)
        setPhase(Phase::Head, limits.headTimeout);
}

void HttpChannel::requestBegins()
{
    RequestHead &head = m_guard.head();
    const ByteStream::Address peer = m_stream->peer();
    const ByteStream::Address local = m_stream->local();
    head.peerAddress = peer.host;
    head.peerPort = peer.port;
    head.localAddress = local.host;
    head.localPort = local.port;
    head.isEncrypted = m_stream->isEncrypted();
    if (const auto error = m_context.policy.refuseRequest(head))
        refuse(*error);
    else if (m_speaks == Speaks::RedirectOnly)
        redirectToTls();
    else if (head.isUpgrade())
        shakeHands();
    else if (head.contentLength > m_context.handler.bodyLimit(head))
        refuse(ErrorCode::TooLarge);
    else
        beginBody();
}

void HttpChannel::beginBody()
{
    const RequestHead &head = m_guard.head();
    const auto reply = std::make_shared<HttpReply>(*this, head);
    m_replying = reply.get();
    m_bodyLeft = head.contentLength;
    if (m_bodyLeft == 0) {
        m_phase = Phase::Answering;
        m_reply = reply;
        requestComplete();
        return;
    }
    const TransportLimits &limits = m_context.shared.limits;
    m_bodyBy = TimerWheel::Clock::now() + limits.stallTimeout
        + std::chrono::seconds(m_bodyLeft / std::max<qint64>(1, limits.bodyBytesPerSecond));
    setPhase(Phase::Upload, limits.stallTimeout); // an answer from now on is one before the end of the body
    m_reply = reply;
    m_sink = m_context.handler.beginUpload(head, reply);
    if (m_phase != Phase::Upload)
        return endUpload();
    if (!m_sink)
        m_phase = Phase::Body;
    m_body = {};
    if (m_phase == Phase::Body)
        m_body.reserve(qsizetype(std::min<qint64>(m_bodyLeft, kFirstReserve)));
    if (head.minorVersion > 0 && head.headerHasToken("expect", "100-continue"))
        m_stream->write("HTTP/1.1 100 Continue\r\n\r\n");
}

void HttpChannel::readBody(QByteArrayView &input)
{
    if (m_isBodyPaused)
        return keepForLater(input);
    const auto size = qsizetype(std::min<qint64>(m_bodyLeft, input.size()));
    const QByteArrayView piece = input.first(size);
    input = input.sliced(size);
    m_bodyLeft -= size;
    const auto left = std::chrono::ceil<milliseconds>(m_bodyBy - TimerWheel::Clock::now());
    setPhase(m_phase, std::clamp(left, milliseconds(1), m_context.shared.limits.stallTimeout));
    if (m_phase == Phase::Body) {
        m_body.append(piece);
        if (m_bodyLeft == 0)
            requestComplete();
        return;
    }
    m_sink->received(piece.toByteArray());
    if (m_phase == Phase::Upload && m_bodyLeft == 0) {
        setPhase(Phase::Answering, milliseconds(0));
        const auto reply = std::move(m_reply);
        std::exchange(m_sink, nullptr)->finished();
    }
}

void HttpChannel::setBodyPaused(bool paused)
{
    if (m_phase != Phase::Upload || m_isBodyPaused == paused)
        return;
    m_isBodyPaused = paused;
    if (paused) {
        m_stream->setReading(false);
        m_context.shared.wheel.stop(*this); // it is not the client who stalls
        return;
    }
    const TransportLimits &limits = m_context.shared.limits;
    m_bodyBy = TimerWheel::Clock::now() + limits.stallTimeout
        + std::chrono::seconds(m_bodyLeft / std::max<qint64>(1, limits.bodyBytesPerSecond));
    setPhase(Phase::Upload, limits.stallTimeout);
    m_stream->setReading(true);
    if (!m_isReceiving && !m_waiting.isEmpty())
        receive(std::exchange(m_waiting, {}));
}

// QHttpServer reads the request once more, now that it is whole and known to be harmless; what it makes of it goes to
// the handler when none of its calls is on the stack.
void HttpChannel::requestComplete()
{
    setPhase(Phase::Answering, milliseconds(0));
    HttpRequest request;
    request.head = m_guard.head();
    const auto body = m_context.engines.parse(request.head, std::exchange(m_body, {}));
    const auto reply = std::move(m_reply);
    if (!body || body->size() != request.head.contentLength) {
        detachReply();
        refuse(ErrorCode::BadRequest);
        return;
    }
    request.body = *body;
    m_context.handler.handle(request, reply);
}

void HttpChannel::write(const QByteArray &head, const QByteArray &body)
{
    m_queued += head.size() + body.size();
    m_context.shared.counters.bytesOut += quint64(head.size() + body.size());
    if (!head.isEmpty())
        m_stream->queue(head);
    if (!body.isEmpty())
        m_stream->queue(body);
    m_stream->flush();
    if (m_stream->pendingBytes() > 0 && !m_context.shared.wheel.isRunning(*this)) {
        m_lastTaken = m_queued - m_stream->pendingBytes();
        m_context.shared.wheel.start(*this, m_context.shared.limits.stallTimeout);
    }
}

bool HttpChannel::mustClose() const
{
    return m_isStopping || m_inputEnded || m_phase == Phase::Body || m_phase == Phase::Upload;
}

bool HttpChannel::isWritable() const
{
    return m_stream->pendingBytes() < kFullOutput;
}

void HttpChannel::replyFinished(bool keepsAlive)
{
    detachReply();
    endUpload();
    if (!keepsAlive || mustClose())
        return linger();
    if (!isWritable()) {
        m_phase = Phase::Draining;
        return;
    }
    nextRequest();
}

void HttpChannel::nextRequest()
{
    m_guard.reset();
    setPhase(Phase::Head, m_context.shared.limits.keepAliveTimeout);
    if (m_isReceiving)
        return; // its loop goes on
    m_stream->setReading(true);
    if (!m_waiting.isEmpty())
        receive(std::exchange(m_waiting, {}));
}

// The handler has dropped its reply.
void HttpChannel::replyAbandoned()
{
    m_replying = nullptr;
    if (m_phase == Phase::Ended)
        return;
    endUpload();
    refuse(ErrorCode::Internal);
}

void HttpChannel::replyCut()
{
    m_replying = nullptr;
    if (m_phase != Phase::Ended)
        cut();
}

void HttpChannel::cut()
{
    m_stream->abort();
    end();
}

void HttpChannel::redirectToTls()
{
    const RequestHead &head = m_guard.head();
    const QByteArray location = "https://" + head.header("host") + head.target;
    const auto reply = std::make_shared<HttpReply>(*this, head);
    m_replying = reply.get();
    m_phase = Phase::Answering;
    reply->m_keepsAlive = false;
    reply->send(308, {{"Location", location}}, {});
}

void HttpChannel::shakeHands()
{
    if (const auto error = m_context.policy.refuseUpgrade(m_guard.head()))
        return refuse(*error);
    setPhase(Phase::Handshake, m_context.shared.limits.headTimeout);
    m_context.engines.shakeHands(
        this, m_guard.head(), [this](const QByteArray &response) { becomeWebSocket(response); });
}

void HttpChannel::becomeWebSocket(const QByteArray &response)
{
    if (!response.startsWith("HTTP/1.1 101 "))
        return refuse(ErrorCode::BadRequest);
    TransportShared &shared = m_context.shared;
    const QByteArray early = std::exchange(m_waiting, {});
    const RequestHead head = m_guard.head();
    m_stream->write(response);
    auto connection = std::make_unique<WebSocketConnection>(shared, std::move(m_stream), head);
    WebSocketConnection &webSocket = *connection;
    shared.adopt(std::move(connection));
    end();
    webSocket.start(m_context.policy.upgraded(webSocket, head), early);
}

EventStreamConnection *HttpChannel::becomeEventStream(const QByteArray &headBytes)
{
    detachReply();
    TransportShared &shared = m_context.shared;
    m_stream->write(headBytes);
    auto connection = std::make_unique<EventStreamConnection>(shared, std::move(m_stream), m_guard.head());
    EventStreamConnection *stream = connection.get();
    shared.adopt(std::move(connection));
    end();
    return stream;
}

void HttpChannel::refuse(const Error &error)
{
    m_context.policy.refused(m_stream->peer().host, error.code);
    RequestHead head = m_guard.head();
    HttpReply reply(*this, head);
    m_replying = &reply;
    m_phase = Phase::Answering;
    reply.m_keepsAlive = false;
    HttpFields fields;
    if (head.hasHeader("sec-websocket-version"))
        fields.emplaceBack("Sec-WebSocket-Version", "13");
    reply.sendProblem(error, fields);
}

void HttpChannel::refuseFull()
{
    refuse(ErrorCode::ServerFull);
}

// Our side ends; what the client still sends is thrown away until it ends too, lest a RST overtake the answer.
void HttpChannel::linger()
{
    setPhase(Phase::Lingering, m_context.shared.limits.lingerTimeout);
    m_lastTaken = m_queued - m_stream->pendingBytes();
    m_waiting.clear();
    if (m_inputEnded && m_stream->pendingBytes() == 0)
        return end();
    if (!m_inputEnded)
        m_stream->setReading(true);
    m_stream->finish();
}

void HttpChannel::inputEnded(bool orderly)
{
    m_stream->setReading(false);
    m_inputEnded = true;
    const bool isAnswering = m_phase == Phase::Answering || m_phase == Phase::Draining;
    const bool isWriting = m_phase == Phase::Lingering && m_stream->pendingBytes() > 0;
    if (orderly && ((isAnswering && m_replying && !m_replying->m_gone) || isWriting))
        return; // it may still read
    end();
}

void HttpChannel::drained()
{
    if (m_phase == Phase::Lingering && m_inputEnded)
        end();
    else if (m_phase == Phase::Draining && m_inputEnded)
        linger();
    else if (m_phase == Phase::Draining)
        nextRequest();
    else if (m_phase == Phase::Answering && m_replying)
        m_replying->channelDrained();
}

void HttpChannel::timeReached()
{
    const qint64 pending = m_stream->pendingBytes();
    const qint64 taken = m_queued - pending;
    const bool hasProgress = pending > 0 && taken - m_lastTaken >= kLeastProgress;
    m_lastTaken = taken;
    switch (m_phase) {
    case Phase::Head:
        if (!m_guard.hasBegun())
            return end();
        return refuse(ErrorCode::RequestTimeout);
    case Phase::Body:
    case Phase::Upload:
        detachReply();
        endUpload();
        return refuse(ErrorCode::RequestTimeout);
    case Phase::Lingering:
    case Phase::Draining:
    case Phase::Answering:
        if (hasProgress || (m_phase == Phase::Answering && pending == 0)) {
            if (pending > 0)
                m_context.shared.wheel.start(*this, m_context.shared.limits.stallTimeout);
            return;
        }
        if (pending > 0)
            m_stream->abort();
        return end();
    case Phase::Handshake:
        return end();
    case Phase::Ended:
        return;
    }
}

void HttpChannel::shutDown(CloseCode)
{
    m_isStopping = true;
    if (m_phase == Phase::Head || m_phase == Phase::Handshake)
        end();
    else if (m_phase == Phase::Draining)
        linger();
}

void HttpChannel::endUpload()
{
    if (UploadSink *sink = std::exchange(m_sink, nullptr))
        sink->aborted();
}

void HttpChannel::detachReply()
{
    const auto kept = std::move(m_reply);
    if (HttpReply *reply = std::exchange(m_replying, nullptr))
        reply->channelGone();
}

void HttpChannel::end()
{
    if (m_phase == Phase::Ended)
        return;
    m_phase = Phase::Ended;
    m_context.shared.wheel.stop(*this);
    m_context.engines.cancel(this);
    if (m_stream) {
        m_stream->setListener(nullptr);
        m_stream->setReading(false);
    }
    endUpload();
    detachReply();
    m_context.shared.release(*this);
}

} // namespace tertulia
