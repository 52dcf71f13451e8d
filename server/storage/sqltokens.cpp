// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/sqltokens.h"

namespace tertulia {

using namespace Qt::StringLiterals;

SqlTokens::SqlTokens(SqlConnection &connection, const Clock &clock)
    : m_connection(connection)
    , m_clock(clock)
    , m_revocations(connection, u"SELECT token_id, expires_at FROM revocations WHERE expires_at > ?"_s)
    , m_revoke(connection,
          u"INSERT INTO revocations (token_id, expires_at) VALUES (?, ?) ON CONFLICT (token_id)"
          " DO UPDATE SET expires_at = excluded.expires_at WHERE excluded.expires_at > revocations.expires_at"_s)
    , m_forgetExpired(connection, u"DELETE FROM revocations WHERE expires_at <= ?"_s)
{
}

Result<QList<Revocation>> SqlTokens::revocations()
{
    if (!m_revocations.run(toMilliseconds(m_clock.now())))
        return m_connection.unavailable();
    QList<Revocation> revocations;
    while (m_revocations.next())
        revocations.append({m_revocations.text(0), fromMilliseconds(m_revocations.integer(1))});
    m_revocations.finish();
    if (m_connection.hasFailed())
        return m_connection.unavailable();
    return revocations;
}

Result<void> SqlTokens::revoke(const Revocation &revocation)
{
    // A clock set forward and back again must not let a token live on: what has expired is kept for a day more.
    const Timestamp longGone = m_clock.now() - std::chrono::hours(24);
    SqlScope scope(m_connection);
    if (!scope.isOpen() || !m_forgetExpired.change(toMilliseconds(longGone))
        || !m_revoke.change(revocation.tokenId, toMilliseconds(revocation.expiresAt)) || !scope.commit())
        return m_connection.unavailable();
    return {};
}

} // namespace tertulia
