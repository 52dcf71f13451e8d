// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transport/requesthead.h"

#include <QHttpServer>
#include <QObject>
#include <QWebSocketServer>

#include <functional>
#include <optional>
#include <unordered_map>

namespace tertulia {

class EngineSocket;

/// Qt's two servers, which listen on no port of their own: each request and each opening handshake is run through them
/// once the guard let it pass. Server thread.
class QtEngines final : public QObject
{
    Q_OBJECT

public:
    /// `announce` puts a socket into the pending connections of `listener`, to which QHttpServer is bound.
    QtEngines(QTcpServer &listener, std::function<void(QTcpSocket *)> announce, QObject *parent = nullptr);

    /// When the listener listens.
    [[nodiscard]] bool bind();

    /// Has QHttpServer read one whole request. Returns its body; nothing where the parser finds no whole request in
    /// what the guard took for one.
    [[nodiscard]] std::optional<QByteArray> parse(const RequestHead &head, const QByteArray &body);

    /// Has QWebSocketServer answer an opening handshake. `answered` gets its 101 in a later turn, or nothing when it
    /// refuses.
    void shakeHands(const void *owner, const RequestHead &head, std::function<void(const QByteArray &)> answered);
    /// `answered` of that owner is not called any more.
    void cancel(const void *owner);

private:
    struct Pending {
        EngineSocket *socket;
        std::function<void(const QByteArray &)> answered;
    };

    void takeConnections();
    void checkRefused(const void *owner);
    void answer(const void *owner, const QByteArray &response);

    QTcpServer &m_listener;
    std::function<void(QTcpSocket *)> m_announce;
    QHttpServer m_http;
    QWebSocketServer m_webSockets;
    std::optional<QByteArray> m_parsed;
    std::unordered_map<const void *, Pending> m_pending;
};

} // namespace tertulia
