// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/tokenservice.h"

#include <QByteArray>
#include <QHash>

#include <chrono>
#include <deque>
#include <optional>

namespace tertulia {

struct Ticket {
    QByteArray text; ///< 32 random bytes, base64url
    Timestamp expiresAt;
};

/// Tickets stand for a token once, within 30 seconds, so that the token itself need not be in an address. Server
/// thread.
class TicketOffice
{
public:
    static constexpr std::chrono::seconds kLifetime {30};

    explicit TicketOffice(const Clock &clock, qsizetype capacity = 20000, int perUser = 1000);

    /// TooManyRequests once `capacity` tickets wait in all, or `perUser` for the user of the claims.
    [[nodiscard]] Result<Ticket> issue(const TokenClaims &claims);
    /// The claims it stands for, at the first call within its time. The caller asks TokenService::stillHolds() too: the
    /// token may have been revoked meanwhile.
    [[nodiscard]] std::optional<TokenClaims> redeem(QByteArrayView ticket);
    [[nodiscard]] qsizetype size() const { return m_waiting.size(); }

private:
    using Moment = std::chrono::steady_clock::time_point;
    struct Held {
        TokenClaims claims;
        Moment until;
    };

    void dropExpired();
    void forget(QHash<QByteArray, Held>::iterator held);

    const Clock &m_clock;
    qsizetype m_capacity;
    int m_perUser;
    QHash<QByteArray, Held> m_waiting;
    QHash<QString, int> m_countOfUser;
    std::deque<std::pair<Moment, QByteArray>> m_order; ///< oldest first; redeemed ones stay until their time
};

} // namespace tertulia
