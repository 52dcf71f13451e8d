// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QSet>
#include <QStringList>

#include <optional>

namespace tertulia {

enum class Encryption : bool { None, Tls };

/// Which pages may speak to the server (RFC 6454, Fetch section 3.2): those that came from it, by scheme, host and
/// port, and those of `access.origins`. Server thread.
class OriginPolicy
{
public:
    /// `access.origins`: "https://chat.example", "http://10.0.0.2:3000".
    void setAllowedOrigins(const QStringList &origins);

    /// `origin` is the header's value, nothing where there is no such header: no page sent that. `hostHeader` is that
    /// of the same request, `encryption` that of its connection. "null" is always foreign.
    [[nodiscard]] bool allows(
        std::optional<QByteArrayView> origin, QByteArrayView hostHeader, Encryption encryption) const;
    /// Whether it is one of `access.origins`: only those get CORS headers.
    [[nodiscard]] bool isListed(QByteArrayView origin) const;
    /// Whether the text can stand in `access.origins`.
    [[nodiscard]] static bool isOrigin(const QString &text);

private:
    QSet<QByteArray> m_allowed; ///< normal form
};

} // namespace tertulia
