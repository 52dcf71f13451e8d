// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/jsonbody.h"
#include "domain/principal.h"
#include "protocol/result.h"
#include "transport/httpreply.h"
#include "transport/requesthead.h"

#include <QHash>
#include <QString>

#include <memory>

namespace tertulia {

/// One request on its way through its handler: routed, and its sender known as far as the route asks for it.
/// A value; handlers that answer later keep a copy.
struct ApiCall {
    RequestHead head;
    QByteArray body;
    QHash<QString, QString> parameters;
    std::shared_ptr<HttpReply> reply;
    Principal principal; ///< empty where the route lets anyone in

    [[nodiscard]] QString parameter(const QString &name) const { return parameters.value(name); }
    [[nodiscard]] QString address() const { return head.peerAddress.toString(); }

    /// A number from the query: `fallback` where it is absent, InvalidField where it is no whole number from 0 up.
    [[nodiscard]] Result<quint64> queryNumber(QByteArrayView name, quint64 fallback) const;
    /// A whole number of either sign, which the caller clamps. InvalidField where it is none.
    [[nodiscard]] Result<qint64> queryCount(QByteArrayView name, qint64 fallback) const;

    /// The problem document, with the codes of HTTP: what a socket calls rate_limited is too_many_requests here.
    void fail(const Error &error) const;
    void sendNothing() const { reply->send(204, {}, {}); }
};

/// What HTTP calls the error.
[[nodiscard]] Error asHttpError(const Error &error);

} // namespace tertulia
