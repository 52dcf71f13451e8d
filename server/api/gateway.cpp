// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/gateway.h"

#include "domain/banlist.h"
#include "domain/chathub.h"
#include "domain/chatsession.h"
#include "domain/clock.h"
#include "domain/connectionregistry.h"
#include "domain/door.h"
#include "domain/echosession.h"
#include "domain/notificationsession.h"
#include "identity/hostpolicy.h"
#include "identity/originpolicy.h"
#include "metrics/metrics.h"
#include "settings/serversettings.h"
#include "transport/websocketconnection.h"

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace tertulia {

namespace {

constexpr auto kCheckEvery = 1s;

Credentials credentialsOf(const RequestHead &head)
{
    return {head.bearerToken(), head.queryItem("token").toUtf8(), head.cookie("session"),
        head.queryItem("ticket").toUtf8()};
}

std::optional<quint64> numberOf(const QString &text)
{
    bool isNumber = false;
    const quint64 number = text.toULongLong(&isNumber);
    return isNumber && number <= kLargestId ? std::optional(number) : std::nullopt;
}

bool isWholeNumber(const QString &text)
{
    return !text.isEmpty()
        && std::all_of(text.cbegin(), text.cend(), [](QChar digit) { return digit >= u'0' && digit <= u'9'; });
}

ChatEntrance entranceOf(const RequestHead &head, bool isNewGuest)
{
    ChatEntrance entrance;
    entrance.tellToken = isNewGuest;
    const QString room = head.queryItem("room");
    if (!room.isEmpty())
        entrance.join = JoinCommand {
            room, numberOf(head.queryItem("since")), head.queryItem("epoch"), head.queryItem("password")};
    return entrance;
}

} // namespace

/// One connection of an endpoint other than the chat, with its place in the lists; it removes itself at the end.
class Gateway::Visit final : public ConnectionListener
{
public:
    Visit(Gateway &gateway, ConnectionRecord &record, std::unique_ptr<ConnectionListener> session)
        : m_gateway(gateway)
        , m_record(record)
        , m_session(std::move(session))
    {
        if (m_record.principal)
            m_gateway.m_services.users.connected(m_record.principal->user.id);
    }

    void textReceived(const QByteArray &utf8) override
    {
        m_gateway.m_services.metrics.messageReceived();
        m_session->textReceived(utf8);
    }

    void binaryReceived(const QByteArray &bytes) override
    {
        m_gateway.m_services.metrics.messageReceived();
        m_session->binaryReceived(bytes);
    }

    void ended(const ConnectionEnd &end) override
    {
        m_session->ended(end);
        const GatewayServices &services = m_gateway.m_services;
        if (m_record.principal)
            services.users.disconnected(m_record.principal->user.id);
        services.metrics.closed(end.code);
        services.connections.remove(m_record, end.code);
        m_gateway.m_visits.erase(this); // the last thing that this object does
    }

private:
    Gateway &m_gateway;
    ConnectionRecord &m_record;
    std::unique_ptr<ConnectionListener> m_session;
};

Gateway::Gateway(const GatewayServices &services, QObject *parent)
    : QObject(parent)
    , m_services(services)
{
    connect(&m_check, &QTimer::timeout, this, [this] { m_services.accounts.closeInvalid(); });
    m_check.start(kCheckEvery);
}

Gateway::~Gateway() = default;

// --- before the upgrade

std::optional<Error> Gateway::refuseRequest(const RequestHead &head)
{
    if (!m_services.hosts.allows(head.header("Host")))
        return ErrorCode::MisdirectedRequest;
    return std::nullopt;
}

std::optional<Error> Gateway::refuseUpgrade(const RequestHead &head)
{
    if (!targetOf(head))
        return ErrorCode::NotFound;
    if (!isAtHome(head))
        return ErrorCode::BadOrigin;
    const int limit = m_services.settings.connections;
    if (limit > 0 && m_services.connections.count() >= limit)
        return ErrorCode::ServerFull;
    return std::nullopt;
}

bool Gateway::isAtHome(const RequestHead &head) const
{
    const QByteArray origin = head.header("Origin");
    return m_services.origins.allows(head.hasHeader("Origin") ? std::optional<QByteArrayView>(origin) : std::nullopt,
        head.header("Host"), head.isEncrypted ? Encryption::Tls : Encryption::None);
}

void Gateway::refused(const QHostAddress &address, ErrorCode code)
{
    const QByteArray reason = errorSlug(code);
    m_services.metrics.refused(reason);
    Q_EMIT turnedAway(address.toString(), {}, QString::fromLatin1(reason));
}

std::optional<Gateway::Target> Gateway::targetOf(const RequestHead &head)
{
    const QStringList &parts = head.segments;
    if (parts.isEmpty() || parts.constFirst() != u"ws" || parts.size() > 3)
        return std::nullopt;
    if (parts.size() == 1)
        return Target {Endpoint::Echo, {}};
    const QString &name = parts.at(1);
    if (parts.size() == 3) {
        const QString &game = parts.at(2);
        const bool isGame = name == u"game" && !game.isEmpty() && game.size() <= GameRelay::kLongestId;
        return isGame ? std::optional(Target {Endpoint::Game, game}) : std::nullopt;
    }
    if (name == u"echo")
        return Target {Endpoint::Mirror, {}};
    if (name == u"chat")
        return Target {Endpoint::Chat, {}};
    if (name == u"notifications")
        return Target {Endpoint::Notifications, {}};
    return isWholeNumber(name) ? std::optional(Target {Endpoint::Echo, name}) : std::nullopt;
}

// --- after the upgrade

ConnectionListener *Gateway::upgraded(WebSocketConnection &connection, const RequestHead &head)
{
    const std::optional<Target> target = targetOf(head);
    if (!target) // refuseUpgrade() lets no such thing pass
        return turnAway(connection, CloseCode::InternalError, "no_endpoint");
    const QString &address = connection.handshake().address;
    const int addressLimit = m_services.settings.connectionsPerAddress;
    if (addressLimit > 0 && m_services.connections.countOfAddress(address) >= addressLimit)
        return turnAway(connection, CloseCode::TooManyConnections, "too_many_connections");

    const bool isBanned = m_services.bans.matchAddress(address).has_value();
    if (target->endpoint == Endpoint::Echo || target->endpoint == Endpoint::Mirror) {
        if (isBanned)
            return turnAway(connection, CloseCode::Kicked, errorSlug(ErrorCode::Banned));
        return openEcho(connection, *target);
    }
    const Result<Visitor> visitor = identify(head, target->endpoint);
    if (!visitor) {
        const ErrorCode code = visitor.error().code;
        const bool isShutOut = isBanned || code == ErrorCode::Banned;
        return turnAway(connection, isShutOut ? CloseCode::Kicked : CloseCode::InvalidToken,
            errorSlug(isShutOut ? ErrorCode::Banned : code));
    }
    const Principal &principal = visitor->signedIn.principal;
    if (isBanned && !principal.isAdmin())
        return turnAway(connection, CloseCode::Kicked, errorSlug(ErrorCode::Banned), principal.user.name);
    if (hasTooMany(*visitor))
        return turnAway(connection, CloseCode::TooManyConnections, "too_many_connections", principal.user.name);
    return open(connection, head, *target, *visitor);
}

Result<Gateway::Visitor> Gateway::identify(const RequestHead &head, Endpoint endpoint)
{
    const bool takesGuests = endpoint != Endpoint::Notifications;
    const Credentials credentials = credentialsOf(head);
    const bool hasOwn = !credentials.bearer.isEmpty() || !credentials.queryToken.isEmpty()
        || !credentials.ticket.isEmpty();
    if (hasOwn || !credentials.cookieToken.isEmpty()) {
        const Result<Principal> principal = m_services.accounts.authenticate(credentials);
        if (principal)
            return Visitor {{*principal, {}}, false};
        // A browser sends an old cookie by itself; who gives a name wants to come in anew.
        if (hasOwn || !takesGuests || !head.hasQueryItem("name"))
            return principal.error();
    }
    if (!takesGuests)
        return ErrorCode::Unauthorized;
    const Result<SignedIn> guest = m_services.accounts.enterAsGuest(
        head.queryItem("name"), head.queryItem("join_code"), head.peerAddress.toString());
    if (!guest)
        return guest.error();
    return Visitor {*guest, true};
}

bool Gateway::hasTooMany(const Visitor &visitor) const
{
    const int limit = m_services.settings.connectionsPerUser;
    return limit > 0 && m_services.connections.countOfUser(visitor.signedIn.principal.user.id) >= limit;
}

ConnectionListener *Gateway::turnAway(
    Connection &connection, CloseCode code, const QByteArray &reason, const QString &user)
{
    m_services.metrics.refused(reason);
    m_services.metrics.closed(int(code));
    Q_EMIT turnedAway(connection.handshake().address, user, QString::fromLatin1(reason));
    connection.close(code, reason);
    return nullptr;
}

ConnectionListener *Gateway::open(
    Connection &connection, const RequestHead &head, const Target &target, const Visitor &visitor)
{
    const Principal &principal = visitor.signedIn.principal;
    const bool mustKnock = m_services.settings.door && !principal.isAdmin()
        && !m_services.door.isAdmitted(principal.user.id);
    if (mustKnock && target.endpoint != Endpoint::Chat) // the chat is where one waits at the door
        return turnAway(connection, CloseCode::Kicked, "not_admitted", principal.user.name);

    ConnectionRecord &record = m_services.connections.add(connection, TransportKind::WebSocket, principal);
    if (target.endpoint == Endpoint::Chat)
        return m_services.hub.open(connection, record, visitor.signedIn, entranceOf(head, visitor.isNewGuest));
    const MessageGate gate(m_services.settings, m_services.clock, m_services.metrics);
    if (target.endpoint == Endpoint::Notifications)
        return keep(record,
            std::make_unique<NotificationSession>(
                m_services.notifications, connection, principal, numberOf(head.queryItem("after")), gate));
    return keep(record, std::make_unique<GameSession>(m_games, target.argument, connection, principal.user, gate));
}

ConnectionListener *Gateway::openEcho(Connection &connection, const Target &target)
{
    ConnectionRecord &record = m_services.connections.add(connection, TransportKind::WebSocket, std::nullopt);
    const MessageGate gate(m_services.settings, m_services.clock, m_services.metrics);
    const EchoKind kind = target.endpoint == Endpoint::Mirror ? EchoKind::Mirror : EchoKind::Service;
    return keep(
        record, std::make_unique<EchoSession>(connection, kind, target.argument.toLatin1(), m_services.clock, gate));
}

ConnectionListener *Gateway::keep(ConnectionRecord &record, std::unique_ptr<ConnectionListener> session)
{
    auto visit = std::make_unique<Visit>(*this, record, std::move(session));
    Visit *listener = visit.get();
    m_visits.emplace(listener, std::move(visit));
    return listener;
}

} // namespace tertulia
