// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/connection.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QHostAddress>
#include <QList>
#include <QString>
#include <QStringList>

#include <utility>

namespace tertulia {

/// Field names and values of an HTTP head, in order.
using HttpFields = QList<std::pair<QByteArray, QByteArray>>;

/// The head of one request as HttpGuard let it pass: well-formed, within the limits, with one Host and at most one
/// Content-Length. A value with shared content. Names of fields are as sent; look-ups ignore their case.
class RequestHead
{
public:
    QByteArray method; ///< as sent; methods are case-sensitive
    QByteArray target; ///< as sent, origin-form ("/path?query") or "*"
    QByteArray rawPath; ///< the target up to the question mark
    QByteArray rawQuery; ///< after it; may be empty
    QStringList segments; ///< of the path, percent-decoded each on its own: no slash, no NUL, never "." or ".."
    QString path; ///< "/" and the segments joined by "/"
    int minorVersion = 1; ///< of HTTP/1.x
    HttpFields fields;
    qint64 contentLength = 0; ///< 0 also where the field is absent

    QHostAddress peerAddress; ///< IPv4 is never in its IPv6-mapped form
    quint16 peerPort = 0;
    QHostAddress localAddress;
    quint16 localPort = 0;
    bool isEncrypted = false;

    /// The first field of that name; null where there is none.
    [[nodiscard]] QByteArray header(QByteArrayView name) const;
    [[nodiscard]] bool hasHeader(QByteArrayView name) const;
    /// Whether the comma-separated list of that name holds `token`, ignoring case.
    [[nodiscard]] bool headerHasToken(QByteArrayView name, QByteArrayView token) const;
    /// The cookie's value; null where there is none.
    [[nodiscard]] QByteArray cookie(QByteArrayView name) const;
    /// The first query item of that name, percent-decoded, '+' as a space; null where there is none.
    [[nodiscard]] QString queryItem(QByteArrayView name) const;
    [[nodiscard]] bool hasQueryItem(QByteArrayView name) const { return !queryItem(name).isNull(); }
    /// What follows "Authorization: Bearer "; null where there is none.
    [[nodiscard]] QByteArray bearerToken() const;
    /// A well-formed WebSocket opening handshake (RFC 6455 section 4.2.1). The guard lets no other upgrade pass.
    [[nodiscard]] bool isUpgrade() const;
    /// Whether the client can take another answer on the connection.
    [[nodiscard]] bool keepsAlive() const;

    /// What may be shown of the request: secrets of the query and the fields are replaced by "***".
    [[nodiscard]] Handshake handshake() const;
};

/// `query` with the values of token, ticket, password and join_code replaced by "***".
[[nodiscard]] QByteArray maskedQuery(QByteArrayView query);

} // namespace tertulia
