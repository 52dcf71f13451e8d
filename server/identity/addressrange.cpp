// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/addressrange.h"

#include <algorithm>
#include <array>

#ifdef Q_OS_WIN
#include <ws2tcpip.h>
#else
#include <arpa/inet.h>
#endif

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

constexpr int kAllBits = 128;
constexpr int kMappedBits = 96; ///< before the 32 bits of an IPv4 address

/// The first `prefix` bits; the rest 0.
IpAddress masked(const IpAddress &address, int prefix)
{
    IpAddress::Bytes bytes = address.bytes();
    for (int i = 0; i < int(bytes.size()); ++i) {
        const int kept = std::clamp(prefix - i * 8, 0, 8);
        bytes[std::size_t(i)] = quint8(bytes[std::size_t(i)] & (0xff00 >> kept));
    }
    return IpAddress(bytes);
}

/// Digits only, no leading zeros; -1 for all else.
int prefixOf(QStringView text)
{
    if (text.isEmpty() || text.size() > 3 || (text.size() > 1 && text.front() == u'0'))
        return -1;
    int prefix = 0;
    for (const QChar letter : text) {
        if (letter < u'0' || letter > u'9')
            return -1;
        prefix = prefix * 10 + (letter.unicode() - u'0');
    }
    return prefix;
}

} // namespace

Result<AddressRange> AddressRange::fromText(const QString &text)
{
    const Error refusal(
        ErrorCode::InvalidField, u"\"%1\" is no IP address and no range like 192.168.1.0/24."_s.arg(text));
    const QString trimmed = text.trimmed();
    const qsizetype slash = trimmed.indexOf(u'/');
    const auto address = IpAddress::fromText((slash < 0 ? trimmed : trimmed.first(slash)).toUtf8());
    if (!address)
        return refusal;
    AddressRange range;
    if (slash >= 0) {
        // Written as IPv4 the prefix counts the 32 bits; "::ffff:10.0.0.0/104" counts all of them.
        const bool shortForm = !trimmed.first(slash).contains(u':');
        const int prefix = prefixOf(QStringView(trimmed).sliced(slash + 1));
        if (prefix < 0 || prefix > (shortForm ? kAllBits - kMappedBits : kAllBits))
            return refusal;
        range.m_prefix = shortForm ? prefix + kMappedBits : prefix;
    }
    range.m_network = masked(*address, range.m_prefix);
    return range;
}

bool AddressRange::contains(const IpAddress &address) const
{
    // "::/0" means every IPv6 address; that IPv4 is kept inside of them is nobody's business.
    if (m_prefix < kMappedBits && address.isIpv4())
        return false;
    return masked(address, m_prefix) == m_network;
}

bool AddressRange::contains(const QString &address) const
{
    const auto parsed = IpAddress::fromScopedText(address);
    return parsed && contains(*parsed);
}

QString AddressRange::toText() const
{
    const bool isShort = m_prefix >= kMappedBits && m_network.isIpv4();
    std::array<char, INET6_ADDRSTRLEN> text {};
    const quint8 *bytes = m_network.bytes().data();
    inet_ntop(isShort ? AF_INET : AF_INET6, isShort ? bytes + kMappedBits / 8 : bytes, text.data(), text.size());
    const QString address = QString::fromLatin1(text.data());
    if (m_prefix == kAllBits)
        return address;
    return address + u'/' + QString::number(isShort ? m_prefix - kMappedBits : m_prefix);
}

} // namespace tertulia
