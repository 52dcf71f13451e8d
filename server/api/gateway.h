// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/accountservice.h"
#include "domain/gamerelay.h"
#include "transport/frontpolicy.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>
#include <unordered_map>

namespace tertulia {

class HostPolicy;
class OriginPolicy;
class ChatHub;
class NotificationCenter;
class Door;
struct ConnectionRecord;

/// Everything that the gateway asks; references live as long as the server.
struct GatewayServices {
    const ServerSettings &settings;
    Clock &clock;
    Metrics &metrics;
    HostPolicy &hosts;
    OriginPolicy &origins;
    AccountService &accounts;
    BanList &bans;
    Door &door;
    UserDirectory &users;
    ConnectionRegistry &connections;
    NotificationCenter &notifications;
    ChatHub &hub;
};

/// Decides who comes in by which WebSocket endpoint (protocol.md section 5), and puts out whose token has ended.
/// Before the upgrade: Host, path, Origin, the number of connections. After it, since a browser can read close codes
/// alone: bans, tokens, guests' names, connections of one user or address. HTTP calls are ApiGate's. Server thread.
class Gateway final : public QObject, public FrontPolicy
{
    Q_OBJECT

public:
    explicit Gateway(const GatewayServices &services, QObject *parent = nullptr);
    ~Gateway() override;

    std::optional<Error> refuseRequest(const RequestHead &head) override;
    std::optional<Error> refuseUpgrade(const RequestHead &head) override;
    ConnectionListener *upgraded(WebSocketConnection &connection, const RequestHead &head) override;
    void refused(const QHostAddress &address, ErrorCode code) override;

Q_SIGNALS:
    /// Somebody was not let in: `reason` is a slug.
    void turnedAway(const QString &address, const QString &user, const QString &reason);

private:
    enum class Endpoint : quint8 { Echo, Mirror, Chat, Notifications, Game };
    struct Target {
        Endpoint endpoint = Endpoint::Echo;
        QString argument; ///< client or game id
    };
    struct Visitor {
        SignedIn signedIn;
        bool isNewGuest = false; ///< came without a token
    };
    class Visit;

    [[nodiscard]] static std::optional<Target> targetOf(const RequestHead &head);
    [[nodiscard]] bool isAtHome(const RequestHead &head) const;
    [[nodiscard]] Result<Visitor> identify(const RequestHead &head, Endpoint endpoint);
    [[nodiscard]] bool hasTooMany(const Visitor &visitor) const;
    ConnectionListener *turnAway(
        Connection &connection, CloseCode code, const QByteArray &reason, const QString &user = {});
    ConnectionListener *open(
        Connection &connection, const RequestHead &head, const Target &target, const Visitor &visitor);
    ConnectionListener *openEcho(Connection &connection, const Target &target);
    ConnectionListener *keep(ConnectionRecord &record, std::unique_ptr<ConnectionListener> session);

    GatewayServices m_services;
    GameRelay m_games;
    std::unordered_map<Visit *, std::unique_ptr<Visit>> m_visits;
    QTimer m_check;
};

} // namespace tertulia
