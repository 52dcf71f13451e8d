// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/closecode.h"
#include "transport/frontpolicy.h"
#include "transport/httphandler.h"
#include "transport/transportlimits.h"

#include <QSslConfiguration>
#include <QTcpServer>

#include <memory>
#include <optional>

namespace tertulia {

class FrontEngine;

/// Totals since the start and numbers of now.
struct TransportCounters {
    quint64 accepted = 0;
    quint64 bytesIn = 0;
    quint64 bytesOut = 0;
    quint64 slowConsumers = 0; ///< cut for not reading
    int sockets = 0; ///< open now, of any kind
    int webSockets = 0;
    int eventStreams = 0;
};

/// The one port: accepts, guards, and hands each request to QWebSocketServer or QHttpServer. See architecture.md
/// section 2 for why neither listens by itself. Lives in the server thread; policy and handler outlive it.
class FrontServer final : public QTcpServer
{
    Q_OBJECT

public:
    FrontServer(FrontPolicy &policy, HttpHandler &handler, const TransportLimits &limits, QObject *parent = nullptr);
    ~FrontServer() override;

    /// Port 0 takes a free one (serverPort()). False: errorString() says why.
    [[nodiscard]] bool start(const QHostAddress &address, quint16 port);
    /// TLS alone from the next connection on: a plain request is redirected. Nothing = plain.
    void setTls(std::optional<QSslConfiguration> configuration);
    void setLimits(const TransportLimits &limits);
    [[nodiscard]] const TransportLimits &limits() const;

    void stopAccepting();
    /// Stops accepting and closes every client: WebSockets with the code, streams with their last chunk, requests
    /// under way after their answer. Emits allClosed() when all are gone, after 2 s at the latest.
    void closeAll(CloseCode code);

    [[nodiscard]] TransportCounters counters() const;

Q_SIGNALS:
    void allClosed();

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    friend class FrontEngine;
    std::unique_ptr<FrontEngine> m_engine;
};

} // namespace tertulia
