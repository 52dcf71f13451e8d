// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/router.h"

#include <algorithm>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

bool isParameter(const QString &segment)
{
    return segment.startsWith(u'{');
}

QString parameterName(const QString &segment)
{
    const qsizetype end = segment.endsWith("*}"_L1) ? 2 : 1;
    return segment.mid(1, segment.size() - 1 - end);
}

QList<QByteArray> methodsOf(const std::vector<Route> &routes)
{
    QList<QByteArray> methods;
    for (const Route &route : routes) {
        methods.append(route.method);
        if (route.method == "GET")
            methods.append("HEAD"_ba);
    }
    methods.append("OPTIONS"_ba);
    return methods;
}

} // namespace

void Router::add(Route route)
{
    m_order.append({route.method, route.pattern});
    const auto known = std::find_if(m_addresses.begin(), m_addresses.end(),
        [&route](const Address &address) { return address.pattern == route.pattern; });
    if (known != m_addresses.end()) {
        Q_ASSERT(std::none_of(known->routes.begin(), known->routes.end(),
            [&route](const Route &other) { return other.method == route.method; }));
        known->routes.push_back(std::move(route));
        return;
    }
    Address address;
    address.pattern = route.pattern;
    address.segments = route.pattern.split(u'/', Qt::SkipEmptyParts);
    address.takesRest = route.pattern.endsWith("*}"_L1);
    address.routes.push_back(std::move(route));
    m_addresses.push_back(std::move(address));
}

bool Router::fits(const Address &address, const QStringList &segments)
{
    if (address.takesRest ? segments.size() < address.segments.size() : segments.size() != address.segments.size())
        return false;
    for (qsizetype i = 0; i < address.segments.size(); ++i) {
        const QString &wanted = address.segments[i];
        if (isParameter(wanted) ? segments[i].isEmpty() : segments[i] != wanted)
            return false;
    }
    return true;
}

bool Router::isMoreLiteral(const Address &left, const Address &right)
{
    for (qsizetype i = 0; i < std::min(left.segments.size(), right.segments.size()); ++i) {
        const bool leftIsParameter = isParameter(left.segments[i]);
        if (leftIsParameter != isParameter(right.segments[i]))
            return !leftIsParameter;
    }
    return right.takesRest && !left.takesRest;
}

QHash<QString, QString> Router::parametersOf(const Address &address, const QStringList &segments)
{
    QHash<QString, QString> parameters;
    for (qsizetype i = 0; i < address.segments.size(); ++i) {
        if (!isParameter(address.segments[i]))
            continue;
        const bool isRest = address.takesRest && i == address.segments.size() - 1;
        parameters.insert(parameterName(address.segments[i]), isRest ? segments.mid(i).join(u'/') : segments[i]);
    }
    return parameters;
}

std::optional<Router::Match> Router::match(const QByteArray &method, const QStringList &requested) const
{
    // "/" is one empty segment or none, depending on who splits it.
    const QStringList segments = requested == QStringList {QString()} ? QStringList() : requested;
    const Address *best = nullptr;
    for (const Address &address : m_addresses) {
        if (fits(address, segments) && (!best || isMoreLiteral(address, *best)))
            best = &address;
    }
    if (!best)
        return std::nullopt;

    Match found;
    found.methods = methodsOf(best->routes);
    found.parameters = parametersOf(*best, segments);
    const QByteArray wanted = method == "HEAD" ? "GET"_ba : method;
    for (const Route &route : best->routes) {
        if (route.method == wanted)
            found.route = &route;
    }
    return found;
}

QList<std::pair<QByteArray, QString>> Router::routes() const
{
    return m_order;
}

QList<QByteArray> Router::allMethods() const
{
    QList<QByteArray> methods;
    for (const Address &address : m_addresses) {
        for (const QByteArray &method : methodsOf(address.routes)) {
            if (!methods.contains(method))
                methods.append(method);
        }
    }
    return methods;
}

} // namespace tertulia
