// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/clock.h"

namespace tertulia {

/// A clock that a test turns by hand.
class FakeClock final : public Clock
{
public:
    [[nodiscard]] Timestamp now() const override { return m_now; }
    [[nodiscard]] std::chrono::steady_clock::time_point steadyNow() const override { return m_steady; }

    void advance(std::chrono::milliseconds by)
    {
        m_now += by;
        m_steady += by;
    }
    /// The wall clock alone, as when somebody sets it.
    void jump(std::chrono::milliseconds by) { m_now += by; }

private:
    Timestamp m_now = fromMilliseconds(1'790'000'000'000);
    std::chrono::steady_clock::time_point m_steady {std::chrono::hours(1)};
};

} // namespace tertulia
