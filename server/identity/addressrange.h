// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/ipaddress.h"
#include "protocol/result.h"

namespace tertulia {

/// One address or a CIDR block (RFC 4632, RFC 4291), as bans name them.
class AddressRange
{
public:
    /// "192.168.1.7", "192.168.1.0/24", "2001:db8::/32". InvalidField where it is neither. Host bits after the prefix
    /// are dropped.
    [[nodiscard]] static Result<AddressRange> fromText(const QString &text);

    [[nodiscard]] bool contains(const IpAddress &address) const;
    /// As a socket tells it, with or without a scope; a text that is no address lies in no range.
    [[nodiscard]] bool contains(const QString &address) const;
    /// "192.168.1.0/24"; a single address without a prefix.
    [[nodiscard]] QString toText() const;
    bool operator==(const AddressRange &) const = default;

private:
    IpAddress m_network;
    int m_prefix = 128; ///< of the 128 bits, also for IPv4
};

} // namespace tertulia
