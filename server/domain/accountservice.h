// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/principal.h"
#include "domain/userdirectory.h"
#include "protocol/result.h"
#include "storage/store.h"

#include <QObject>
#include <QSet>

#include <functional>
#include <utility>

namespace tertulia {

struct ServerSettings;
class BanList;
class Clock;
class ConnectionRegistry;
class PasswordHasher;
class SignInThrottle;
class TicketOffice;
class TokenService;
struct TokenClaims;

/// A token just made, and for whom.
struct SignedIn {
    Principal principal;
    QString token;
};

/// What a request says of who sends it. Empty = not given.
struct Credentials {
    QByteArray bearer; ///< Authorization: Bearer
    QByteArray queryToken; ///< ?token=
    QByteArray cookieToken; ///< session=
    QByteArray ticket; ///< ?ticket=, spent by looking at it
};

/// Signing up, in and out, guests and tokens. Server thread; hashing runs elsewhere.
///
/// Three kinds of user ids: those of accounts, which the store gives; "guest-..." for one visit; "named-..." in a token
/// that the host made for a name without an account, always the same for the same name (idForName()).
/// Bans do not hold for admins: the host cannot lock itself out.
class AccountService final : public QObject
{
    Q_OBJECT

public:
    struct Services {
        const ServerSettings &settings;
        Clock &clock;
        Store &store;
        TokenService &tokens;
        PasswordHasher &hasher;
        SignInThrottle &throttle;
        TicketOffice &tickets;
        BanList &bans;
        UserDirectory &users;
        ConnectionRegistry &connections;
    };
    explicit AccountService(const Services &services, QObject *parent = nullptr);

    /// The id of a user who has a token but no account.
    [[nodiscard]] static QString idForName(const QString &name);

    /// Takes the account out of the store and its tokens with it. For the thread that owns `storage`.
    static Result<void> removeAccount(Storage &storage, const QString &accountId);

    /// Accounts' names and revoked tokens. Again from time to time: subcommands, and the cluster's other servers,
    /// change them in the store. Accounts that are gone since the last time have lost their tokens.
    void load(QObject *context, std::function<void(Result<void>)> then);

    using SignInThen = std::function<void(Result<SignedIn>)>;
    /// InvalidName, WeakPassword, NameTaken, Banned.
    void signUp(
        const QString &name, const QString &password, const QString &address, QObject *context, SignInThen then);
    /// BadCredentials, TooManyRequests with retryAfterMs, Banned.
    void signIn(
        const QString &name, const QString &password, const QString &address, QObject *context, SignInThen then);
    /// At once. InvalidName, NameTaken, GuestsForbidden, BadJoinCode, TooManyRequests, Banned. An empty name is made
    /// up.
    [[nodiscard]] Result<SignedIn> enterAsGuest(const QString &name, const QString &joinCode, const QString &address);

    /// Whom the first credential that is given stands for: bearer, query token, ticket, cookie. A ticket goes before
    /// the cookie, which a browser sends by itself. Unauthorized where it is not valid or none is given, NameTaken
    /// where a guest comes back and somebody else has the name by now, Banned by name.
    [[nodiscard]] Result<Principal> authenticate(const Credentials &credentials);
    /// A ticket for this principal's token.
    [[nodiscard]] Result<std::pair<QString, Timestamp>> issueTicket(const Principal &principal);
    /// Revokes the token: its connections are closed with 4001.
    void signOut(const Principal &principal, QObject *context, std::function<void(Result<void>)> then);
    /// Revokes every token of the user and closes the connections.
    void revokeUser(const QString &userId, QObject *context, std::function<void(Result<void>)> then);

    /// Whether a connection may go on: checked again and again, since tokens end while connections live.
    [[nodiscard]] bool isValid(const Principal &principal) const;
    /// Closes the connections whose token has expired or was revoked.
    void closeInvalid();

private:
    [[nodiscard]] SignedIn issue(const User &user);
    [[nodiscard]] Result<Principal> admitted(const TokenClaims &claims);
    [[nodiscard]] bool isAccount(const QString &userId) const { return m_accountIds.contains(userId); }
    /// Banned or nothing.
    [[nodiscard]] Result<void> checkBans(const QString &name, const QString &address) const;
    [[nodiscard]] Result<void> checkJoinCode(const QString &joinCode, const QString &address);
    void createAccount(const QString &name, const QString &passwordHash, QObject *context, SignInThen then);
    void verifyPassword(const Account &account, const QString &name, const QString &password, const QString &address,
        QObject *context, SignInThen then);
    void takeAccounts(const QList<Account> &accounts);
    void putOut(const Ban &ban);

    Services m_services;
    QSet<QString> m_accountIds;
    QSet<QString> m_removedIds;
};

} // namespace tertulia
