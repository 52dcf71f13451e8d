// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/accountservice.h"

#include "domain/banlist.h"
#include "domain/clock.h"
#include "domain/connectionregistry.h"
#include "identity/passwordhasher.h"
#include "identity/secrets.h"
#include "identity/signinthrottle.h"
#include "identity/ticketoffice.h"
#include "identity/tokenservice.h"
#include "protocol/names.h"
#include "settings/serversettings.h"

#include <QCryptographicHash>
#include <QPointer>

#include <chrono>

using namespace Qt::StringLiterals;

namespace tertulia {

namespace {

constexpr auto kGuestPrefix = "guest-"_L1;
constexpr auto kNamedPrefix = "named-"_L1;
/// Ids of accounts that were removed, one a line: their tokens outlive them otherwise.
const QString kRemovedKey = u"accounts.removed"_s;

Principal principalOf(const TokenClaims &claims)
{
    return {claims.user, claims.tokenId, claims.expiresAt, claims.issuedAt};
}

TokenClaims claimsOf(const Principal &principal)
{
    return {principal.user, principal.tokenId, principal.issuedAt, principal.expiresAt};
}

} // namespace

AccountService::AccountService(const Services &services, QObject *parent)
    : QObject(parent)
    , m_services(services)
{
    connect(&m_services.bans, &BanList::added, this, &AccountService::putOut);
}

QString AccountService::idForName(const QString &name)
{
    const QByteArray digest = QCryptographicHash::hash(foldName(name).toUtf8(), QCryptographicHash::Sha256);
    return kNamedPrefix + QString::fromLatin1(digest.left(12).toHex());
}

Result<void> AccountService::removeAccount(Storage &storage, const QString &accountId)
{
    if (const Result<void> removed = storage.accounts().remove(accountId); !removed)
        return removed;
    const Result<QByteArray> ids = storage.meta().value(kRemovedKey);
    if (!ids)
        return ids.error();
    return storage.meta().setValue(kRemovedKey, *ids + accountId.toLatin1() + '\n');
}

void AccountService::load(QObject *context, std::function<void(Result<void>)> then)
{
    struct Stored {
        QList<Account> accounts;
        QList<Revocation> revocations;
        QByteArray removed;
    };
    readFrom<Stored>(
        m_services.store, this,
        [](Storage &storage) -> Result<Stored> {
            const Result<QList<Account>> accounts = storage.accounts().all();
            if (!accounts)
                return accounts.error();
            const Result<QList<Revocation>> revocations = storage.tokens().revocations();
            if (!revocations)
                return revocations.error();
            const Result<QByteArray> removed = storage.meta().value(kRemovedKey);
            if (!removed)
                return removed.error();
            return Stored {*accounts, *revocations, *removed};
        },
        [this, guard = QPointer<QObject>(context), then = std::move(then)](const Result<Stored> &stored) {
            if (stored) {
                const QStringList removed = QString::fromLatin1(stored->removed).split(u'\n', Qt::SkipEmptyParts);
                m_removedIds = QSet<QString>(removed.cbegin(), removed.cend());
                takeAccounts(stored->accounts);
                m_services.tokens.loadRevocations(stored->revocations);
            }
            if (guard)
                then(stored ? Result<void>() : Result<void>(stored.error()));
        });
}

void AccountService::takeAccounts(const QList<Account> &accounts)
{
    QSet<QString> ids;
    for (const Account &account : accounts) {
        ids.insert(account.id);
        m_services.users.putAccount({account.id, account.name, account.role});
        if (account.tokensValidFrom != Timestamp())
            m_services.tokens.revokeAllOf(account.id, account.tokensValidFrom);
    }
    for (const QString &id : std::as_const(m_accountIds)) {
        if (!ids.contains(id))
            m_services.users.removeAccount(id);
    }
    m_accountIds = ids;
}

// --- accounts

void AccountService::signUp(
    const QString &name, const QString &password, const QString &address, QObject *context, SignInThen then)
{
    const Result<QString> normal = normalizeUserName(name);
    if (!normal)
        return then(normal.error());
    if (const Result<void> banned = checkBans(*normal, address); !banned)
        return then(banned.error());
    if (const Result<void> strong = PasswordHasher::check(password, PasswordKind::Account); !strong)
        return then(strong.error());
    if (m_services.users.byName(*normal))
        return then(ErrorCode::NameTaken);
    m_services.hasher.hash(password, PasswordKind::Account, this,
        [this, name = *normal, guard = QPointer<QObject>(context), then = std::move(then)](
            const Result<QString> &hash) {
            if (!guard)
                return;
            if (!hash)
                then(hash.error());
            else if (m_services.users.byName(name)) // while the hash was made
                then(ErrorCode::NameTaken);
            else
                createAccount(name, *hash, guard, then);
        });
}

void AccountService::createAccount(const QString &name, const QString &passwordHash, QObject *context, SignInThen then)
{
    writeTo<Account>(
        m_services.store, this,
        [name, passwordHash](Storage &storage) { return storage.accounts().create(name, passwordHash, Role::Member); },
        [this, guard = QPointer<QObject>(context), then = std::move(then)](const Result<Account> &account) {
            if (account) {
                m_accountIds.insert(account->id);
                m_services.users.putAccount({account->id, account->name, account->role});
            }
            if (!guard)
                return;
            if (account)
                then(issue({account->id, account->name, account->role}));
            else
                then(account.error());
        });
}

void AccountService::signIn(
    const QString &name, const QString &password, const QString &address, QObject *context, SignInThen then)
{
    const Result<QString> normal = normalizeUserName(name);
    const QString folded = normal ? foldName(*normal) : QString();
    if (const Result<void> allowed = m_services.throttle.check(folded, address); !allowed)
        return then(allowed.error());
    if (!normal) { // no such account can be
        m_services.throttle.failed(folded, address);
        return then(ErrorCode::BadCredentials);
    }
    readFrom<Account>(
        m_services.store, this, [name = *normal](Storage &storage) { return storage.accounts().byName(name); },
        [this, folded, password, address, guard = QPointer<QObject>(context), then = std::move(then)](
            const Result<Account> &account) {
            if (!guard)
                return;
            if (account)
                verifyPassword(*account, folded, password, address, guard, then);
            else if (account.error().code == ErrorCode::NoSuchUser) // takes as long as a wrong password
                verifyPassword({}, folded, password, address, guard, then);
            else
                then(account.error());
        });
}

void AccountService::verifyPassword(const Account &account, const QString &name, const QString &password,
    const QString &address, QObject *context, SignInThen then)
{
    m_services.hasher.verify(account.passwordHash, password, this,
        [this, account, name, address, guard = QPointer<QObject>(context), then = std::move(then)](
            const Result<bool> &isRight) {
            if (!guard)
                return;
            if (!isRight)
                return then(isRight.error());
            // Once more: of guesses that ran at the same time only the first ten learn anything.
            if (const Result<void> allowed = m_services.throttle.check(name, address); !allowed)
                return then(allowed.error());
            if (!*isRight || account.id.isEmpty()) {
                m_services.throttle.failed(name, address);
                return then(ErrorCode::BadCredentials);
            }
            if (account.role != Role::Admin) {
                if (const Result<void> banned = checkBans(account.name, address); !banned)
                    return then(banned.error());
            }
            m_accountIds.insert(account.id); // a subcommand may have made it a moment ago
            m_services.users.putAccount({account.id, account.name, account.role});
            then(issue({account.id, account.name, account.role}));
        });
}

// --- guests

Result<SignedIn> AccountService::enterAsGuest(const QString &name, const QString &joinCode, const QString &address)
{
    if (const Result<void> banned = checkBans({}, address); !banned)
        return banned.error();
    if (!m_services.settings.guests)
        return ErrorCode::GuestsForbidden;
    if (const Result<void> known = checkJoinCode(joinCode, address); !known)
        return known.error();
    const Result<QString> normal = normalizeUserName(name.isEmpty() ? m_services.users.makeGuestName() : name);
    if (!normal)
        return normal.error();
    if (const Result<void> banned = checkBans(*normal, address); !banned)
        return banned.error();
    const User guest {kGuestPrefix + QString::fromLatin1(toBase64Url(randomBytes(12))), *normal, Role::Guest};
    if (const Result<void> claimed = m_services.users.claimGuestName(guest); !claimed)
        return claimed.error();
    return issue(guest);
}

Result<void> AccountService::checkJoinCode(const QString &joinCode, const QString &address)
{
    const QByteArray wanted = m_services.settings.joinCode.toUtf8();
    if (wanted.isEmpty())
        return {};
    if (joinCode.isEmpty()) // a form that was sent without it is no guess
        return ErrorCode::BadJoinCode;
    if (const Result<void> allowed = m_services.throttle.check({}, address); !allowed)
        return allowed;
    if (equalInConstantTime(joinCode.toUtf8(), wanted))
        return {};
    m_services.throttle.failed({}, address);
    return ErrorCode::BadJoinCode;
}

Result<void> AccountService::checkBans(const QString &name, const QString &address) const
{
    if (!name.isEmpty() && m_services.bans.matchName(name))
        return ErrorCode::Banned;
    if (m_services.bans.matchAddress(address))
        return ErrorCode::Banned;
    return {};
}

// --- tokens

SignedIn AccountService::issue(const User &user)
{
    const IssuedToken issued = m_services.tokens.issue(user, std::chrono::hours(m_services.settings.sessionHours));
    return {{user, issued.id, issued.expiresAt, issued.issuedAt}, issued.token};
}

Result<Principal> AccountService::authenticate(const Credentials &credentials)
{
    if (!credentials.ticket.isEmpty() && credentials.bearer.isEmpty() && credentials.queryToken.isEmpty()) {
        const std::optional<TokenClaims> claims = m_services.tickets.redeem(credentials.ticket);
        if (!claims || !m_services.tokens.stillHolds(*claims))
            return ErrorCode::Unauthorized;
        return admitted(*claims);
    }
    const QByteArray &token = !credentials.bearer.isEmpty() ? credentials.bearer
        : !credentials.queryToken.isEmpty()                 ? credentials.queryToken
                                                            : credentials.cookieToken;
    if (token.isEmpty())
        return ErrorCode::Unauthorized;
    const Result<TokenClaims> claims = m_services.tokens.verify(token);
    if (!claims)
        return ErrorCode::Unauthorized;
    return admitted(*claims);
}

Result<Principal> AccountService::admitted(const TokenClaims &claims)
{
    const User &user = claims.user;
    if (m_removedIds.contains(user.id))
        return ErrorCode::Unauthorized;
    if (!isAccount(user.id)) {
        // Of the host's own making, a token counts more than the name that somebody took meanwhile.
        const Result<void> claimed = m_services.users.claimGuestName(user);
        if (!claimed && user.role == Role::Guest)
            return claimed.error();
    }
    if (user.role != Role::Admin && m_services.bans.matchName(user.name))
        return ErrorCode::Banned;
    return principalOf(claims);
}

Result<std::pair<QString, Timestamp>> AccountService::issueTicket(const Principal &principal)
{
    const Result<Ticket> ticket = m_services.tickets.issue(claimsOf(principal));
    if (!ticket)
        return ticket.error();
    return std::pair(QString::fromLatin1(ticket->text), ticket->expiresAt);
}

void AccountService::signOut(const Principal &principal, QObject *context, std::function<void(Result<void>)> then)
{
    m_services.tokens.revoke(principal.tokenId, principal.expiresAt);
    closeInvalid();
    if (!isAccount(principal.user.id) && m_services.connections.countOfUser(principal.user.id) == 0)
        m_services.users.forgetGuest(principal.user.id);
    writeTo<bool>(
        m_services.store, context,
        [revocation = Revocation {principal.tokenId, principal.expiresAt}](Storage &storage) -> Result<bool> {
            const Result<void> revoked = storage.tokens().revoke(revocation);
            return revoked ? Result<bool>(true) : Result<bool>(revoked.error());
        },
        [then = std::move(then)](
            const Result<bool> &done) { then(done ? Result<void>() : Result<void>(done.error())); });
}

void AccountService::revokeUser(const QString &userId, QObject *context, std::function<void(Result<void>)> then)
{
    const Timestamp now = m_services.clock.now();
    m_services.tokens.revokeAllOf(userId, now);
    m_services.connections.closeWhere(
        [&userId](const ConnectionRecord &record) { return record.principal && record.principal->user.id == userId; },
        CloseCode::InvalidToken, "token_revoked");
    if (!isAccount(userId)) {
        m_services.users.forgetGuest(userId);
        return then({});
    }
    writeTo<bool>(
        m_services.store, context,
        [userId, now](Storage &storage) -> Result<bool> {
            const Result<void> set = storage.accounts().setTokensValidFrom(userId, now);
            return set ? Result<bool>(true) : Result<bool>(set.error());
        },
        [then = std::move(then)](
            const Result<bool> &done) { then(done ? Result<void>() : Result<void>(done.error())); });
}

// --- connections

bool AccountService::isValid(const Principal &principal) const
{
    return m_services.tokens.stillHolds(claimsOf(principal)) && !m_removedIds.contains(principal.user.id);
}

void AccountService::closeInvalid()
{
    const Timestamp now = m_services.clock.now();
    const QList<ConnectionRecord *> records = m_services.connections.all();
    for (const ConnectionRecord *record : records) {
        if (!record->principal || !record->connection || record->connection->isClosing())
            continue;
        if (record->principal->expiresAt <= now)
            record->connection->close(CloseCode::InvalidToken, "token_expired");
        else if (!isValid(*record->principal))
            record->connection->close(CloseCode::InvalidToken, "token_revoked");
    }
}

void AccountService::putOut(const Ban &ban)
{
    const QString folded = foldName(ban.name);
    const Result<AddressRange> range = ban.address.isEmpty() ? Result<AddressRange>(ErrorCode::InvalidField)
                                                             : AddressRange::fromText(ban.address);
    m_services.connections.closeWhere(
        [&](const ConnectionRecord &record) {
            if (record.principal && record.principal->isAdmin())
                return false;
            if (range)
                return range->contains(record.shake().address);
            return record.principal && foldName(record.principal->user.name) == folded;
        },
        CloseCode::Kicked, errorSlug(ErrorCode::Banned));
    if (ban.name.isEmpty())
        return;
    // A guest's name is free for others at once; an account keeps it.
    const std::optional<User> user = m_services.users.byName(ban.name);
    if (user && !isAccount(user->id) && user->role == Role::Guest)
        m_services.users.forgetGuest(user->id);
}

} // namespace tertulia
