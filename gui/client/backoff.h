// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <chrono>

namespace tertulia {

/// The waits between attempts to come back: a ceiling of 0.5 s, 1 s, 2 s ... 30 s, and a random moment below it
/// ("full jitter"), so that the guests of a server that was away do not all return in one instant.
class Backoff
{
public:
    static constexpr std::chrono::milliseconds kFirst {500};
    static constexpr std::chrono::milliseconds kLongest {30'000};

    /// The ceiling of the attempt that comes next.
    [[nodiscard]] std::chrono::milliseconds ceiling() const
    {
        return m_attempts >= 6 ? kLongest : std::min(kLongest, kFirst * (1 << m_attempts));
    }

    /// Counts one more attempt and returns how long to wait before it. `chance` is in [0, 1).
    [[nodiscard]] std::chrono::milliseconds next(double chance)
    {
        const auto limit = ceiling();
        ++m_attempts;
        return std::chrono::milliseconds(static_cast<long long>(static_cast<double>(limit.count()) * chance));
    }

    [[nodiscard]] int attempts() const { return m_attempts; }
    void reset() { m_attempts = 0; }

private:
    int m_attempts = 0;
};

} // namespace tertulia
