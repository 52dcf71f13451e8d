// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/trust.h"

#include <QNetworkReply>
#include <QSslCertificate>
#include <QSslError>
#include <QWebSocket>

#include <algorithm>

namespace tertulia {

namespace {

bool areAllAbout(const QList<QSslError> &errors, const QByteArray &digest)
{
    return std::all_of(errors.cbegin(), errors.cend(),
        [&](const QSslError &error) { return error.certificate().digest(QCryptographicHash::Sha256) == digest; });
}

template<typename Connection> void trust(Connection *connection, const QString &fingerprint)
{
    const QByteArray digest = QByteArray::fromHex(fingerprint.toLatin1());
    if (digest.size() != 32)
        return;
    QObject::connect(
        connection, &Connection::sslErrors, connection, [connection, digest](const QList<QSslError> &errors) {
            if (areAllAbout(errors, digest))
                connection->ignoreSslErrors(errors);
        });
}

} // namespace

void trustFingerprint(QWebSocket *socket, const QString &fingerprint)
{
    trust(socket, fingerprint);
}

void trustFingerprint(QNetworkReply *reply, const QString &fingerprint)
{
    trust(reply, fingerprint);
}

} // namespace tertulia
