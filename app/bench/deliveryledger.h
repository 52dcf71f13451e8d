// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bench/client.h"

#include <memory>
#include <vector>

namespace tertulia::bench {

/// What became of the messages of a whole run.
struct DeliveryCounts {
    std::uint64_t sent = 0;
    std::uint64_t expected = 0; ///< deliveries that these make
    std::uint64_t arrived = 0; ///< each message once a member
    std::uint64_t gaps = 0; ///< messages that a later one overtook
    std::uint64_t doubles = 0;
    std::uint64_t outOfOrder = 0;
    std::uint64_t misrouted = 0; ///< got by one who is not in the room
    std::uint64_t idBreaks = 0; ///< an entry's id was not the one after that of the entry before
    std::uint64_t idsChecked = 0;
};

/// Knows what was sent to whom and checks what arrives: every message once, in the order of its publisher, to the
/// members of its room alone, and a room's entries by ids without holes.
class DeliveryLedger
{
public:
    /// What one arrival means for the publisher.
    struct Arrival {
        bool isDelivery = false; ///< it counts
        bool completes = false; ///< all members have the oldest message now: another one may be sent
    };

    /// `window` 0: nobody waits for completion.
    DeliveryLedger(
        const std::vector<std::unique_ptr<Client>> &clients, int rooms, int publishers, int window, bool publishersListen);

    /// The sequence number of the publisher's next message.
    std::uint32_t send(int publisher);
    Arrival received(const Client &client, const Stamp &stamp);
    /// `text` is the whole entry of a room's log, where the server gives such.
    void checkId(const Client &client, std::string_view text);
    [[nodiscard]] int underWay(int publisher) const;
    [[nodiscard]] bool isEverythingThere() const { return m_counts.arrived >= m_counts.expected; }
    [[nodiscard]] const DeliveryCounts &counts() const { return m_counts; }

private:
    struct Publisher {
        std::uint32_t sent = 0; ///< sequence number of the last; the first is 1
        std::uint32_t complete = 0; ///< up to here everyone has everything
        std::vector<std::uint32_t> missing; ///< members who lack it, by sequence number modulo size
    };

    const int m_rooms;
    const std::size_t m_stride; ///< most publishers in a room
    std::vector<std::uint32_t> m_roomSizes;
    std::vector<std::string> m_entryStarts; ///< how an entry of the room begins, up to its id
    std::vector<Publisher> m_publishers;
    std::vector<std::uint32_t> m_last; ///< last sequence number by client and publisher in its room
    std::vector<std::uint64_t> m_lastIds;
    DeliveryCounts m_counts;
};

} // namespace tertulia::bench
