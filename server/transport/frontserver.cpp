// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/frontserver.h"

#include "transport/descriptorstream.h"
#include "transport/devicestream.h"
#include "transport/qtengines.h"
#include "transport/tlsdoor.h"

#include <QLoggingCategory>
#include <QTimer>

#ifdef Q_OS_UNIX
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>
#endif

namespace tertulia {

namespace {

Q_LOGGING_CATEGORY(transportLog, "tertulia.transport")

using namespace std::chrono_literals;

constexpr int kBacklog = 4096;
constexpr auto kAcceptPause = 500ms;
constexpr auto kAcceptLogPause = 60s;
constexpr auto kCloseLimit = 2000ms;

void raiseDescriptorLimit()
{
#ifdef Q_OS_UNIX
    rlimit limit {};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == limit.rlim_max)
        return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
#endif
}

} // namespace

struct FrontServer::Parts {
    Parts(FrontServer &front, const TransportLimits &limits)
        : engines(front, [&front](QTcpSocket *socket) { front.addPendingConnection(socket); })
        , shared(limits)
        , context {front.m_policy, front.m_handler, shared, engines}
    {
    }

    QtEngines engines;
    TransportShared shared;
    FrontContext context;
};

FrontServer::FrontServer(FrontPolicy &policy, HttpHandler &handler, const TransportLimits &limits, QObject *parent)
    : QTcpServer(parent)
    , m_policy(policy)
    , m_handler(handler)
    , m_parts(std::make_unique<Parts>(*this, limits))
{
    setListenBacklogSize(kBacklog);
    connect(this, &QTcpServer::acceptError, this, &FrontServer::acceptFailed);
    m_parts->shared.onEmpty([this] {
        if (std::exchange(m_isClosing, false))
            Q_EMIT allClosed();
    });
}

FrontServer::~FrontServer()
{
    m_isClosing = false;
    close();
}

bool FrontServer::start(const QHostAddress &address, quint16 port)
{
    raiseDescriptorLimit();
    return listen(address, port) && m_parts->engines.bind();
}

void FrontServer::setTls(std::optional<QSslConfiguration> configuration)
{
    m_tls = std::move(configuration);
}

void FrontServer::setLimits(const TransportLimits &limits)
{
    m_parts->shared.limits = limits;
}

const TransportLimits &FrontServer::limits() const
{
    return m_parts->shared.limits;
}

TransportCounters FrontServer::counters() const
{
    TransportCounters counters = m_parts->shared.counters;
    counters.sockets = int(m_parts->shared.clientCount());
    return counters;
}

std::unique_ptr<ByteStream> FrontServer::plainStream(qintptr descriptor)
{
#ifdef Q_OS_UNIX
    const int on = 1;
    ::setsockopt(int(descriptor), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return std::make_unique<DescriptorStream>(int(descriptor));
#else
    auto socket = std::make_unique<QTcpSocket>();
    socket->setSocketDescriptor(descriptor);
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    return std::make_unique<DeviceStream>(std::move(socket));
#endif
}

void FrontServer::incomingConnection(qintptr descriptor)
{
    TransportShared &shared = m_parts->shared;
    ++shared.counters.accepted;
    if (!m_tls) {
        enter(plainStream(descriptor), HttpChannel::Speaks::Everything);
        return;
    }
    shared.adopt(std::make_unique<TlsDoor>(
        shared, *m_tls, descriptor, [this](std::unique_ptr<ByteStream> stream, TlsDoor::Found found) {
            const bool isPlain = found == TlsDoor::Found::Plain;
            enter(std::move(stream), isPlain ? HttpChannel::Speaks::RedirectOnly : HttpChannel::Speaks::Everything);
        }));
}

void FrontServer::enter(std::unique_ptr<ByteStream> stream, HttpChannel::Speaks speaks)
{
    TransportShared &shared = m_parts->shared;
    const bool isFull = shared.clientCount() >= shared.limits.sockets;
    auto channel = std::make_unique<HttpChannel>(m_parts->context, std::move(stream), speaks);
    HttpChannel &entered = *channel;
    shared.adopt(std::move(channel));
    if (isFull)
        entered.refuseFull();
    else
        entered.start();
}

// Qt stops accepting for good when no descriptor is left; the backlog holds those who come meanwhile.
void FrontServer::acceptFailed()
{
    if (m_nextAcceptLog.hasExpired()) {
        qCWarning(transportLog) << "Accepting pauses:" << errorString();
        m_nextAcceptLog.setRemainingTime(kAcceptLogPause);
    }
    QTimer::singleShot(kAcceptPause, this, [this] {
        if (isListening())
            resumeAccepting();
    });
}

void FrontServer::stopAccepting()
{
    close();
}

void FrontServer::closeAll(CloseCode code)
{
    stopAccepting();
    m_isClosing = true;
    m_parts->shared.shutDown(code);
    QTimer::singleShot(kCloseLimit, this, [this] {
        if (!m_isClosing)
            return;
        m_isClosing = false;
        m_parts->shared.destroyAll();
        Q_EMIT allClosed();
    });
}

} // namespace tertulia
