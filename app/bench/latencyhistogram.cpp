// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/latencyhistogram.h"

#include <algorithm>
#include <bit>

namespace tertulia::bench {

// Values below kSteps have a bucket each. A larger one is shifted until seven bits are left; the shift and these bits
// are its bucket.
std::size_t LatencyHistogram::bucketOf(std::uint64_t value)
{
    value = std::min(value, (std::uint64_t(1) << kLargestBit) - 1);
    if (value < kSteps)
        return value;
    const auto shift = unsigned(std::bit_width(value)) - 7;
    return std::size_t(shift) * kSteps + (value >> shift);
}

std::uint64_t LatencyHistogram::middleOf(std::size_t bucket)
{
    if (bucket < 2 * kSteps)
        return bucket;
    const auto shift = bucket / kSteps - 1;
    const std::uint64_t width = std::uint64_t(1) << shift;
    return (bucket % kSteps + kSteps) * width + width / 2;
}

void LatencyHistogram::add(std::chrono::nanoseconds duration)
{
    const std::int64_t value = std::max<std::int64_t>(duration.count(), 0);
    ++m_buckets[bucketOf(std::uint64_t(value))];
    ++m_count;
    m_largest = std::max(m_largest, value);
}

std::chrono::nanoseconds LatencyHistogram::percentile(double part) const
{
    if (m_count == 0)
        return std::chrono::nanoseconds(0);
    const auto wanted = std::min(std::uint64_t(part * double(m_count)), m_count - 1);
    std::uint64_t seen = 0;
    for (std::size_t bucket = 0; bucket < m_buckets.size(); ++bucket) {
        seen += m_buckets[bucket];
        if (seen > wanted)
            return std::chrono::nanoseconds(std::min(std::int64_t(middleOf(bucket)), m_largest));
    }
    return largest();
}

} // namespace tertulia::bench
