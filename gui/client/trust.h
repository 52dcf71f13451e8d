// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QNetworkReply;
class QWebSocket;

namespace tertulia {

/// Lets one self-signed certificate pass, known by its SHA-256 fingerprint ("AB:CD:..."), and no other: errors about
/// any other certificate stay errors. Does nothing for an empty fingerprint.
void trustFingerprint(QWebSocket *socket, const QString &fingerprint);
void trustFingerprint(QNetworkReply *reply, const QString &fingerprint);

} // namespace tertulia
