// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/otherloads.h"

#include "bench/chatload.h"

#include <QUrl>

#include <cmath>
#include <utility>

namespace tertulia::bench {

using namespace std::chrono_literals;

// --- StormLoad

void StormLoad::start(Moment)
{
    m_crowd.onReady = [this](Client &client, Moment now) {
        countOperation(now - client.openedAt);
        client.sendClose();
    };
    for (const auto &client : m_crowd.clients())
        client->sendClose();
}

// Not within lost(): the reactor may still hold an event of the descriptor that is closed now.
Moment StormLoad::advance(Moment now)
{
    if (!m_isStopped) {
        for (Client *client : std::exchange(m_left, {}))
            m_crowd.enter(*client, now);
    }
    return m_left.empty() ? now + 1ms : now;
}

void StormLoad::lost(Client &client, const std::string &)
{
    m_left.push_back(&client);
}

// --- AskLoad

AskLoad::AskLoad(const Crowd &crowd, const BenchOptions &options)
    : m_crowd(crowd)
    , m_mode(options.mode)
    , m_room(options.room.toStdString())
    , m_askedAt(crowd.clients().size())
{
    for (const QString &word : options.words)
        m_words.push_back(QUrl::toPercentEncoding(word).toStdString());
}

void AskLoad::start(Moment now)
{
    for (const auto &client : m_crowd.clients())
        ask(*client, now);
}

void AskLoad::ask(Client &client, Moment now)
{
    if (m_isStopped)
        return;
    ++m_underWay;
    m_askedAt[std::size_t(client.index)] = now;
    if (m_mode == Mode::Join) {
        client.sendText("{\"type\":\"join\",\"room\":\"" + m_room + "\"}");
        return;
    }
    client.request("/api/rooms/" + m_room + "/messages?q=" + m_words[m_nextWord], {});
    m_nextWord = (m_nextWord + 1) % m_words.size();
}

void AskLoad::got(Client &client, Moment now)
{
    --m_underWay;
    countOperation(now - m_askedAt[std::size_t(client.index)]);
}

void AskLoad::textReceived(Client &client, std::string_view text, Moment now)
{
    if (text.starts_with("{\"type\":\"joined\"")) {
        got(client, now);
        client.sendText("{\"type\":\"leave\",\"room\":\"" + m_room + "\"}");
    } else if (text.starts_with("{\"type\":\"left\"")) {
        ask(client, now);
    } else if (text.starts_with("{\"type\":\"error\"")) {
        --m_underWay;
        countRefusal(jsonText(text, "code"));
    }
}

void AskLoad::answered(Client &client, int status, std::string_view body, Moment now)
{
    if (status == 200)
        got(client, now);
    else {
        --m_underWay;
        countRefusal(jsonText(body, "code"));
    }
    ask(client, now);
}

// --- PollLoad

PollLoad::PollLoad(const Crowd &crowd, const BenchOptions &options, const std::string &tag)
    : m_crowd(crowd)
    , m_options(options)
    , m_tag(tag)
    , m_ledger(crowd.clients(), options.rooms, options.publishers, options.rate > 0 ? 0 : 1, false)
{
}

void PollLoad::start(Moment now)
{
    m_isPublishing = true;
    m_nextDue = now;
    for (const auto &client : m_crowd.clients()) {
        if (client->publisher < 0)
            poll(*client, "0", 0);
    }
}

void PollLoad::poll(Client &client, std::string_view after, int seconds)
{
    client.request("/api/notifications?after=" + std::string(after) + "&wait=" + std::to_string(seconds), {});
}

// One announcement at a time, and none before everyone knows which was the last before ours.
Moment PollLoad::advance(Moment now)
{
    const bool isReady = m_isPublishing && !m_isAsking && m_polling + 1 == m_crowd.clients().size();
    if (!isReady)
        return now + 1ms;
    if (m_options.rate <= 0) {
        if (m_ledger.underWay(0) == 0)
            announce(now);
        return now + 1ms;
    }
    if (m_nextDue <= now) {
        announce(m_nextDue);
        m_nextDue += std::chrono::nanoseconds(std::llround(1e9 / m_options.rate));
    }
    return m_nextDue;
}

void PollLoad::announce(Moment sentAt)
{
    const Stamp stamp {0, m_ledger.send(0), sentAt};
    std::string text(std::size_t(m_options.payload), 'x');
    stamp.write(text.data(), m_tag);
    m_isAsking = true;
    m_askedAt = sentAt;
    m_crowd.clients().front()->request("/api/notifications", "{\"title\":\"bench\",\"body\":\"" + text + "\"}");
}

void PollLoad::published(int status, std::string_view body, Moment now)
{
    m_isAsking = false;
    if (status == 201)
        countAck(now - m_askedAt);
    else
        countRefusal(jsonText(body, "code"));
}

void PollLoad::answered(Client &client, int status, std::string_view body, Moment now)
{
    if (client.publisher >= 0) {
        published(status, body, now);
        return;
    }
    if (status != 200) {
        countRefusal(jsonText(body, "code"));
        return;
    }
    constexpr std::string_view kLastId = "\"last_id\":";
    const std::size_t found = body.rfind(kLastId);
    if (found == std::string_view::npos)
        return;
    const std::size_t start = found + kLastId.size();
    poll(client, body.substr(start, body.find_first_not_of("0123456789", start) - start), 30);
    if (client.stampHint == 0) {
        client.stampHint = 1; // its first answer
        ++m_polling;
    }
    for (std::size_t at = body.find(m_tag); at != std::string_view::npos; at = body.find(m_tag, at + 1)) {
        Stamp stamp;
        std::size_t hint = 0;
        if (stamp.find(body.substr(at), m_tag, hint) && m_ledger.received(client, stamp).isDelivery)
            countOperation(now - stamp.sentAt);
    }
}

// --- the choice

std::unique_ptr<Workload> makeWorkload(Crowd &crowd, const BenchOptions &options, const std::string &tag)
{
    switch (options.mode) {
    case Mode::Fanout:
        if (options.transport == Transport::LongPoll)
            return std::make_unique<PollLoad>(crowd, options, tag);
        [[fallthrough]];
    case Mode::Echo:
    case Mode::Ack:
        return std::make_unique<ChatLoad>(crowd, options, tag);
    case Mode::Storm:
        return std::make_unique<StormLoad>(crowd);
    case Mode::Join:
    case Mode::Search:
        return std::make_unique<AskLoad>(crowd, options);
    case Mode::Idle:
        break;
    }
    return std::make_unique<IdleLoad>();
}

} // namespace tertulia::bench
