// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/principal.h"
#include "domain/userdirectory.h"
#include "protocol/result.h"
#include "storage/store.h"

#include <QObject>

#include <functional>

namespace tertulia {

struct ServerSettings;
class BanList;
class Clock;
class ConnectionRegistry;
class PasswordHasher;
class SignInThrottle;
class TokenService;
class TicketOffice;

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

    /// Accounts' names and revoked tokens.
    void load(QObject *context, std::function<void(Result<void>)> then);

    using SignInThen = std::function<void(Result<SignedIn>)>;
    /// InvalidName, WeakPassword, NameTaken, Banned.
    void signUp(const QString &name, const QString &password, const QString &address, QObject *context, SignInThen then);
    /// BadCredentials, TooManyRequests with retryAfterMs, Banned.
    void signIn(const QString &name, const QString &password, const QString &address, QObject *context, SignInThen then);
    /// At once. InvalidName, NameTaken, GuestsForbidden, BadJoinCode, TooManyRequests, Banned. An empty name is made up.
    [[nodiscard]] Result<SignedIn> enterAsGuest(const QString &name, const QString &joinCode, const QString &address);

    /// Whom the first credential that is given stands for; Unauthorized where it is not valid or none is given.
    [[nodiscard]] Result<Principal> authenticate(const Credentials &credentials);
    /// A ticket for this principal's token.
    [[nodiscard]] Result<std::pair<QString, Timestamp>> issueTicket(const Principal &principal);
    /// Revokes the token: its connections are closed with 4001.
    void signOut(const Principal &principal, QObject *context, std::function<void(Result<void>)> then);
    /// Revokes every token of the user and closes the connections.
    void revokeUser(const QString &userId, QObject *context, std::function<void(Result<void>)> then);

    /// Whether a connection may go on: checked again and again, since tokens end while connections live.
    [[nodiscard]] bool isValid(const Principal &principal) const;

private:
    [[nodiscard]] SignedIn issue(const User &user);
    Services m_services;
};

} // namespace tertulia
