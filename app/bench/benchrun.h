// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bench/benchresult.h"
#include "bench/processprobe.h"
#include "bench/reactor.h"

namespace tertulia::bench {

/// One run: everyone in, at rest, warm, measured, drained.
class BenchRun
{
public:
    BenchRun(const BenchOptions &options, const Endpoint &endpoint);

    [[nodiscard]] BenchResult run();

private:
    [[nodiscard]] bool openAll();
    /// Until nothing has arrived for a while: joins of a crowd make presence, which goes on for a moment.
    void rest();
    /// Lets the workload go on for that long, or until it is done with `untilDone`.
    void work(std::chrono::nanoseconds duration, bool untilDone);
    void measure();
    void tell(const char *format, double first, double second);
    [[nodiscard]] ProcessSample server() const;

    const BenchOptions &m_options;
    const std::string m_tag;
    Reactor m_reactor;
    Crowd m_crowd;
    std::unique_ptr<Workload> m_workload;
    BenchResult m_result;
    Moment m_lastTold;
    const bool m_isTelling;
};

/// The address of the server; the failure is for people.
[[nodiscard]] Result<Endpoint> resolve(const BenchOptions &options);

} // namespace tertulia::bench
