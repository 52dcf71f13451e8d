// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bench/workload.h"

#include <deque>

namespace tertulia::bench {

/// Publishers say something, everyone in their room hears it: the modes fanout, rooms, ack and echo.
class ChatLoad final : public Workload
{
public:
    ChatLoad(const Crowd &crowd, const BenchOptions &options, const std::string &tag);

    void start(Moment now) override;
    Moment advance(Moment now) override;
    void stop() override { m_isPublishing = false; }
    [[nodiscard]] bool isDone() const override;
    [[nodiscard]] DeliveryCounts counts() const override { return m_ledger.counts(); }

    void textReceived(Client &client, std::string_view text, Moment now) override;

private:
    struct Publisher {
        Client *client = nullptr;
        std::string message; ///< with room for the stamp
        std::size_t stampAt = 0;
        std::deque<Moment> unacknowledged;
    };

    [[nodiscard]] Publisher makePublisher(Client &client) const;
    void publish(int publisher, Moment sentAt);
    void fillWindow(int publisher);
    void acknowledged(const Client &client, Moment now);

    const BenchOptions &m_options;
    const std::string m_tag;
    DeliveryLedger m_ledger;
    std::vector<Publisher> m_publishers;
    std::uint64_t m_unacknowledged = 0;
    int m_turn = 0; ///< whose turn it is to publish
    Moment m_nextDue;
    bool m_isPublishing = false;
};

} // namespace tertulia::bench
