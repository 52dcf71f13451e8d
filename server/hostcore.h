// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/accountservice.h"
#include "domain/banlist.h"
#include "domain/chathub.h"
#include "domain/clock.h"
#include "domain/connectionregistry.h"
#include "domain/door.h"
#include "domain/notificationcenter.h"
#include "domain/roomdirectory.h"
#include "domain/userdirectory.h"
#include "identity/hostpolicy.h"
#include "identity/originpolicy.h"
#include "identity/passwordhasher.h"
#include "identity/signinthrottle.h"
#include "identity/ticketoffice.h"
#include "identity/tokenservice.h"
#include "metrics/logbook.h"
#include "metrics/metrics.h"
#include "metrics/metricsticker.h"
#include "storage/openstore.h"
#include "transport/transportlimits.h"

#include <QHostAddress>
#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>

namespace tertulia {

struct ServerSettings;
struct TlsIdentity;
class ApiHandler;
class FrontServer;
class Gateway;

/// One server from the store to the port: makes the parts in the order in which they need each other and takes them
/// down in the other. Made, used and destroyed in the server thread.
class HostCore final : public QObject
{
    Q_OBJECT

public:
    /// What is opened before there is a server; each may fail with a line for people.
    struct Foundation {
        std::unique_ptr<DataDirectory> directory;
        QByteArray tokenKey;
    };
    [[nodiscard]] static Result<Foundation> lay(const QString &dataDirectory);

    /// The store opened, or StoreUnavailable with a line for people. `settings` outlive the core.
    [[nodiscard]] static Result<std::unique_ptr<HostCore>> make(Foundation foundation, const ServerSettings &settings);
    ~HostCore() override;

    /// Reads from the store what is kept in memory; `then` once, in a later turn.
    void load(std::function<void(Result<void>)> then);
    /// Listens where the settings say. Internal with a line for people.
    [[nodiscard]] Result<void> listen();
    [[nodiscard]] QHostAddress listeningAddress() const;
    [[nodiscard]] quint16 port() const;
    [[nodiscard]] bool isEncrypted() const { return !m_fingerprint.isEmpty(); }
    [[nodiscard]] const QString &fingerprint() const { return m_fingerprint; }

    /// No new clients, 1001 to those that are there; `then` once they are gone, after two seconds at the latest.
    void closeClients(std::function<void()> then);

    /// Settings were changed: what does not look at them by itself is told.
    void settingsChanged();
    /// The addresses of this machine may have changed.
    void setLocalAddresses(const QStringList &addresses);

private:
    HostCore(Foundation foundation, const ServerSettings &settings);
    [[nodiscard]] TransportLimits transportLimits() const;
    [[nodiscard]] Result<void> encrypt();
    void countTraffic();

    const ServerSettings &m_settings;

public:
    // The parts, in the order in which they need each other.
    SystemClock clock;
    std::unique_ptr<DataDirectory> directory;
    std::unique_ptr<SqlStore> store;
    LogBook logBook;
    Metrics metrics;
    HostPolicy hosts;
    OriginPolicy origins;
    TokenService tokens;
    PasswordHasher hasher;
    SignInThrottle throttle;
    TicketOffice tickets;
    UserDirectory users;
    ConnectionRegistry connections;
    std::unique_ptr<BanList> bans;
    std::unique_ptr<AccountService> accounts;
    std::unique_ptr<RoomDirectory> rooms;
    std::unique_ptr<NotificationCenter> notifications;
    Door door;
    std::unique_ptr<ChatHub> hub;
    std::unique_ptr<MetricsTicker> ticker;
    std::unique_ptr<Gateway> gateway;
    std::unique_ptr<ApiHandler> api;
    std::unique_ptr<FrontServer> front;

private:
    void assemble();

    QStringList m_localAddresses;
    QString m_fingerprint;
    quint64 m_slowConsumers = 0;
    QTimer m_refresh;
};

} // namespace tertulia
