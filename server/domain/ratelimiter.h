// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace tertulia {

/// So many a second on average, so many at once. A `perSecond` of 0 means no limit.
struct Rate {
    int perSecond = 20;
    int burst = 40;
};

/// A token bucket in 16 bytes, as GCRA (ITU-T I.371): one moment says how full it is. The rate comes with each call, so
/// that a change of settings holds at once for every connection. A value.
class RateLimiter
{
public:
    using Moment = std::chrono::steady_clock::time_point;

    /// Takes one and returns 0, or takes none and returns how long to wait: at least one millisecond.
    [[nodiscard]] std::chrono::milliseconds tryTake(const Rate &rate, Moment now);
    /// Refusals since the last one that was taken.
    [[nodiscard]] int refusedInARow() const { return m_refused; }
    /// `limits.burst` x 10 refusals in a row: whoever sends like that does not listen.
    [[nodiscard]] bool isFlooding(const Rate &rate) const;
    /// Whether it is as good as new and can be forgotten.
    [[nodiscard]] bool isIdle(Moment now) const { return m_refused == 0 && m_nextDue <= now; }

private:
    Moment m_nextDue {}; ///< when the bucket is full again
    int m_refused = 0;
};

} // namespace tertulia
