// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/ticketoffice.h"

#include "identity/secrets.h"

namespace tertulia {

namespace {

constexpr qsizetype kTicketBytes = 32;

} // namespace

TicketOffice::TicketOffice(const Clock &clock, qsizetype capacity, int perUser)
    : m_clock(clock)
    , m_capacity(capacity)
    , m_perUser(perUser)
{
}

Result<Ticket> TicketOffice::issue(const TokenClaims &claims)
{
    dropExpired();
    if (m_waiting.size() >= m_capacity || m_countOfUser.value(claims.user.id) >= m_perUser)
        return Error(ErrorCode::TooManyRequests, defaultDetail(ErrorCode::TooManyRequests), 1000);

    const Ticket ticket {toBase64Url(randomBytes(kTicketBytes)), std::min(m_clock.now() + kLifetime, claims.expiresAt)};
    const Moment until = m_clock.steadyNow() + kLifetime;
    m_waiting.insert(ticket.text, Held {claims, until});
    m_order.emplace_back(until, ticket.text);
    ++m_countOfUser[claims.user.id];
    return ticket;
}

std::optional<TokenClaims> TicketOffice::redeem(QByteArrayView ticket)
{
    dropExpired();
    const auto held = m_waiting.find(ticket.toByteArray());
    if (held == m_waiting.end())
        return std::nullopt;
    const TokenClaims claims = held->claims;
    forget(held);
    if (claims.expiresAt <= m_clock.now())
        return std::nullopt;
    return claims;
}

void TicketOffice::dropExpired()
{
    const Moment now = m_clock.steadyNow();
    while (!m_order.empty() && m_order.front().first <= now) {
        if (const auto held = m_waiting.find(m_order.front().second); held != m_waiting.end())
            forget(held);
        m_order.pop_front();
    }
}

void TicketOffice::forget(QHash<QByteArray, Held>::iterator held)
{
    const auto count = m_countOfUser.find(held->claims.user.id);
    if (count != m_countOfUser.end() && --*count == 0)
        m_countOfUser.erase(count);
    m_waiting.erase(held);
}

} // namespace tertulia
