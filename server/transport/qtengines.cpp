// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/qtengines.h"

#include "transport/enginesocket.h"
#include "transport/httpcompat.h"

#include <QWebSocket>

#include <algorithm>
#include <array>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

/// Fields about this connection: they are the front's business.
constexpr std::array<QByteArrayView, 6> kHopFields {
    "connection", "upgrade", "keep-alive", "expect", "http2-settings", "te"};

bool isHopField(QByteArrayView name)
{
    return std::any_of(kHopFields.begin(), kHopFields.end(),
        [name](QByteArrayView hop) { return name.compare(hop, Qt::CaseInsensitive) == 0; });
}

QByteArray headBytes(const RequestHead &head, bool isUpgrade)
{
    QByteArray bytes;
    bytes.reserve(1024);
    bytes.append(head.method).append(' ').append(head.target).append(" HTTP/1.1\r\n");
    for (const auto &[name, value] : head.fields) {
        if (isUpgrade || !isHopField(name))
            bytes.append(name).append(": ").append(value).append("\r\n");
    }
    return bytes.append("\r\n");
}

} // namespace

QtEngines::QtEngines(QTcpServer &listener, std::function<void(QTcpSocket *)> announce, QObject *parent)
    : QObject(parent)
    , m_listener(listener)
    , m_announce(std::move(announce))
    , m_webSockets(u"Tertulia"_s, QWebSocketServer::NonSecureMode)
{
    m_webSockets.setMaxPendingConnections(1 << 20); // they are taken at once
    connect(&m_webSockets, &QWebSocketServer::newConnection, this, &QtEngines::takeConnections);
    httpcompat::setCatchAll(m_http, *this, [this](const QByteArray &body) { m_parsed = body; });
}

bool QtEngines::bind()
{
    return httpcompat::bind(m_http, m_listener);
}

std::optional<QByteArray> QtEngines::parse(const RequestHead &head, const QByteArray &body)
{
    m_parsed.reset();
    auto *const socket = new EngineSocket(head, headBytes(head, false) + body);
    m_announce(socket);
    Q_EMIT socket->readyRead();
    socket->retire();
    return std::exchange(m_parsed, std::nullopt);
}

void QtEngines::shakeHands(const void *owner, const RequestHead &head, std::function<void(const QByteArray &)> answered)
{
    auto *const socket = new EngineSocket(head, headBytes(head, true));
    m_pending.insert_or_assign(owner, Pending {socket, std::move(answered)});
    m_webSockets.handleConnection(socket);
    // handleConnection() reads in a queued call; one behind it finds out whether it refused.
    QMetaObject::invokeMethod(
        this, [this, owner] { checkRefused(owner); }, Qt::QueuedConnection);
}

void QtEngines::takeConnections()
{
    while (QWebSocket *webSocket = m_webSockets.nextPendingConnection()) {
        webSocket->deleteLater();
        // The signal comes right after the answer was written, so that one alone has an answer.
        const auto found = std::find_if(m_pending.begin(), m_pending.end(),
            [](const auto &entry) { return !entry.second.socket->written().isEmpty(); });
        if (found != m_pending.end())
            answer(found->first, found->second.socket->written());
    }
}

void QtEngines::checkRefused(const void *owner)
{
    if (m_pending.contains(owner))
        answer(owner, {});
}

void QtEngines::answer(const void *owner, const QByteArray &response)
{
    const auto node = m_pending.extract(owner);
    const QByteArray bytes = response; // of the socket's own
    node.mapped().socket->retire();
    node.mapped().answered(bytes);
}

void QtEngines::cancel(const void *owner)
{
    if (const auto node = m_pending.extract(owner))
        node.mapped().socket->retire();
}

} // namespace tertulia
