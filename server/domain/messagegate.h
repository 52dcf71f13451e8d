// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ratelimiter.h"

namespace tertulia {

struct ServerSettings;
class Clock;
class Connection;
class Metrics;

/// The rate rule for sockets that carry no commands (protocol.md section 7): what comes too fast is answered with an
/// `error` frame, and who goes on regardless is closed with 1008. One for each connection. Server thread.
class MessageGate
{
public:
    MessageGate(const ServerSettings &settings, const Clock &clock, Metrics &metrics)
        : m_settings(settings)
        , m_clock(clock)
        , m_metrics(metrics)
    {
    }

    /// Whether the message that just came may be served; else its sender was told.
    [[nodiscard]] bool letsPass(Connection &connection);

private:
    const ServerSettings &m_settings;
    const Clock &m_clock;
    Metrics &m_metrics;
    RateLimiter m_limiter;
};

} // namespace tertulia
