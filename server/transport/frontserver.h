// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/closecode.h"
#include "transport/frontpolicy.h"
#include "transport/httpchannel.h"
#include "transport/httphandler.h"
#include "transport/transportshared.h"

#include <QDeadlineTimer>
#include <QSslConfiguration>
#include <QTcpServer>

#include <memory>
#include <optional>

namespace tertulia {

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
    /// What is made when the front starts, in the order in which it is to be destroyed from the end.
    struct Parts;

    [[nodiscard]] std::unique_ptr<ByteStream> plainStream(qintptr descriptor);
    void enter(std::unique_ptr<ByteStream> stream, HttpChannel::Speaks speaks);
    void acceptFailed();

    FrontPolicy &m_policy;
    HttpHandler &m_handler;
    std::unique_ptr<Parts> m_parts;
    std::optional<QSslConfiguration> m_tls;
    bool m_isClosing = false;
    QDeadlineTimer m_nextAcceptLog; ///< until then no more of the same
};

} // namespace tertulia
