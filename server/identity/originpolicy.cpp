// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/originpolicy.h"

#include "identity/hostpolicy.h"

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

struct Origin {
    QByteArray scheme;
    HostAndPort host;

    [[nodiscard]] quint16 port() const { return host.port.value_or(scheme == "https" ? 443 : 80); }
};

/// A tuple origin of the web as browsers write it: scheme, host and port, no path, not even "/".
std::optional<Origin> parseOrigin(QByteArrayView text)
{
    const qsizetype colon = text.indexOf(':');
    if (colon < 0 || !text.sliced(colon).startsWith("://"))
        return std::nullopt;
    Origin origin;
    origin.scheme = text.first(colon).toByteArray().toLower();
    if (origin.scheme != "http" && origin.scheme != "https")
        return std::nullopt;
    const auto host = parseHost(text.sliced(colon + 3));
    if (!host)
        return std::nullopt;
    origin.host = *host;
    return origin;
}

QByteArray normalForm(const Origin &origin)
{
    QByteArray host = origin.host.host;
    if (origin.host.address) {
        const auto &bytes = origin.host.address->bytes();
        host = QByteArray(reinterpret_cast<const char *>(bytes.data()), qsizetype(bytes.size()));
    }
    return origin.scheme + "://" + host + ':' + QByteArray::number(origin.port());
}

} // namespace

void OriginPolicy::setAllowedOrigins(const QStringList &origins)
{
    m_allowed.clear();
    for (const QString &text : origins) {
        if (const auto origin = parseOrigin(text.trimmed().toUtf8()))
            m_allowed.insert(normalForm(*origin));
    }
}

bool OriginPolicy::allows(std::optional<QByteArrayView> origin, QByteArrayView hostHeader, Encryption encryption) const
{
    if (!origin)
        return true;
    const auto page = parseOrigin(*origin);
    if (!page)
        return false;
    if (m_allowed.contains(normalForm(*page)))
        return true;
    const auto host = parseHost(hostHeader);
    if (!host)
        return false;
    const Origin own {encryption == Encryption::Tls ? "https"_ba : "http"_ba, *host};
    return page->scheme == own.scheme && page->host.hasHostOf(own.host) && page->port() == own.port();
}

bool OriginPolicy::isListed(QByteArrayView origin) const
{
    const auto page = parseOrigin(origin);
    return page && m_allowed.contains(normalForm(*page));
}

bool OriginPolicy::isOrigin(const QString &text)
{
    return parseOrigin(text.trimmed().toUtf8()).has_value();
}

} // namespace tertulia
