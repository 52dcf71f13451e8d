// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/hostpolicy.h"

#include <QUrl>

#include <algorithm>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kLongestName = 253; // RFC 1035 section 2.3.4
constexpr qsizetype kLongestLabel = 63;

bool isDigit(char letter)
{
    return letter >= '0' && letter <= '9';
}

bool isNameLetter(char letter)
{
    // An underscore is no letter of a host name, but Windows machines and containers have it in theirs.
    return isDigit(letter) || (letter >= 'a' && letter <= 'z') || letter == '-' || letter == '_';
}

bool isLabel(QByteArrayView label)
{
    return !label.isEmpty() && label.size() <= kLongestLabel && label.front() != '-' && label.back() != '-'
        && std::all_of(label.begin(), label.end(), isNameLetter);
}

/// Whether browsers take the last label for a number, and so the whole for an IPv4 address in one of its many spellings
/// (WHATWG URL, "ends in a number").
bool isNumber(QByteArrayView label)
{
    if (label.startsWith("0x"))
        return std::all_of(label.begin() + 2, label.end(), [](char c) { return isDigit(c) || (c >= 'a' && c <= 'f'); });
    return std::all_of(label.begin(), label.end(), isDigit);
}

QByteArrayView withoutDot(QByteArrayView name)
{
    return name.endsWith('.') ? name.chopped(1) : name;
}

/// `name` is in lower case; one trailing dot is allowed.
bool isName(QByteArrayView name)
{
    QByteArrayView rest = withoutDot(name);
    if (rest.isEmpty() || rest.size() > kLongestName)
        return false;
    for (;;) {
        const qsizetype dot = rest.indexOf('.');
        const QByteArrayView label = dot < 0 ? rest : rest.first(dot);
        if (!isLabel(label))
            return false;
        if (dot < 0)
            return !isNumber(label);
        rest = rest.sliced(dot + 1);
    }
}

std::optional<quint16> parsePort(QByteArrayView text)
{
    if (text.isEmpty() || text.size() > 5 || text.front() == '0' || !std::all_of(text.begin(), text.end(), isDigit))
        return std::nullopt;
    const int port = text.toByteArray().toInt();
    if (port > 65535)
        return std::nullopt;
    return quint16(port);
}

} // namespace

bool HostAndPort::hasHostOf(const HostAndPort &other) const
{
    if (address || other.address)
        return address == other.address;
    return host == other.host;
}

std::optional<HostAndPort> parseHost(QByteArrayView text)
{
    HostAndPort parsed;
    QByteArrayView afterHost;
    if (text.startsWith('[')) {
        const qsizetype end = text.indexOf(']');
        if (end < 0)
            return std::nullopt;
        const QByteArrayView inside = text.sliced(1, end - 1);
        if (!inside.contains(':'))
            return std::nullopt;
        parsed.host = inside.toByteArray().toLower();
        parsed.address = IpAddress::fromText(inside);
        if (!parsed.address)
            return std::nullopt;
        afterHost = text.sliced(end + 1);
    } else {
        const qsizetype colon = text.indexOf(':');
        parsed.host = (colon < 0 ? text : text.first(colon)).toByteArray().toLower();
        parsed.address = IpAddress::fromText(parsed.host);
        if (!parsed.address && !isName(parsed.host))
            return std::nullopt;
        if (colon >= 0)
            afterHost = text.sliced(colon);
    }
    if (!afterHost.isEmpty()) {
        parsed.port = afterHost.front() == ':' ? parsePort(afterHost.sliced(1)) : std::nullopt;
        if (!parsed.port)
            return std::nullopt;
    }
    return parsed;
}

void HostPolicy::Names::add(const QString &text)
{
    const QString trimmed = text.trimmed();
    const QString bare = trimmed.startsWith(u'[') && trimmed.endsWith(u']') ? trimmed.sliced(1, trimmed.size() - 2)
                                                                            : trimmed;
    if (const auto address = IpAddress::fromScopedText(bare)) {
        addresses.append(*address);
        return;
    }
    // Headers carry international names in their ASCII form (RFC 5891).
    const QByteArray name = QUrl::toAce(bare).toLower();
    const QByteArray ascii = name.isEmpty() ? bare.toUtf8().toLower() : name;
    if (isName(ascii))
        names.insert(withoutDot(ascii).toByteArray());
}

bool HostPolicy::Names::contain(const HostAndPort &host) const
{
    if (host.address)
        return addresses.contains(*host.address);
    return names.contains(withoutDot(host.host).toByteArray());
}

void HostPolicy::setLocalAddresses(const QStringList &addresses)
{
    m_localAddresses.clear();
    for (const QString &text : addresses) {
        if (const auto address = IpAddress::fromScopedText(text))
            m_localAddresses.append(*address);
    }
}

void HostPolicy::setMachineName(const QString &name)
{
    m_machine = {};
    const QString label = name.section(u'.', 0, 0);
    for (const QString &alias : {name, label, QString(label + u".local")})
        m_machine.add(alias);
}

void HostPolicy::setAllowedHosts(const QStringList &hosts)
{
    m_allowed = {};
    for (const QString &host : hosts)
        m_allowed.add(host);
}

bool HostPolicy::allows(QByteArrayView hostHeader) const
{
    const auto host = parseHost(hostHeader);
    if (!host)
        return false;
    if (host->address && (host->address->isLoopback() || m_localAddresses.contains(*host->address)))
        return true;
    if (!host->address && withoutDot(host->host) == "localhost")
        return true;
    return m_machine.contain(*host) || m_allowed.contain(*host);
}

bool HostPolicy::isHostName(const QString &text)
{
    Names one;
    one.add(text);
    return !one.names.isEmpty() || !one.addresses.isEmpty();
}

} // namespace tertulia
