// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace tertulia {

std::size_t Histogram::fineIndex(quint64 nanoseconds)
{
    const int bits = int(std::bit_width(nanoseconds));
    if (bits <= kSmallestBits)
        return 0;
    if (bits > kLargestBits)
        return kFineCount - 1;
    // The bits below the leading one choose among the 16 buckets of its power of two.
    const quint64 sub = (nanoseconds >> (bits - 1 - kSubBits)) & ((1U << kSubBits) - 1);
    return (std::size_t(bits - 1 - kSmallestBits) << kSubBits) + std::size_t(sub);
}

quint64 Histogram::fineMiddle(std::size_t index)
{
    const int leading = int(index >> kSubBits) + kSmallestBits;
    const quint64 width = quint64(1) << (leading - kSubBits);
    const quint64 lower = (quint64(1) << leading) + width * (index & ((1U << kSubBits) - 1));
    return lower + width / 2;
}

void Histogram::record(Nanoseconds duration)
{
    const quint64 value = duration.count() < 0 ? 0 : quint64(duration.count());
    const auto bound = std::lower_bound(kBounds.cbegin(), kBounds.cend(), qint64(value));
    ++m_counts[std::size_t(bound - kBounds.cbegin())];
    ++m_count;
    m_sum += value;
    ++m_window[fineIndex(value)];
    ++m_windowCount;
    m_windowLargest = std::max(m_windowLargest, value);
}

quint64 Histogram::countUpTo(std::size_t bound) const
{
    quint64 count = 0;
    for (std::size_t i = 0; i <= bound && i < kBounds.size(); ++i)
        count += m_counts[i];
    return count;
}

Histogram::Nanoseconds Histogram::quantile(double share) const
{
    if (m_windowCount == 0)
        return Nanoseconds(0);
    const double wanted = std::ceil(std::clamp(share, 0.0, 1.0) * double(m_windowCount));
    const quint64 rank = std::max<quint64>(1, quint64(wanted));
    quint64 seen = 0;
    for (std::size_t index = 0; index < kFineCount; ++index) {
        seen += m_window[index];
        if (seen >= rank)
            return Nanoseconds(qint64(std::min(fineMiddle(index), m_windowLargest)));
    }
    return Nanoseconds(qint64(m_windowLargest));
}

void Histogram::resetWindow()
{
    if (m_windowCount == 0)
        return;
    m_window.fill(0);
    m_windowCount = 0;
    m_windowLargest = 0;
}

} // namespace tertulia
