// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/apigate.h"

#include "domain/accountservice.h"
#include "domain/banlist.h"
#include "domain/chathub.h"
#include "domain/clock.h"
#include "domain/connectionregistry.h"
#include "domain/door.h"
#include "domain/roomdirectory.h"
#include "identity/originpolicy.h"
#include "identity/passwordhasher.h"
#include "settings/serversettings.h"

#include <QPointer>

#include <algorithm>

namespace tertulia {

using namespace Qt::StringLiterals;

ApiGate::ApiGate(const ApiServices &services, QObject *parent)
    : QObject(parent)
    , m_services(services)
{
}

Result<void> ApiGate::checkOrigin(const RequestHead &head) const
{
    const QByteArray origin = head.header("Origin");
    const auto asked = head.hasHeader("Origin") ? std::optional<QByteArrayView>(origin) : std::nullopt;
    const Encryption encryption = head.isEncrypted ? Encryption::Tls : Encryption::None;
    if (m_services.origins.allows(asked, head.header("Host"), encryption))
        return {};
    return ErrorCode::BadOrigin;
}

Result<void> ApiGate::checkBans(const Principal &principal, const QString &address) const
{
    // No ban holds for an admin, by whatever address: who could lift it then?
    if (principal.isAdmin())
        return {};
    if (m_services.bans.matchName(principal.user.name) || m_services.bans.matchAddress(address))
        return ErrorCode::Banned;
    return {};
}

Result<void> ApiGate::checkAccess(const Principal &principal, Access access) const
{
    if (access == Access::SignedIn || principal.isAdmin())
        return {};
    if (access == Access::Admin)
        return ErrorCode::Forbidden;
    if (access == Access::Member && principal.user.role == Role::Guest)
        return Error(ErrorCode::Forbidden, u"Guests may not do this."_s);
    if (m_services.settings.door && !m_services.door.isAdmitted(principal.user.id))
        return Error(ErrorCode::Forbidden, u"The host has not let you in yet."_s);
    return {};
}

Result<Principal> ApiGate::admit(const RequestHead &head, const Route &route)
{
    if (route.access == Access::Anyone)
        return Principal();
    Credentials credentials;
    credentials.bearer = head.bearerToken();
    credentials.queryToken = head.queryItem("token").toUtf8();
    credentials.cookieToken = head.cookie("session");
    // A ticket is spent by looking at it, and a HEAD only asks.
    if (route.takesTicket && head.method == "GET")
        credentials.ticket = head.queryItem("ticket").toUtf8();

    Result<Principal> principal = m_services.accounts.authenticate(credentials);
    if (!principal)
        return principal;
    if (const auto outcome = checkBans(*principal, head.peerAddress.toString()); !outcome)
        return outcome.error();
    if (const auto outcome = checkAccess(*principal, route.access); !outcome)
        return outcome.error();
    return principal;
}

Result<void> ApiGate::stillAdmits(const Principal &principal, const QString &address) const
{
    if (!m_services.accounts.isValid(principal))
        return ErrorCode::Unauthorized;
    return checkBans(principal, address);
}

Result<void> ApiGate::checkConnectionLimits(const Principal &principal, const QString &address) const
{
    const ServerSettings &settings = m_services.settings;
    const ConnectionRegistry &connections = m_services.connections;
    if (settings.connections > 0 && connections.count() >= settings.connections)
        return ErrorCode::ServerFull;
    const bool ofUser = !principal.user.id.isEmpty() && settings.connectionsPerUser > 0
        && connections.countOfUser(principal.user.id) >= settings.connectionsPerUser;
    const bool ofAddress = settings.connectionsPerAddress > 0
        && connections.countOfAddress(address) >= settings.connectionsPerAddress;
    if (ofUser || ofAddress)
        return Error(ErrorCode::TooManyRequests, u"Too many connections of this user or address."_s, 1000);
    return {};
}

void ApiGate::openRoom(const ApiCall &call, const QString &name, QObject *context, RoomThen then)
{
    const Result<Room *> room = m_services.hub.readableRoom(name, call.principal);
    const QString password = call.head.queryItem("password");
    if (room || room.error().code != ErrorCode::Forbidden || password.isNull())
        return then(room);
    // Forbidden where the room is there and not hidden: it asks for its password.
    const Room *closed = m_services.rooms.findFor(name, call.principal.user.id);
    if (!closed || closed->record.passwordHash.isEmpty())
        return then(room);

    const RoomKey key = closed->key();
    const QString hash = closed->record.passwordHash;
    m_services.hasher.verify(hash, password, context,
        [this, guard = QPointer<ApiGate>(this), key, hash, name, principal = call.principal, then = std::move(then)](
            const Result<bool> &right) {
            if (!guard)
                return;
            if (!right)
                return then(right.error());
            Room *opened = m_services.rooms.find(key);
            // Not where the room went or changed its password while the hash was computed.
            if (*right && opened && opened->record.passwordHash == hash)
                opened->passwordGiven.insert(principal.user.id);
            then(m_services.hub.readableRoom(name, principal));
        });
}

Result<void> ApiGate::takePublishToken(const QString &userId)
{
    dropIdleLimiters();
    const Rate rate {m_services.settings.messagesPerSecond, m_services.settings.burst};
    const auto wait = m_publishing[userId].tryTake(rate, m_services.clock.steadyNow());
    if (wait.count() <= 0)
        return {};
    return Error(ErrorCode::TooManyRequests, defaultDetail(ErrorCode::TooManyRequests), wait.count());
}

void ApiGate::dropIdleLimiters()
{
    if (m_publishing.size() < m_sweepAt)
        return;
    const auto now = m_services.clock.steadyNow();
    m_publishing.removeIf([now](const auto &limiter) { return limiter.value().isIdle(now); });
    m_sweepAt = std::max<qsizetype>(256, 2 * m_publishing.size());
}

} // namespace tertulia
