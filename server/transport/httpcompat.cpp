// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/httpcompat.h"

#include <QHttpServer>
#include <QHttpServerRequest>
#include <QHttpServerResponder>
#include <QTcpServer>

namespace tertulia::httpcompat {

// The server makes itself the listener's parent and would destroy it; the listener owns the server here.
bool bind(QHttpServer &server, QTcpServer &listener)
{
    QObject *const owner = listener.parent();
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    const bool isBound = server.bind(&listener);
#else
    server.bind(&listener);
    const bool isBound = listener.isListening();
#endif
    listener.setParent(owner);
    return isBound;
}

void setCatchAll(
    QHttpServer &server, [[maybe_unused]] QObject &context, std::function<void(const QByteArray &body)> received)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    server.setMissingHandler(
        &context, [received = std::move(received)](const QHttpServerRequest &request, QHttpServerResponder &) {
            received(request.body());
        });
#else
    server.setMissingHandler([received = std::move(received)](const QHttpServerRequest &request,
                                 QHttpServerResponder &&) { received(request.body()); });
#endif
}

} // namespace tertulia::httpcompat
