// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <array>
#include <chrono>

namespace tertulia {

/// Durations, counted twice: in the fixed bounds that Prometheus scrapes, from the start on, and in fine log-linear
/// buckets (16 for each power of two, so within 3 % of the truth) for the quantiles since the last resetWindow().
/// Recording costs some nanoseconds and never allocates. One thread.
class Histogram
{
public:
    using Nanoseconds = std::chrono::nanoseconds;

    /// Upper bounds (`le`) of the cumulative buckets, in nanoseconds: 25 us to 10 s.
    static constexpr std::array<qint64, 18> kBounds {25'000, 50'000, 100'000, 250'000, 500'000, 1'000'000, 2'500'000,
        5'000'000, 10'000'000, 25'000'000, 50'000'000, 100'000'000, 250'000'000, 500'000'000, 1'000'000'000,
        2'500'000'000, 5'000'000'000, 10'000'000'000};

    void record(Nanoseconds duration); ///< a negative one counts as 0

    /// All since the start.
    [[nodiscard]] quint64 count() const { return m_count; }
    [[nodiscard]] double sumSeconds() const { return double(m_sum) / 1e9; }
    /// How many were at most kBounds[bound].
    [[nodiscard]] quint64 countUpTo(std::size_t bound) const;

    /// Since the last resetWindow(). `share` lies in 0-1; 0 where nothing was recorded.
    [[nodiscard]] Nanoseconds quantile(double share) const;
    [[nodiscard]] quint64 windowCount() const { return m_windowCount; }
    void resetWindow();

private:
    static constexpr int kSubBits = 4; ///< 16 buckets for each power of two
    static constexpr int kSmallestBits = 9; ///< below 512 ns all is one
    static constexpr int kLargestBits = 37; ///< above 137 s all is one
    static constexpr std::size_t kFineCount = std::size_t(kLargestBits - kSmallestBits) << kSubBits;

    [[nodiscard]] static std::size_t fineIndex(quint64 nanoseconds);
    [[nodiscard]] static quint64 fineMiddle(std::size_t index);

    std::array<quint64, kBounds.size() + 1> m_counts {};
    quint64 m_count = 0;
    quint64 m_sum = 0;
    std::array<quint32, kFineCount> m_window {};
    quint64 m_windowCount = 0;
    quint64 m_windowLargest = 0;
};

} // namespace tertulia
