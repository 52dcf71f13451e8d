// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/ratelimiter.h"

#include <algorithm>

namespace tertulia {

std::chrono::milliseconds RateLimiter::tryTake(const Rate &rate, Moment now)
{
    using Duration = Moment::duration;
    if (rate.perSecond <= 0) {
        m_refused = 0;
        return std::chrono::milliseconds(0);
    }
    const Duration cost = std::chrono::duration_cast<Duration>(std::chrono::seconds(1)) / rate.perSecond;
    const Duration allowance = cost * (std::max(rate.burst, 1) - 1);
    const Moment due = std::max(m_nextDue, now);
    if (due - now > allowance) {
        ++m_refused;
        const auto wait = std::chrono::ceil<std::chrono::milliseconds>(due - now - allowance);
        return std::max(wait, std::chrono::milliseconds(1));
    }
    m_refused = 0;
    m_nextDue = due + cost;
    return std::chrono::milliseconds(0);
}

bool RateLimiter::isFlooding(const Rate &rate) const
{
    return rate.perSecond > 0 && m_refused >= std::max(rate.burst, 1) * 10;
}

} // namespace tertulia
