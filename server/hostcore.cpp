// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hostcore.h"

#include "addressranking.h"
#include "api/apihandler.h"
#include "api/gateway.h"
#include "settings/serversettings.h"
#include "tlsidentity.h"
#include "tokenkey.h"
#include "transport/frontserver.h"

#include <QDir>
#include <QHostInfo>
#include <QLoggingCategory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace tertulia {

namespace {

Q_LOGGING_CATEGORY(lcHost, "tertulia.host")

/// How soon a running server notices what a subcommand did to the accounts.
constexpr auto kRefreshEvery = 3s;
/// Sockets beyond limits.connections: HTTP calls, and those who are told that it is full.
constexpr int kSpareSockets = 4000;

} // namespace

Result<HostCore::Foundation> HostCore::lay(const QString &dataDirectory)
{
    Result<std::unique_ptr<DataDirectory>> directory = DataDirectory::open(dataDirectory);
    if (!directory)
        return directory.error();
    const Result<QByteArray> key = loadTokenKey(directory.value()->path());
    if (!key)
        return key.error();
    return Foundation {std::move(*directory), *key};
}

Result<std::unique_ptr<HostCore>> HostCore::make(Foundation foundation, const ServerSettings &settings)
{
    std::unique_ptr<HostCore> core(new HostCore(std::move(foundation), settings));
    Result<std::unique_ptr<SqlStore>> store = openStore(*core->directory, core->clock);
    if (!store)
        return store.error();
    core->store = std::move(*store);
    core->assemble();
    return core;
}

HostCore::HostCore(Foundation foundation, const ServerSettings &settings)
    : m_settings(settings)
    , directory(std::move(foundation.directory))
    , metrics(clock)
    , tokens(foundation.tokenKey, clock)
    , throttle(clock)
    , tickets(clock)
    , users(clock)
    , connections(clock)
    , door(clock)
{
}

HostCore::~HostCore() = default;

void HostCore::assemble()
{
    logBook.install();
    bans = std::make_unique<BanList>(*store, clock);
    accounts = std::make_unique<AccountService>(AccountService::Services {
        m_settings, clock, *store, tokens, hasher, throttle, tickets, *bans, users, connections});
    rooms = std::make_unique<RoomDirectory>(*store, m_settings, clock);
    notifications = std::make_unique<NotificationCenter>(*store, clock);
    hub = std::make_unique<ChatHub>(
        HubServices {m_settings, clock, *store, metrics, *rooms, connections, users, *notifications, hasher, door});
    ticker = std::make_unique<MetricsTicker>(MetricsTicker::Sources {metrics, clock, connections, *rooms, *store});
    gateway = std::make_unique<Gateway>(GatewayServices {
        m_settings, clock, metrics, hosts, origins, *accounts, *bans, door, users, connections, *notifications, *hub});
    api = std::make_unique<ApiHandler>(ApiServices {m_settings, clock, *store, metrics, *ticker, logBook, origins,
        hasher, *bans, door, *accounts, users, *rooms, *hub, connections, *notifications, directory->filesPath()});
    front = std::make_unique<FrontServer>(*gateway, *api, transportLimits());
    store->setCommitObserver([this](std::chrono::nanoseconds time, qsizetype) { metrics.commitTook(time); });
    connect(ticker.get(), &MetricsTicker::refreshing, this, &HostCore::countTraffic);
    connect(&m_refresh, &QTimer::timeout, this, [this] {
        accounts->load(this, [](const Result<void> &loaded) {
            if (!loaded)
                qCWarning(lcHost, "The accounts could not be read again.");
        });
        rooms->refresh();
    });
    settingsChanged();
}

void HostCore::load(std::function<void(Result<void>)> then)
{
    using Step = std::function<void(QObject *, std::function<void(Result<void>)>)>;
    auto steps = std::make_shared<QList<Step>>();
    steps->append([this](QObject *context, auto done) { bans->load(context, std::move(done)); });
    steps->append([this](QObject *context, auto done) { accounts->load(context, std::move(done)); });
    steps->append([this](QObject *context, auto done) { rooms->load(context, std::move(done)); });
    steps->append([this](QObject *context, auto done) { notifications->load(context, std::move(done)); });
    auto next = std::make_shared<std::function<void(Result<void>)>>();
    // It holds itself only by what the store still has to deliver.
    *next = [this, steps, weak = std::weak_ptr(next), then = std::move(then)](const Result<void> &done) {
        if (!done || steps->isEmpty())
            return then(done);
        const Step step = steps->takeFirst();
        step(this, [self = weak.lock()](const Result<void> &result) { (*self)(result); });
    };
    (*next)({});
}

Result<void> HostCore::listen()
{
    if (m_settings.tls) {
        if (const Result<void> encrypted = encrypt(); !encrypted)
            return encrypted;
    }
    const QString &host = m_settings.host;
    const QHostAddress address = host == u"0.0.0.0" || host == u"::" ? QHostAddress(QHostAddress::Any)
        : host == u"localhost"                                       ? QHostAddress(QHostAddress::LocalHost)
                                                                     : QHostAddress(host);
    if (!front->start(address, quint16(m_settings.port))) {
        return Error(ErrorCode::Internal,
            u"Port %1 of %2 cannot be used: %3."_s.arg(QString::number(m_settings.port), host, front->errorString()));
    }
    ticker->start();
    m_refresh.start(kRefreshEvery);
    return {};
}

Result<void> HostCore::encrypt()
{
    const QStringList addresses = QStringList {u"127.0.0.1"_s, u"::1"_s} + m_localAddresses;
    QStringList names {u"localhost"_s};
    const QString machine = QHostInfo::localHostName().toLower();
    if (!machine.isEmpty() && machine != u"localhost")
        names += {machine, machine.section(u'.', 0, 0) + u".local"};
    const Result<TlsIdentity> identity = m_settings.certificate.isEmpty()
        ? ownTlsIdentity(directory->keysPath(), m_settings.name, names, addresses)
        : loadTlsIdentity(m_settings.certificate, m_settings.privateKey);
    if (!identity)
        return identity.error();
    m_fingerprint = identity->fingerprint;
    front->setTls(identity->configuration);
    return {};
}

QHostAddress HostCore::listeningAddress() const
{
    return front->serverAddress();
}

quint16 HostCore::port() const
{
    return front->serverPort();
}

void HostCore::closeClients(std::function<void()> then)
{
    ticker->disconnect(this);
    m_refresh.stop();
    // Queued: whoever is told takes the front down, which must not be on the stack then.
    connect(
        front.get(), &FrontServer::allClosed, this, [then = std::move(then)] { then(); },
        Qt::ConnectionType(Qt::QueuedConnection | Qt::SingleShotConnection));
    front->closeAll(CloseCode::GoingAway);
}

TransportLimits HostCore::transportLimits() const
{
    TransportLimits limits;
    limits.sockets = m_settings.connections + kSpareSockets;
    limits.outboundBytes = m_settings.outboundBytes;
    limits.heartbeatInterval = m_settings.heartbeatInterval;
    limits.heartbeatTimeout = m_settings.heartbeatTimeout;
    limits.eventStreamSilence = m_settings.sseKeepalive;
    return limits;
}

void HostCore::settingsChanged()
{
    hosts.setMachineName(QHostInfo::localHostName());
    hosts.setAllowedHosts(m_settings.hosts);
    origins.setAllowedOrigins(m_settings.origins);
    front->setLimits(transportLimits());
}

void HostCore::setLocalAddresses(const QStringList &addresses)
{
    m_localAddresses = addresses;
    hosts.setLocalAddresses(addresses);
}

/// The sockets themselves know best what went over them.
void HostCore::countTraffic()
{
    const TransportCounters counters = front->counters();
    metrics.setTraffic(counters.bytesIn, counters.bytesOut);
    for (; m_slowConsumers < counters.slowConsumers; ++m_slowConsumers)
        metrics.slowConsumerCut();
}

} // namespace tertulia
