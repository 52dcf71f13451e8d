// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bench/crowd.h"
#include "bench/deliveryledger.h"
#include "bench/latencyhistogram.h"

namespace tertulia::bench {

/// What was counted in the measured time.
struct Tally {
    std::uint64_t operations = 0; ///< deliveries, round trips, acks, connections, joins or searches, as the mode has it
    std::uint64_t acks = 0;
    LatencyHistogram latency; ///< of an operation
    LatencyHistogram ackLatency; ///< from publish to ack
};

/// What the crowd does once it is there. The run starts it, lets it warm up, measures, stops it, and waits for what is
/// still under way.
class Workload : public ClientListener
{
public:
    virtual void start(Moment now) = 0;
    /// Does what is due; when it wants to be called again at the latest.
    virtual Moment advance(Moment now) = 0;
    /// Begins nothing new.
    virtual void stop() = 0;
    [[nodiscard]] virtual bool isDone() const = 0;
    /// Checks of the whole run; all zero where the mode delivers no messages.
    [[nodiscard]] virtual DeliveryCounts counts() const { return {}; }

    void setMeasuring(bool isMeasuring) { m_isMeasuring = isMeasuring; }
    [[nodiscard]] const Tally &tally() const { return m_tally; }
    [[nodiscard]] std::uint64_t disconnected() const { return m_disconnected; }
    [[nodiscard]] std::uint64_t refused() const { return m_refused; }
    [[nodiscard]] const std::string &firstTrouble() const { return m_firstTrouble; }

    void connected(Client &) override { }
    void opened(Client &) override { }
    void textReceived(Client &, std::string_view, Moment) override { }
    void answered(Client &, int, std::string_view, Moment) override { }
    void lost(Client &, const std::string &why) override
    {
        ++m_disconnected;
        noteTrouble(why);
    }

protected:
    static constexpr std::chrono::milliseconds kIdleTurn {100};

    void countOperation(std::chrono::nanoseconds latency)
    {
        if (!m_isMeasuring)
            return;
        ++m_tally.operations;
        m_tally.latency.add(latency);
    }
    void countAck(std::chrono::nanoseconds latency)
    {
        if (!m_isMeasuring)
            return;
        ++m_tally.acks;
        m_tally.ackLatency.add(latency);
    }
    void countRefusal(std::string_view code)
    {
        ++m_refused;
        noteTrouble("refused: " + std::string(code));
    }

private:
    void noteTrouble(const std::string &what)
    {
        if (m_firstTrouble.empty())
            m_firstTrouble = what;
    }

    bool m_isMeasuring = false;
    Tally m_tally;
    std::uint64_t m_disconnected = 0;
    std::uint64_t m_refused = 0;
    std::string m_firstTrouble;
};

/// The workload of the mode, for a crowd that lives longer.
[[nodiscard]] std::unique_ptr<Workload> makeWorkload(Crowd &crowd, const BenchOptions &options, const std::string &tag);

} // namespace tertulia::bench
