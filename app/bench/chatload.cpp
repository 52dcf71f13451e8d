// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/chatload.h"

#include <cmath>

namespace tertulia::bench {

using namespace std::chrono_literals;

ChatLoad::ChatLoad(const Crowd &crowd, const BenchOptions &options, const std::string &tag)
    : m_options(options)
    , m_tag(tag)
    , m_ledger(crowd.clients(), options.rooms, options.publishers, options.rate > 0 ? 0 : options.window, true)
{
    for (int i = 0; i < options.publishers; ++i)
        m_publishers.push_back(makePublisher(*crowd.clients()[std::size_t(i)]));
}

ChatLoad::Publisher ChatLoad::makePublisher(Client &client) const
{
    Publisher publisher;
    publisher.client = &client;
    const bool isChat = m_options.mode != Mode::Echo;
    if (isChat)
        publisher.message = "{\"type\":\"chat\",\"room\":\"" + Crowd::roomName(client.room) + "\",\"content\":\"";
    publisher.stampAt = publisher.message.size();
    publisher.message.append(std::size_t(m_options.payload), 'x');
    if (isChat)
        publisher.message += "\"}";
    return publisher;
}

void ChatLoad::start(Moment now)
{
    m_isPublishing = true;
    m_nextDue = now;
    if (m_options.rate > 0)
        return;
    for (int i = 0; i < int(m_publishers.size()); ++i)
        fillWindow(i);
}

// In the mode ack the window is of what is not stored yet, everywhere else of what some member has not got yet.
void ChatLoad::fillWindow(int publisher)
{
    const auto underWay = [this, publisher] {
        return m_options.mode == Mode::Ack ? int(m_publishers[std::size_t(publisher)].unacknowledged.size())
                                           : m_ledger.underWay(publisher);
    };
    while (m_isPublishing && m_options.rate <= 0 && underWay() < m_options.window)
        publish(publisher, std::chrono::steady_clock::now());
}

void ChatLoad::publish(int publisher, Moment sentAt)
{
    Publisher &from = m_publishers[std::size_t(publisher)];
    const Stamp stamp {std::uint32_t(publisher), m_ledger.send(publisher), sentAt};
    stamp.write(from.message.data() + from.stampAt, m_tag);
    from.client->sendText(from.message);
    if (m_options.mode != Mode::Echo) {
        from.unacknowledged.push_back(sentAt);
        ++m_unacknowledged;
    }
}

// A message counts from the moment when it was due: a generator that falls behind hides nothing.
Moment ChatLoad::advance(Moment now)
{
    if (m_options.rate <= 0 || !m_isPublishing)
        return now + kIdleTurn;
    const auto step = std::chrono::nanoseconds(std::llround(1e9 / m_options.rate));
    while (m_nextDue <= now) {
        publish(m_turn, m_nextDue);
        m_turn = (m_turn + 1) % int(m_publishers.size());
        m_nextDue += step;
    }
    return m_nextDue;
}

bool ChatLoad::isDone() const
{
    return m_ledger.isEverythingThere() && (m_unacknowledged == 0 || m_options.mode != Mode::Ack);
}

void ChatLoad::textReceived(Client &client, std::string_view text, Moment now)
{
    Stamp stamp;
    if (!stamp.find(text, m_tag, client.stampHint)) {
        if (text.starts_with("{\"type\":\"ack\"")) {
            acknowledged(client, now);
        } else if (text.starts_with("{\"type\":\"error\"")) {
            countRefusal(jsonText(text, "code"));
            acknowledged(client, now);
        }
        return;
    }
    m_ledger.checkId(client, text);
    const DeliveryLedger::Arrival arrival = m_ledger.received(client, stamp);
    if (arrival.isDelivery)
        countOperation(now - stamp.sentAt);
    if (arrival.completes && m_options.mode != Mode::Ack)
        fillWindow(int(stamp.publisher));
}

// The acks of a connection come in the order of what it sent.
void ChatLoad::acknowledged(const Client &client, Moment now)
{
    if (client.publisher < 0)
        return;
    std::deque<Moment> &waiting = m_publishers[std::size_t(client.publisher)].unacknowledged;
    if (waiting.empty())
        return;
    countAck(now - waiting.front());
    waiting.pop_front();
    --m_unacknowledged;
    if (m_options.mode == Mode::Ack)
        fillWindow(client.publisher);
}

} // namespace tertulia::bench
