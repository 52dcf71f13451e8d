// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/ipaddress.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QSet>
#include <QStringList>

#include <optional>

namespace tertulia {

/// The value of a Host header (RFC 9110 section 7.2), taken apart.
struct HostAndPort {
    QByteArray host; ///< lower case; an IPv6 address without brackets; a name keeps its trailing dot
    std::optional<IpAddress> address; ///< set where the host is an IP literal
    std::optional<quint16> port;

    /// Hosts are the same where the addresses are, or the names letter by letter.
    [[nodiscard]] bool hasHostOf(const HostAndPort &other) const;
};

/// Nothing where the text is no `host [":" port]`: user information, spaces, a bad port, a shortened or octal IPv4
/// address, an IPv6 address without brackets, a label of over 63 bytes.
[[nodiscard]] std::optional<HostAndPort> parseHost(QByteArrayView text);

/// Which Host headers are ours: a page of elsewhere whose name was re-bound to an address of this machine sends its own
/// name (DNS rebinding), and that is how it is told. The port does not matter: it may be mapped on the way. Server
/// thread.
class HostPolicy
{
public:
    /// The addresses of this machine's interfaces, scopes allowed; again whenever they change. Loopback is always ours.
    void setLocalAddresses(const QStringList &addresses);
    /// The name of this machine; its first label alone and with ".local" (RFC 6762) count too.
    void setMachineName(const QString &name);
    /// `access.hosts`: further names and addresses, without ports.
    void setAllowedHosts(const QStringList &hosts);

    [[nodiscard]] bool allows(QByteArrayView hostHeader) const;
    /// Whether the text can stand in `access.hosts`.
    [[nodiscard]] static bool isHostName(const QString &text);

private:
    struct Names {
        QSet<QByteArray> names;
        QList<IpAddress> addresses;
        void add(const QString &text);
        [[nodiscard]] bool contain(const HostAndPort &host) const;
    };

    QList<IpAddress> m_localAddresses;
    Names m_machine;
    Names m_allowed;
};

} // namespace tertulia
