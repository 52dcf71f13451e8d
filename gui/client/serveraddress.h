// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QUrl>

#include <optional>

namespace tertulia {

/// Where a server is and how to enter it.
struct ServerAddress {
    QUrl base; ///< "http://192.168.1.34:8000/"
    QString name; ///< to enter as a guest; empty = the server makes one up
    QString token; ///< wins over `name`
    QString joinCode;
    QString fingerprint; ///< SHA-256 of the one certificate to trust beside the system's, "AB:CD:..."; empty = none

    /// The WebSocket address of `path` there.
    [[nodiscard]] QUrl webSocketUrl(const QString &path) const;
    [[nodiscard]] QUrl httpUrl(const QString &path) const;
};

/// Reads what people type or paste: "192.168.1.34", "host:8000", "http://host:8000/j/CODE" (whose code is taken).
/// Nothing where it names no host, or a scheme that is neither http nor https.
[[nodiscard]] std::optional<ServerAddress> serverAddressFromText(const QString &text);

} // namespace tertulia
