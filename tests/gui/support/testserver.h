// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/servermessage.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPointer>
#include <QWebSocket>
#include <QWebSocketServer>

namespace tertulia {

/// A peer on a real socket that says what a test tells it to. It answers joins by itself; chats it only records, so
/// that a test decides when and whether they are acknowledged.
class TestServer : public QObject
{
    Q_OBJECT
public:
    TestServer()
        : m_server(QStringLiteral("test"), QWebSocketServer::NonSecureMode)
    {
        connect(&m_server, &QWebSocketServer::newConnection, this, &TestServer::accept);
    }

    bool listen(quint16 port = 0) { return m_server.listen(QHostAddress::LocalHost, port); }
    void stopListening() { m_server.close(); }
    quint16 port() const { return m_server.serverPort(); }
    QUrl url() const { return QUrl(QStringLiteral("http://127.0.0.1:%1/").arg(m_server.serverPort())); }

    void send(const QJsonObject &object) { m_peer->sendTextMessage(QString::fromUtf8(QJsonDocument(object).toJson())); }
    void send(const QByteArray &json) { m_peer->sendTextMessage(QString::fromUtf8(json)); }
    void close(int code, const QString &reason)
    {
        if (m_peer)
            m_peer->close(QWebSocketProtocol::CloseCode(code), reason);
    }
    void abort()
    {
        if (m_peer)
            m_peer->abort();
    }

    int handshakes = 0;
    QUrl lastUrl;
    QByteArray lastAuthorization;
    QList<QJsonObject> received;
    QJsonObject joined; ///< sent with each join's room and ref
    int heartbeatMs = 25000;
    QString token = QStringLiteral("guest-token");
    bool welcomes = true;

    QList<QJsonObject> ofType(const QString &type) const
    {
        QList<QJsonObject> found;
        for (const QJsonObject &object : received) {
            if (object[QLatin1StringView("type")].toString() == type)
                found.append(object);
        }
        return found;
    }

private:
    void accept()
    {
        m_peer = m_server.nextPendingConnection();
        m_peer->setParent(this);
        ++handshakes;
        lastUrl = m_peer->requestUrl();
        lastAuthorization = m_peer->request().rawHeader(QByteArrayLiteral("Authorization"));
        connect(m_peer, &QWebSocket::disconnected, m_peer, &QObject::deleteLater);
        connect(m_peer, &QWebSocket::textMessageReceived, this, [this](const QString &text) {
            const QJsonObject object = QJsonDocument::fromJson(text.toUtf8()).object();
            received.append(object);
            if (object[QLatin1StringView("type")].toString() == QLatin1StringView("join"))
                answerJoin(object);
        });
        if (!welcomes)
            return;
        QJsonObject welcome {{QStringLiteral("type"), QStringLiteral("welcome")}, {QStringLiteral("protocol"), 1},
            {QStringLiteral("connection_id"), QStringLiteral("c1")},
            {QStringLiteral("user"),
                QJsonObject {{QStringLiteral("id"), QStringLiteral("u1")},
                    {QStringLiteral("name"), QStringLiteral("Ana")},
                    {QStringLiteral("role"), QStringLiteral("guest")}}},
            {QStringLiteral("heartbeat_ms"), heartbeatMs}, {QStringLiteral("rooms"), QJsonArray()}};
        if (!token.isEmpty())
            welcome.insert(QStringLiteral("token"), token);
        send(welcome);
    }

    void answerJoin(const QJsonObject &join)
    {
        QJsonObject answer = joined;
        answer.insert(QStringLiteral("type"), QStringLiteral("joined"));
        answer.insert(QStringLiteral("room"), join[QLatin1StringView("room")]);
        answer.insert(QStringLiteral("ref"), join[QLatin1StringView("ref")]);
        if (!answer.contains(QStringLiteral("last_id")))
            answer.insert(QStringLiteral("last_id"), 0);
        send(answer);
    }

    QWebSocketServer m_server;
    QPointer<QWebSocket> m_peer;
};

} // namespace tertulia
