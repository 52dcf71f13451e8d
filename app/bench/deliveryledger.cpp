// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/deliveryledger.h"

#include "bench/crowd.h"

#include <bit>
#include <charconv>

namespace tertulia::bench {

DeliveryLedger::DeliveryLedger(
    const std::vector<std::unique_ptr<Client>> &clients, int rooms, int publishers, int window, bool publishersListen)
    : m_rooms(rooms)
    , m_stride(std::size_t((publishers + rooms - 1) / rooms))
    , m_roomSizes(std::size_t(rooms))
    , m_publishers(std::size_t(publishers))
    , m_last(clients.size() * m_stride)
    , m_lastIds(clients.size())
{
    for (int room = 0; room < rooms; ++room)
        m_entryStarts.push_back("{\"type\":\"chat\",\"room\":\"" + Crowd::roomName(room) + "\",\"id\":");
    for (const auto &client : clients) {
        if (publishersListen || client->publisher < 0)
            ++m_roomSizes[std::size_t(client->room)];
    }
    if (window > 0) {
        for (Publisher &publisher : m_publishers)
            publisher.missing.resize(std::bit_ceil(std::size_t(window)));
    }
}

std::uint32_t DeliveryLedger::send(int publisher)
{
    Publisher &from = m_publishers[std::size_t(publisher)];
    const std::uint32_t members = m_roomSizes[std::size_t(publisher % m_rooms)];
    ++from.sent;
    ++m_counts.sent;
    m_counts.expected += members;
    if (!from.missing.empty())
        from.missing[from.sent % from.missing.size()] = members;
    return from.sent;
}

DeliveryLedger::Arrival DeliveryLedger::received(const Client &client, const Stamp &stamp)
{
    if (stamp.publisher >= m_publishers.size() || int(stamp.publisher) % m_rooms != client.room) {
        ++m_counts.misrouted;
        return {};
    }
    Publisher &from = m_publishers[stamp.publisher];
    std::uint32_t &last = m_last[std::size_t(client.index) * m_stride + stamp.publisher / std::size_t(m_rooms)];
    if (stamp.sequence <= last) {
        ++(stamp.sequence == last ? m_counts.doubles : m_counts.outOfOrder);
        return {};
    }
    m_counts.gaps += stamp.sequence - last - 1;
    last = stamp.sequence;
    ++m_counts.arrived;
    if (from.missing.empty())
        return {true, false};
    const std::uint32_t before = from.complete;
    --from.missing[stamp.sequence % from.missing.size()];
    while (from.complete < from.sent && from.missing[(from.complete + 1) % from.missing.size()] == 0)
        ++from.complete;
    return {true, from.complete != before};
}

void DeliveryLedger::checkId(const Client &client, std::string_view text)
{
    const std::string &start = m_entryStarts[std::size_t(client.room)];
    if (!text.starts_with(start))
        return;
    std::uint64_t id = 0;
    std::from_chars(text.data() + start.size(), text.data() + text.size(), id);
    std::uint64_t &last = m_lastIds[std::size_t(client.index)];
    if (last != 0 && id != last + 1)
        ++m_counts.idBreaks;
    last = id;
    ++m_counts.idsChecked;
}

int DeliveryLedger::underWay(int publisher) const
{
    const Publisher &from = m_publishers[std::size_t(publisher)];
    return int(from.sent - from.complete);
}

} // namespace tertulia::bench
