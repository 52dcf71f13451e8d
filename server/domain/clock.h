// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/timestamp.h"

#include <chrono>

namespace tertulia {

/// What time it is. Rules ask a Clock, so that tests can turn it. Thread-safe.
class Clock
{
public:
    virtual ~Clock() = default;
    /// Wall-clock time in UTC: for what people and tokens see. It may jump.
    [[nodiscard]] virtual Timestamp now() const = 0;
    /// Time that only goes forward: for limits and waits.
    [[nodiscard]] virtual std::chrono::steady_clock::time_point steadyNow() const = 0;
};

class SystemClock final : public Clock
{
public:
    [[nodiscard]] Timestamp now() const override
    {
        return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
    }
    [[nodiscard]] std::chrono::steady_clock::time_point steadyNow() const override
    {
        return std::chrono::steady_clock::now();
    }
};

} // namespace tertulia
