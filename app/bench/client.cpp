// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/client.h"

#include <cerrno>
#include <cstring>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace tertulia::bench {

namespace {

constexpr int kSourceAddresses = 16;
/// The key of RFC 6455's own example, and what it must be answered with.
constexpr std::string_view kKey = "dGhlIHNhbXBsZSBub25jZQ==";
constexpr std::string_view kAccept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

/// Its own name, a port of its own: connections from 127.0.0.1 to .16 share 28,000 ports each.
void bindToLoopback(int descriptor, int index)
{
    const int on = 1;
    setsockopt(descriptor, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    sockaddr_in source {};
    source.sin_family = AF_INET;
    source.sin_addr.s_addr = htonl(INADDR_LOOPBACK + std::uint32_t(index % kSourceAddresses));
    bind(descriptor, reinterpret_cast<const sockaddr *>(&source), sizeof source);
}

bool isLoopback(const sockaddr_in &address)
{
    return ntohl(address.sin_addr.s_addr) >> 24 == 127;
}

std::string closeReason(std::string_view payload)
{
    if (payload.size() < 2)
        return "closed by the server";
    const int code = static_cast<unsigned char>(payload[0]) << 8 | static_cast<unsigned char>(payload[1]);
    return "closed with " + std::to_string(code) + ' ' + std::string(payload.substr(2));
}

} // namespace

Client::Client(Reactor &reactor, const Endpoint &endpoint, int number)
    : index(number)
    , m_reactor(reactor)
    , m_endpoint(endpoint)
{
}

Client::~Client()
{
    drop();
}

bool Client::open(Moment now)
{
    openedAt = now;
    m_protocol = Protocol::Http;
    m_descriptor = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (m_descriptor < 0)
        return false;
    const int on = 1;
    setsockopt(m_descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (isLoopback(m_endpoint.address))
        bindToLoopback(m_descriptor, index);
    const auto *address = reinterpret_cast<const sockaddr *>(&m_endpoint.address);
    if (connect(m_descriptor, address, sizeof m_endpoint.address) != 0 && errno != EINPROGRESS) {
        drop();
        return false;
    }
    m_state = State::Connecting;
    m_isWaitingToWrite = true;
    m_reactor.add(m_descriptor, *this, true);
    return true;
}

void Client::drop()
{
    if (m_descriptor >= 0)
        close(std::exchange(m_descriptor, -1));
    m_state = State::Closed;
    m_isWaitingToWrite = false;
    m_input.clear();
    m_message.clear();
    m_output.clear();
}

void Client::fail(const std::string &why)
{
    drop();
    m_listener->lost(*this, why);
}

void Client::startWebSocket(std::string_view target)
{
    m_protocol = Protocol::WebSocket;
    m_state = State::Handshake;
    std::string head = "GET " + std::string(target) + " HTTP/1.1\r\nHost: " + m_endpoint.hostHeader;
    head += "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ";
    head += kKey;
    write(head += "\r\n\r\n");
}

void Client::startEventStream(std::string_view target)
{
    m_protocol = Protocol::EventStream;
    m_state = State::Handshake;
    std::string head = "GET " + std::string(target) + " HTTP/1.1\r\nHost: " + m_endpoint.hostHeader;
    if (!token.empty())
        head += "\r\nAuthorization: Bearer " + token;
    write(head += "\r\nAccept: text/event-stream\r\n\r\n");
}

void Client::request(std::string_view target, std::string_view jsonBody)
{
    std::string text = (jsonBody.empty() ? "GET " : "POST ") + std::string(target) + " HTTP/1.1\r\nHost: ";
    text += m_endpoint.hostHeader;
    if (!token.empty())
        text += "\r\nAuthorization: Bearer " + token;
    if (!jsonBody.empty()) {
        text += "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(jsonBody.size());
    }
    text += "\r\n\r\n";
    write(text += jsonBody);
}

void Client::sendText(std::string_view text)
{
    appendClientFrame(m_output, ServerFrame::Text, text);
    write({});
}

void Client::sendClose()
{
    const char normal[] = {char(0x03), char(0xe8)};
    appendClientFrame(m_output, ServerFrame::Close, std::string_view(normal, 2));
    write({});
}

void Client::write(std::string_view bytes)
{
    m_output += bytes;
    if (!m_isWaitingToWrite && !std::exchange(m_isFlushPosted, true))
        m_reactor.flushLater(*this);
}

void Client::flush()
{
    m_isFlushPosted = false;
    if (m_output.empty() || m_descriptor < 0)
        return;
    const ssize_t sent = send(m_descriptor, m_output.data(), m_output.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN)
        return; // reading finds out why
    m_output.erase(0, sent > 0 ? std::size_t(sent) : 0);
    if (m_isWaitingToWrite == m_output.empty()) {
        m_isWaitingToWrite = !m_output.empty();
        m_reactor.change(m_descriptor, *this, m_isWaitingToWrite);
    }
}

void Client::writable(Moment)
{
    if (m_state != State::Connecting) {
        flush();
        return;
    }
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(m_descriptor, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error != 0) {
        fail(std::strerror(error));
        return;
    }
    m_state = State::Idle;
    m_isWaitingToWrite = false;
    m_reactor.change(m_descriptor, *this, false);
    m_listener->connected(*this);
}

void Client::readable(Moment now)
{
    if (m_state == State::Closed || m_state == State::Connecting)
        return;
    std::vector<char> &buffer = m_reactor.buffer;
    const ssize_t count = recv(m_descriptor, buffer.data(), buffer.size(), 0);
    if (count <= 0) {
        if (count == 0 || errno != EAGAIN)
            fail(count == 0 ? "closed by the server" : std::strerror(errno));
        return;
    }
    ReactorTraffic &traffic = m_reactor.traffic;
    ++traffic.reads;
    traffic.bytesIn += std::uint64_t(count);
    traffic.lastRead = now;

    std::string_view bytes(buffer.data(), std::size_t(count));
    std::string joined;
    if (!m_input.empty()) {
        joined = std::exchange(m_input, {}).append(bytes);
        bytes = joined;
    }
    while (!bytes.empty() && m_state != State::Closed) {
        const std::size_t consumed = consume(bytes, now);
        if (consumed == 0)
            break;
        bytes.remove_prefix(consumed);
    }
    if (m_state != State::Closed && !bytes.empty())
        m_input.assign(bytes);
}

std::size_t Client::consume(std::string_view bytes, Moment now)
{
    if (m_protocol == Protocol::Http)
        return consumeAnswer(bytes, now);
    if (m_state == State::Handshake)
        return consumeHandshake(bytes);
    return m_protocol == Protocol::WebSocket ? consumeFrame(bytes, now) : consumeChunk(bytes, now);
}

std::size_t Client::consumeHandshake(std::string_view bytes)
{
    const std::optional<AnswerHead> head = readAnswerHead(bytes);
    if (!head)
        return 0;
    const bool isWebSocket = m_protocol == Protocol::WebSocket;
    const bool isRight = isWebSocket ? head->status == 101 && bytes.substr(0, head->size).find(kAccept) != bytes.npos
                                     : head->status == 200 && head->isChunked;
    if (!isRight) {
        fail("HTTP status " + std::to_string(head->status));
        return 0;
    }
    m_state = State::Open;
    m_listener->opened(*this);
    return head->size;
}

std::size_t Client::consumeAnswer(std::string_view bytes, Moment now)
{
    const std::optional<AnswerHead> head = readAnswerHead(bytes);
    if (!head || bytes.size() - head->size < head->bodySize)
        return 0;
    m_listener->answered(*this, head->status, bytes.substr(head->size, head->bodySize), now);
    return head->size + head->bodySize;
}

std::size_t Client::consumeFrame(std::string_view bytes, Moment now)
{
    const ServerFrame frame = readServerFrame(bytes);
    if (frame.size == 0)
        return 0;
    ++m_reactor.traffic.frames;
    switch (frame.opcode) {
    case ServerFrame::Text:
    case ServerFrame::Binary:
    case ServerFrame::Continuation:
        if (frame.isFinal && m_message.empty()) {
            m_listener->textReceived(*this, frame.payload, now);
        } else {
            m_message += frame.payload;
            if (frame.isFinal)
                m_listener->textReceived(*this, std::exchange(m_message, {}), now);
        }
        break;
    case ServerFrame::Ping:
        appendClientFrame(m_output, ServerFrame::Pong, frame.payload);
        write({});
        break;
    case ServerFrame::Close:
        fail(closeReason(frame.payload));
        return 0;
    default:
        break;
    }
    return frame.size;
}

std::size_t Client::consumeChunk(std::string_view bytes, Moment now)
{
    const Chunk chunk = readChunk(bytes);
    if (chunk.size == 0)
        return 0;
    if (chunk.data.empty()) {
        fail("the stream ended");
        return 0;
    }
    std::string_view events = chunk.data;
    while (const std::optional<std::string_view> data = takeEvent(events)) {
        ++m_reactor.traffic.frames;
        m_listener->textReceived(*this, *data, now);
    }
    return chunk.size;
}

} // namespace tertulia::bench
