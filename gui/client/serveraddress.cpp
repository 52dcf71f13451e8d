// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/serveraddress.h"

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {
constexpr int kDefaultPort = 8000;
} // namespace

QUrl ServerAddress::webSocketUrl(const QString &path) const
{
    QUrl url = httpUrl(path);
    url.setScheme(base.scheme() == "https"_L1 ? u"wss"_s : u"ws"_s);
    return url;
}

QUrl ServerAddress::httpUrl(const QString &path) const
{
    QUrl url;
    url.setScheme(base.scheme());
    url.setHost(base.host());
    url.setPort(base.port());
    url.setPath(path);
    return url;
}

std::optional<ServerAddress> serverAddressFromText(const QString &text)
{
    QString trimmed = text.trimmed();
    if (trimmed.isEmpty())
        return std::nullopt;
    const bool hasScheme = trimmed.contains("://"_L1);
    const QUrl url(hasScheme ? trimmed : QString("http://"_L1 % trimmed), QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || (url.scheme() != "http"_L1 && url.scheme() != "https"_L1))
        return std::nullopt;
    ServerAddress address;
    address.base.setScheme(url.scheme());
    address.base.setHost(url.host());
    // A bare host means our own port; a full address means what it says.
    if (url.port() > 0)
        address.base.setPort(url.port());
    else if (!hasScheme)
        address.base.setPort(kDefaultPort);
    address.base.setPath(u"/"_s);
    const QString path = url.path();
    if (path.startsWith("/j/"_L1))
        address.joinCode = path.mid(3);
    return address;
}

} // namespace tertulia
