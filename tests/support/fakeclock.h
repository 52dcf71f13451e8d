// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/clock.h"

namespace tertulia {

/// A clock that stands until a test turns it; begins at 2026-11-21T09:30:00.500Z.
class FakeClock final : public Clock
{
public:
    [[nodiscard]] Timestamp now() const override { return m_now; }
    [[nodiscard]] std::chrono::steady_clock::time_point steadyNow() const override { return m_steady; }

    /// Time passes.
    void advance(std::chrono::nanoseconds duration)
    {
        m_steady += duration;
        m_now += std::chrono::duration_cast<std::chrono::milliseconds>(duration);
    }
    /// Somebody sets the clock on the wall; no time passes.
    void jump(std::chrono::milliseconds by) { m_now += by; }

private:
    Timestamp m_now = fromMilliseconds(1795253400500);
    std::chrono::steady_clock::time_point m_steady {std::chrono::hours(1)};
};

} // namespace tertulia
