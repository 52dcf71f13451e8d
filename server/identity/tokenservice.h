// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/clock.h"
#include "protocol/result.h"
#include "protocol/user.h"
#include "storage/records.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QHash>
#include <QList>

#include <chrono>

namespace tertulia {

struct IssuedToken {
    QString token;
    QString id; ///< the claim `jti`, under which it is revoked
    Timestamp issuedAt; ///< both times as verify() will read them from the token
    Timestamp expiresAt;
};

/// What a valid token says.
struct TokenClaims {
    User user;
    QString tokenId;
    Timestamp issuedAt;
    Timestamp expiresAt;

    bool operator==(const TokenClaims &) const = default;
};

/// Issues and judges the server's tokens: JWT (RFC 7519) signed with HS256 (RFC 7515, RFC 7518), by the rules of
/// RFC 8725: one algorithm, nothing taken from the token before its signature holds. Server thread.
///
/// Revocations live in memory until the token would have expired; keeping them over a restart is the store's business.
class TokenService
{
public:
    static constexpr qsizetype kKeyBytes = 32;
    /// A longer text is no token of ours and is not looked at.
    static constexpr qsizetype kLongestToken = 4096;

    /// `key` has kKeyBytes bytes. `clock` outlives the service.
    TokenService(QByteArray key, const Clock &clock);

    [[nodiscard]] IssuedToken issue(const User &user, std::chrono::seconds lifetime) const;

    /// Unauthorized for everything that is not a whole, signed, current and unrevoked token; the detail says why, for
    /// the log: clients need not learn it.
    [[nodiscard]] Result<TokenClaims> verify(QByteArrayView token) const;

    /// Whether claims that were verified before hold still: not expired, not revoked.
    [[nodiscard]] bool stillHolds(const TokenClaims &claims) const;

    void revoke(const QString &tokenId, Timestamp expiresAt);
    /// Tokens of the user that were issued before `moment` are void.
    void revokeAllOf(const QString &userId, Timestamp moment);
    void loadRevocations(const QList<Revocation> &revocations);

    /// The key in the file, made there (mode 0600, whole or not at all) where there is none. Two processes that make it
    /// at once get the same. Internal with a text for people where the file cannot be used; it is never replaced.
    [[nodiscard]] static Result<QByteArray> loadOrMakeKey(const QString &path);
    [[nodiscard]] static QByteArray makeKey();

private:
    [[nodiscard]] QByteArray sign(QByteArrayView signedPart) const;
    void dropExpiredRevocations();

    QByteArray m_key;
    const Clock &m_clock;
    QHash<QString, Timestamp> m_revoked; ///< token id -> when it expires anyway
    QHash<QString, Timestamp> m_validFrom; ///< user id -> earlier tokens are void
    qsizetype m_sweepAt = 1024; ///< count of revocations at which expired ones are dropped
};

} // namespace tertulia
