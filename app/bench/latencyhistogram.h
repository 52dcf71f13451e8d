// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <chrono>
#include <cstdint>

namespace tertulia::bench {

/// Durations in buckets that are 1.6 % wide at every size, from a nanosecond to 18 minutes: adding costs a few
/// instructions and no memory, and percentiles are exact to the width of a bucket.
class LatencyHistogram
{
public:
    void add(std::chrono::nanoseconds duration);
    void clear() { *this = {}; }

    [[nodiscard]] std::uint64_t count() const { return m_count; }
    /// The duration that the share `part` (0 to 1) of all does not exceed; 0 where there is none.
    [[nodiscard]] std::chrono::nanoseconds percentile(double part) const;
    [[nodiscard]] std::chrono::nanoseconds largest() const { return std::chrono::nanoseconds(m_largest); }

private:
    static constexpr unsigned kSteps = 64; ///< buckets for each power of two
    static constexpr unsigned kLargestBit = 40;

    [[nodiscard]] static std::size_t bucketOf(std::uint64_t value);
    [[nodiscard]] static std::uint64_t middleOf(std::size_t bucket);

    std::array<std::uint64_t, kSteps * (kLargestBit - 4)> m_buckets {};
    std::uint64_t m_count = 0;
    std::int64_t m_largest = 0;
};

} // namespace tertulia::bench
