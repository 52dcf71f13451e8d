// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace tertulia::bench {

/// What a process has used so far.
struct ProcessSample {
    std::chrono::nanoseconds cpu {0}; ///< user and system time of all its living threads
    std::int64_t residentBytes = 0;
};

/// Nothing where there is no such process or it may not be looked at.
[[nodiscard]] std::optional<ProcessSample> sampleProcess(std::int64_t pid);
/// User and system time of this process.
[[nodiscard]] std::chrono::nanoseconds ownCpu();

} // namespace tertulia::bench
