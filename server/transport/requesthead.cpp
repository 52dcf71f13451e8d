// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/requesthead.h"

#include <QStringView>

#include <algorithm>
#include <array>

namespace tertulia {

namespace {

constexpr std::array<QByteArrayView, 4> kSecretItems {"token", "ticket", "password", "join_code"};
constexpr std::array<QByteArrayView, 3> kSecretFields {"authorization", "cookie", "proxy-authorization"};

template<std::size_t N> bool isOneOf(QByteArrayView name, const std::array<QByteArrayView, N> &names)
{
    return std::any_of(names.begin(), names.end(),
        [name](QByteArrayView other) { return name.compare(other, Qt::CaseInsensitive) == 0; });
}

QByteArray decodedItem(QByteArrayView text)
{
    QByteArray plain = text.toByteArray();
    plain.replace('+', ' ');
    return QByteArray::fromPercentEncoding(plain);
}

/// Calls `visit(name, value)`, both still encoded, for each item until it returns true.
template<typename Visit> void eachItem(QByteArrayView query, Visit visit)
{
    while (!query.isEmpty()) {
        const qsizetype end = query.indexOf('&');
        const QByteArrayView item = end < 0 ? query : query.first(end);
        query = end < 0 ? QByteArrayView() : query.sliced(end + 1);
        const qsizetype equals = item.indexOf('=');
        const QByteArrayView name = equals < 0 ? item : item.first(equals);
        if (visit(name, equals < 0 ? QByteArrayView("") : item.sliced(equals + 1)))
            return;
    }
}

/// Calls `visit(name, value)` for each cookie until it returns true.
template<typename Visit> void eachCookie(QByteArrayView field, Visit visit)
{
    while (!field.isEmpty()) {
        const qsizetype end = field.indexOf(';');
        const QByteArrayView item = (end < 0 ? field : field.first(end)).trimmed();
        field = end < 0 ? QByteArrayView() : field.sliced(end + 1);
        const qsizetype equals = item.indexOf('=');
        if (equals > 0 && visit(item.first(equals), item.sliced(equals + 1)))
            return;
    }
}

} // namespace

QByteArray RequestHead::header(QByteArrayView name) const
{
    for (const auto &[field, value] : fields) {
        if (name.compare(field, Qt::CaseInsensitive) == 0)
            return value.isNull() ? QByteArray("") : value;
    }
    return {};
}

bool RequestHead::hasHeader(QByteArrayView name) const
{
    return !header(name).isNull();
}

bool RequestHead::headerHasToken(QByteArrayView name, QByteArrayView token) const
{
    for (const auto &[field, value] : fields) {
        if (name.compare(field, Qt::CaseInsensitive) != 0)
            continue;
        const QList<QByteArray> items = value.split(',');
        if (std::any_of(items.begin(), items.end(),
                [token](const QByteArray &item) { return token.compare(item.trimmed(), Qt::CaseInsensitive) == 0; }))
            return true;
    }
    return false;
}

QByteArray RequestHead::cookie(QByteArrayView name) const
{
    QByteArray found;
    for (const auto &[field, content] : fields) {
        if (found.isNull() && QByteArrayView("cookie").compare(field, Qt::CaseInsensitive) == 0) {
            eachCookie(content, [&](QByteArrayView key, QByteArrayView value) {
                if (key != name)
                    return false;
                found = value.isEmpty() ? QByteArray("") : value.toByteArray();
                return true;
            });
        }
    }
    return found;
}

QString RequestHead::queryItem(QByteArrayView name) const
{
    QString found;
    eachItem(rawQuery, [&](QByteArrayView key, QByteArrayView value) {
        if (decodedItem(key) != name)
            return false;
        found = QString::fromUtf8(decodedItem(value));
        if (found.isNull())
            found = QString(QLatin1StringView(""));
        return true;
    });
    return found;
}

QByteArray RequestHead::bearerToken() const
{
    constexpr QByteArrayView kScheme("bearer ");
    const QByteArray value = header("authorization");
    if (value.size() <= kScheme.size()
        || QByteArrayView(value).first(kScheme.size()).compare(kScheme, Qt::CaseInsensitive) != 0)
        return {};
    return value.sliced(kScheme.size()).trimmed();
}

bool RequestHead::isUpgrade() const
{
    return headerHasToken("upgrade", "websocket");
}

bool RequestHead::keepsAlive() const
{
    if (headerHasToken("connection", "close"))
        return false;
    return minorVersion >= 1 || headerHasToken("connection", "keep-alive");
}

Handshake RequestHead::handshake() const
{
    Handshake shown;
    shown.address = peerAddress.toString();
    shown.port = peerPort;
    shown.localAddress = localAddress.toString();
    shown.path = rawPath;
    shown.query = maskedQuery(rawQuery);
    shown.origin = header("origin");
    shown.userAgent = header("user-agent");
    shown.isEncrypted = isEncrypted;
    shown.headers.reserve(fields.size());
    for (const auto &[name, value] : fields) {
        shown.headers.emplaceBack(name, isOneOf(name, kSecretFields) ? QByteArray("***") : value);
        if (QByteArrayView("cookie").compare(name, Qt::CaseInsensitive) == 0) {
            eachCookie(value, [&shown](QByteArrayView key, QByteArrayView) {
                shown.cookieNames.append(key.toByteArray());
                return false;
            });
        }
    }
    return shown;
}

QByteArray maskedQuery(QByteArrayView query)
{
    QByteArray masked;
    eachItem(query, [&masked](QByteArrayView key, QByteArrayView value) {
        if (!masked.isEmpty())
            masked.append('&');
        masked.append(key).append('=');
        masked.append(isOneOf(decodedItem(key), kSecretItems) ? QByteArrayView("***") : value);
        return false;
    });
    return masked;
}

} // namespace tertulia
