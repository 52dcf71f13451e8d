// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/ipaddress.h"

#include <QByteArray>

#include <algorithm>

#ifdef Q_OS_WIN
#include <ws2tcpip.h>
#else
#include <arpa/inet.h>
#endif

namespace tertulia {

namespace {

constexpr std::size_t kIpv4At = 12;
// "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255"
constexpr qsizetype kLongestText = 45;

} // namespace

std::optional<IpAddress> IpAddress::fromText(QByteArrayView text)
{
    if (text.isEmpty() || text.size() > kLongestText || text.contains('\0'))
        return std::nullopt;
    const QByteArray terminated = text.toByteArray();
    Bytes bytes {};
    if (text.contains(':')) {
        if (inet_pton(AF_INET6, terminated.constData(), bytes.data()) != 1)
            return std::nullopt;
        return IpAddress(bytes);
    }
    if (inet_pton(AF_INET, terminated.constData(), bytes.data() + kIpv4At) != 1)
        return std::nullopt;
    bytes[kIpv4At - 2] = bytes[kIpv4At - 1] = 0xff;
    return IpAddress(bytes);
}

std::optional<IpAddress> IpAddress::fromScopedText(const QString &text)
{
    const qsizetype scope = text.indexOf(u'%');
    const QByteArray address = (scope < 0 ? text : text.first(scope)).toUtf8();
    if (scope >= 0 && !address.contains(':'))
        return std::nullopt;
    return fromText(address);
}

bool IpAddress::isIpv4() const
{
    return std::all_of(m_bytes.cbegin(), m_bytes.cbegin() + kIpv4At - 2, [](quint8 byte) { return byte == 0; })
        && m_bytes[kIpv4At - 2] == 0xff && m_bytes[kIpv4At - 1] == 0xff;
}

bool IpAddress::isLoopback() const
{
    if (isIpv4())
        return m_bytes[kIpv4At] == 127;
    return std::all_of(m_bytes.cbegin(), m_bytes.cend() - 1, [](quint8 byte) { return byte == 0; })
        && m_bytes.back() == 1;
}

} // namespace tertulia
