// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/crowd.h"

#include <QUrl>

namespace tertulia::bench {

namespace {

/// Connections under way; every server's backlog holds as many.
constexpr std::size_t kUnderWay = 100;

} // namespace

Crowd::Crowd(Reactor &reactor, const Endpoint &endpoint, const BenchOptions &options, const std::string &tag)
    : m_options(options)
    , m_tag(tag)
    , m_joinCode(QUrl::toPercentEncoding(options.joinCode).toStdString())
{
    // Members that only listen need others who publish.
    const bool hasOtherPublishers = options.mode == Mode::Fanout && options.transport != Transport::WebSocket;
    const int count = options.members + (hasOtherPublishers ? options.publishers : 0);
    const bool publishes = options.mode == Mode::Fanout || options.mode == Mode::Echo || options.mode == Mode::Ack;
    for (int i = 0; i < count; ++i) {
        auto client = std::make_unique<Client>(reactor, endpoint, i);
        if (options.rooms > 0)
            client->room = i % options.rooms;
        if (publishes && i < options.publishers)
            client->publisher = i;
        m_clients.push_back(std::move(client));
    }
}

std::string Crowd::roomName(int room)
{
    return "bench-" + std::to_string(room);
}

Crowd::Seat Crowd::seatOf(const Client &client) const
{
    if (m_options.mode == Mode::Echo)
        return Seat::Echo;
    if (m_options.mode == Mode::Search)
        return Seat::Poll;
    if (m_options.transport == Transport::EventStream)
        return client.publisher >= 0 ? Seat::Chat : Seat::Stream;
    if (m_options.transport == Transport::LongPoll)
        return client.publisher >= 0 ? Seat::Announcer : Seat::Poll;
    return Seat::Chat;
}

std::string Crowd::makeName()
{
    // Not the tag itself: an entry carries its author's name before its text, where the stamp is looked for.
    return "guest-" + m_tag.substr(2) + '-' + std::to_string(m_names++);
}

void Crowd::advance(Moment now)
{
    std::size_t most = m_clients.size();
    // A stream of a room needs the room, which its publisher makes by joining.
    if (m_options.transport != Transport::WebSocket && m_ready < std::size_t(m_options.publishers)
        && m_options.mode == Mode::Fanout)
        most = std::size_t(m_options.publishers);
    while (m_started < most && m_started - m_ready - m_failed < kUnderWay)
        enter(*m_clients[m_started++], now);
}

void Crowd::enter(Client &client, Moment now)
{
    client.setListener(*this);
    if (!client.open(now))
        failed("no socket");
}

std::string Crowd::chatTarget(const Client &client)
{
    std::string target = "/ws/chat?name=" + makeName();
    if (client.room >= 0)
        target += "&room=" + roomName(client.room);
    if (!m_joinCode.empty())
        target += "&join_code=" + m_joinCode;
    return target;
}

void Crowd::connected(Client &client)
{
    switch (seatOf(client)) {
    case Seat::Chat:
        client.startWebSocket(chatTarget(client));
        break;
    case Seat::Echo:
        client.startWebSocket("/ws/echo");
        break;
    case Seat::Announcer:
        client.token = m_options.token.toStdString();
        ready(client, std::chrono::steady_clock::now());
        break;
    case Seat::Stream:
    case Seat::Poll: {
        std::string body = "{\"name\":\"" + makeName() + '"';
        if (!m_joinCode.empty())
            body += ",\"join_code\":\"" + m_options.joinCode.toStdString() + '"';
        client.request("/api/session", body + '}');
        break;
    }
    }
}

void Crowd::opened(Client &client)
{
    if (seatOf(client) != Seat::Chat)
        ready(client, std::chrono::steady_clock::now());
}

void Crowd::textReceived(Client &client, std::string_view text, Moment now)
{
    if (text.starts_with("{\"type\":\"error\"")) {
        client.drop();
        failed("refused: " + std::string(jsonText(text, "code")));
    } else if (text.starts_with(client.room >= 0 ? "{\"type\":\"joined\"" : "{\"type\":\"welcome\"")) {
        ready(client, now);
    }
}

void Crowd::answered(Client &client, int status, std::string_view body, Moment now)
{
    const std::string_view token = jsonText(body, "token");
    if (status != 201 || token.empty()) {
        client.drop();
        failed("signing in: HTTP status " + std::to_string(status) + ' ' + std::string(jsonText(body, "code")));
        return;
    }
    client.token = token;
    if (seatOf(client) == Seat::Poll)
        ready(client, now);
    else
        client.startEventStream(client.room >= 0 && m_options.mode == Mode::Fanout
                ? "/events/rooms/" + roomName(client.room)
                : std::string("/events"));
}

void Crowd::ready(Client &client, Moment now)
{
    ++m_ready;
    client.setListener(*m_listener);
    onReady(client, now);
}

void Crowd::lost(Client &, const std::string &why)
{
    failed(why);
}

void Crowd::failed(const std::string &why)
{
    if (m_failed++ == 0)
        m_firstFailure = why;
}

} // namespace tertulia::bench
