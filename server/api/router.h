// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace tertulia {

struct ApiCall;

/// Who may call. The handler of requests asks before the route's own code runs.
enum class Access : quint8 {
    Anyone, ///< no token needed; one that is given is not looked at
    SignedIn, ///< whoever has a token, even one who still waits at the door
    User, ///< whoever has a token and was let in
    Member, ///< a user who is no guest
    Admin,
};

/// What the body of a request is.
enum class BodyKind : quint8 { Json, Upload };

/// One method of one address.
struct Route {
    QByteArray method; ///< GET answers HEAD too
    QString pattern; ///< "/api/rooms/{room}"; "{path*}" as the last segment takes all that follows
    Access access = Access::Anyone;
    std::function<void(const ApiCall &)> handler;
    BodyKind body = BodyKind::Json;
    bool takesTicket = false; ///< ?ticket= stands for a token here
};

/// Which code answers which address. Filled at start, then only read.
class Router
{
public:
    /// A pattern is added once for each method.
    void add(Route route);

    struct Match {
        const Route *route = nullptr; ///< null: the address is known, the method is not
        QList<QByteArray> methods; ///< of the address: what Allow says
        QHash<QString, QString> parameters;
    };
    /// Nothing where no pattern fits. A literal segment wins over a parameter.
    [[nodiscard]] std::optional<Match> match(const QByteArray &method, const QStringList &segments) const;

    /// All (method, pattern), in the order of adding.
    [[nodiscard]] QList<std::pair<QByteArray, QString>> routes() const;
    /// Every method that any address knows.
    [[nodiscard]] QList<QByteArray> allMethods() const;

private:
    struct Address {
        QString pattern;
        QStringList segments;
        bool takesRest = false;
        std::vector<Route> routes;
    };
    [[nodiscard]] static bool fits(const Address &address, const QStringList &segments);
    [[nodiscard]] static bool isMoreLiteral(const Address &left, const Address &right);
    [[nodiscard]] static QHash<QString, QString> parametersOf(const Address &address, const QStringList &segments);

    std::vector<Address> m_addresses;
    QList<std::pair<QByteArray, QString>> m_order;
};

} // namespace tertulia
