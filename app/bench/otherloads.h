// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bench/workload.h"

namespace tertulia::bench {

/// Nobody does anything.
class IdleLoad final : public Workload
{
public:
    void start(Moment) override { }
    Moment advance(Moment now) override { return now + kIdleTurn; }
    void stop() override { }
    [[nodiscard]] bool isDone() const override { return true; }
};

/// Everyone leaves as soon as they are in, and comes again as somebody else.
class StormLoad final : public Workload
{
public:
    explicit StormLoad(Crowd &crowd)
        : m_crowd(crowd)
    {
    }
    void start(Moment now) override;
    Moment advance(Moment now) override;
    void stop() override { m_isStopped = true; }
    [[nodiscard]] bool isDone() const override { return m_left.size() == m_crowd.clients().size(); }
    void lost(Client &client, const std::string &why) override;

private:
    Crowd &m_crowd;
    std::vector<Client *> m_left;
    bool m_isStopped = false;
};

/// Every client asks for one thing over and over: joins and leaves a room, or searches it.
class AskLoad final : public Workload
{
public:
    AskLoad(const Crowd &crowd, const BenchOptions &options);

    void start(Moment now) override;
    Moment advance(Moment now) override { return now + kIdleTurn; }
    void stop() override { m_isStopped = true; }
    [[nodiscard]] bool isDone() const override { return m_underWay == 0; }
    void textReceived(Client &client, std::string_view text, Moment now) override;
    void answered(Client &client, int status, std::string_view body, Moment now) override;

private:
    void ask(Client &client, Moment now);
    void got(Client &client, Moment now);

    const Crowd &m_crowd;
    const Mode m_mode;
    const std::string m_room;
    std::vector<std::string> m_words; ///< as they stand in an address
    std::vector<Moment> m_askedAt; ///< by client
    std::size_t m_nextWord = 0;
    int m_underWay = 0;
    bool m_isStopped = false;
};

/// An admin announces, everyone hears it by long polls.
class PollLoad final : public Workload
{
public:
    PollLoad(const Crowd &crowd, const BenchOptions &options, const std::string &tag);

    void start(Moment now) override;
    Moment advance(Moment now) override;
    void stop() override { m_isPublishing = false; }
    [[nodiscard]] bool isDone() const override { return m_ledger.isEverythingThere(); }
    [[nodiscard]] DeliveryCounts counts() const override { return m_ledger.counts(); }
    void answered(Client &client, int status, std::string_view body, Moment now) override;

private:
    void announce(Moment sentAt);
    void poll(Client &client, std::string_view after, int seconds);
    void published(int status, std::string_view body, Moment now);

    const Crowd &m_crowd;
    const BenchOptions &m_options;
    const std::string m_tag;
    DeliveryLedger m_ledger;
    Moment m_nextDue;
    Moment m_askedAt; ///< when the announcement that is under way was sent
    std::size_t m_polling = 0; ///< members that have had their first answer
    bool m_isPublishing = false;
    bool m_isAsking = false;
};

} // namespace tertulia::bench
