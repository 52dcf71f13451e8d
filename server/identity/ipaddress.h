// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>

#include <array>
#include <optional>

namespace tertulia {

/// An IP address as 128 bits; IPv4 is kept as IPv4-mapped IPv6 (RFC 4291 section 2.5.5.2), so that 192.168.1.2 and
/// ::ffff:192.168.1.2, under which a dual-stack socket sees it, are the same. A value.
class IpAddress
{
public:
    using Bytes = std::array<quint8, 16>;

    IpAddress() = default;
    explicit IpAddress(const Bytes &bytes)
        : m_bytes(bytes)
    {
    }

    /// Dotted decimal without leading zeros, or IPv6 text; nothing else (no shortened, octal or hexadecimal IPv4, no
    /// brackets, no scope).
    [[nodiscard]] static std::optional<IpAddress> fromText(QByteArrayView text);
    /// The same, with a scope ("%eth0") that is left out: as sockets and interfaces tell addresses.
    [[nodiscard]] static std::optional<IpAddress> fromScopedText(const QString &text);

    [[nodiscard]] const Bytes &bytes() const { return m_bytes; }
    [[nodiscard]] bool isIpv4() const;
    [[nodiscard]] bool isLoopback() const; ///< 127.0.0.0/8 and ::1
    bool operator==(const IpAddress &) const = default;

private:
    Bytes m_bytes {};
};

} // namespace tertulia
