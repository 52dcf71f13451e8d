// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/result.h"

#include <QByteArray>
#include <QSslConfiguration>
#include <QString>
#include <QStringList>

namespace tertulia {

/// The certificate that the server shows, and what people compare it by.
struct TlsIdentity {
    QSslConfiguration configuration;
    QString fingerprint; ///< SHA-256 of the certificate, "AB:CD:..."
};

/// From PEM files, a chain and its key. InvalidField with one line for people.
[[nodiscard]] Result<TlsIdentity> loadTlsIdentity(const QString &certificatePath, const QString &keyPath);

/// The self-signed certificate kept in `directory`, for the names and addresses given. A new one is made where there is
/// none, where it does not cover them all, or where it ends within a month.
[[nodiscard]] Result<TlsIdentity> ownTlsIdentity(
    const QString &directory, const QString &commonName, const QStringList &names, const QStringList &addresses);

} // namespace tertulia
