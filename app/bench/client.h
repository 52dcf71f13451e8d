// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bench/reactor.h"
#include "bench/wireformat.h"

#include <netinet/in.h>
#include <string>
#include <string_view>

namespace tertulia::bench {

class Client;

/// Hears what happens on connections. The views are good until the call returns.
class ClientListener
{
public:
    virtual ~ClientListener() = default;
    /// TCP is connected; nothing has been asked for yet.
    virtual void connected(Client &client) = 0;
    /// The WebSocket or the event stream is open.
    virtual void opened(Client &client) = 0;
    /// One text message, binary message or event's data.
    virtual void textReceived(Client &client, std::string_view text, Moment now) = 0;
    /// The answer to request().
    virtual void answered(Client &client, int status, std::string_view body, Moment now) = 0;
    /// The connection is gone; `why` is for people.
    virtual void lost(Client &client, const std::string &why) = 0;
};

struct Endpoint {
    sockaddr_in address {};
    std::string hostHeader;
};

/// One connection to the server: TCP, then HTTP requests, a WebSocket or an event stream. It may be opened again after
/// it has been lost or dropped.
class Client final : public ReactorTarget
{
public:
    Client(Reactor &reactor, const Endpoint &endpoint, int number);
    ~Client() override;
    Client(const Client &) = delete;
    Client &operator=(const Client &) = delete;

    const int index; ///< among all clients of the run
    int room = -1;
    int publisher = -1; ///< its number as a publisher
    std::string token; ///< for HTTP
    Moment openedAt; ///< when open() was called
    std::size_t stampHint = 0;

    void setListener(ClientListener &listener) { m_listener = &listener; }
    /// Connects, from a loopback address of its own where the server is on loopback, for there are more ports then.
    [[nodiscard]] bool open(Moment now);
    void startWebSocket(std::string_view target);
    void startEventStream(std::string_view target);
    /// One at a time; the answer goes to answered(). An empty body makes it a GET.
    void request(std::string_view target, std::string_view jsonBody);
    void sendText(std::string_view text);
    /// A WebSocket's closing handshake; lost() follows.
    void sendClose();
    /// Without a word to the listener.
    void drop();

    [[nodiscard]] bool isOpen() const { return m_state == State::Open; }
    [[nodiscard]] bool isClosed() const { return m_state == State::Closed; }

    void readable(Moment now) override;
    void writable(Moment now) override;
    void flush() override;

private:
    enum class State : std::uint8_t { Closed, Connecting, Idle, Handshake, Open };
    enum class Protocol : std::uint8_t { Http, WebSocket, EventStream };

    void write(std::string_view bytes);
    void fail(const std::string &why);
    /// Handles what is whole at the front of `bytes`; how much that was.
    [[nodiscard]] std::size_t consume(std::string_view bytes, Moment now);
    [[nodiscard]] std::size_t consumeHandshake(std::string_view bytes);
    [[nodiscard]] std::size_t consumeAnswer(std::string_view bytes, Moment now);
    [[nodiscard]] std::size_t consumeFrame(std::string_view bytes, Moment now);
    [[nodiscard]] std::size_t consumeChunk(std::string_view bytes, Moment now);

    Reactor &m_reactor;
    const Endpoint &m_endpoint;
    ClientListener *m_listener = nullptr;
    int m_descriptor = -1;
    State m_state = State::Closed;
    Protocol m_protocol = Protocol::Http;
    bool m_isFlushPosted = false;
    bool m_isWaitingToWrite = false;
    std::string m_input; ///< the front of something that is not whole yet
    std::string m_message; ///< of a fragmented message
    std::string m_output;
};

} // namespace tertulia::bench
