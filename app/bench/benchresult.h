// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bench/benchoptions.h"
#include "bench/deliveryledger.h"
#include "bench/workload.h"

#include <optional>

namespace tertulia::bench {

/// The server's process in a part of the run; there is none without --server-pid.
struct ServerUse {
    std::chrono::nanoseconds connecting {0}; ///< processor time until everyone was in
    std::chrono::nanoseconds measured {0}; ///< processor time of the measured part
    std::int64_t emptyBytes = 0; ///< resident before the first connection
    std::int64_t fullBytes = 0; ///< resident with all of them, at rest
};

struct BenchResult {
    std::string failure; ///< why there is nothing to report; empty = there is
    std::uint64_t connected = 0;
    std::chrono::nanoseconds connecting {0}; ///< until everyone was in
    LatencyHistogram connectLatency;
    std::chrono::nanoseconds measured {0};
    Tally tally;
    DeliveryCounts counts;
    std::uint64_t disconnected = 0;
    std::uint64_t refused = 0;
    std::uint64_t connectFailures = 0;
    std::string firstTrouble;
    double framesPerRead = 0;
    double ownLoad = 0; ///< share of a processor that the generator itself used; near 1 it is the bound
    std::optional<ServerUse> server;

    [[nodiscard]] std::uint64_t lost() const { return counts.expected - std::min(counts.expected, counts.arrived); }
    /// Every message once, in order, and every connection alive.
    [[nodiscard]] bool isClean() const;
};

/// For people.
[[nodiscard]] QString tableOf(const BenchOptions &options, const BenchResult &result);
/// For programs.
[[nodiscard]] QByteArray jsonOf(const BenchOptions &options, const BenchResult &result);

} // namespace tertulia::bench
