// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/messagegate.h"

#include "domain/clock.h"
#include "domain/connection.h"
#include "metrics/metrics.h"
#include "protocol/servermessage.h"
#include "settings/serversettings.h"

namespace tertulia {

bool MessageGate::letsPass(Connection &connection)
{
    if (connection.isClosing())
        return false;
    const Rate rate {m_settings.messagesPerSecond, m_settings.burst};
    const std::chrono::milliseconds wait = m_limiter.tryTake(rate, m_clock.steadyNow());
    if (wait.count() == 0)
        return true;
    m_metrics.refused(errorSlug(ErrorCode::RateLimited));
    if (m_limiter.isFlooding(rate)) {
        connection.close(CloseCode::PolicyViolation, "flooding");
        return false;
    }
    const Error error(ErrorCode::RateLimited, defaultDetail(ErrorCode::RateLimited), wait.count());
    connection.send(Frame(encodeError(error)));
    return false;
}

} // namespace tertulia
