// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/apicall.h"
#include "api/apiservices.h"
#include "api/router.h"
#include "domain/ratelimiter.h"
#include "domain/room.h"

#include <QHash>
#include <QObject>

#include <functional>
#include <optional>

namespace tertulia {

/// Who may pass: tokens, bans, the door, roles, rooms and how often. The same questions for every call. Server thread.
class ApiGate final : public QObject
{
    Q_OBJECT

public:
    explicit ApiGate(const ApiServices &services, QObject *parent = nullptr);

    /// A foreign page asks for a change: BadOrigin.
    [[nodiscard]] Result<void> checkOrigin(const RequestHead &head) const;
    /// Who sends the request, where the route wants to know; Unauthorized, Forbidden, Banned.
    [[nodiscard]] Result<Principal> admit(const RequestHead &head, const Route &route);
    /// Whether a stream or a poll that was let in may go on: Unauthorized, Banned.
    [[nodiscard]] Result<void> stillAdmits(const Principal &principal, const QString &address) const;
    /// Room for one connection more of this user and address: ServerFull, TooManyRequests.
    [[nodiscard]] Result<void> checkConnectionLimits(const Principal &principal, const QString &address) const;

    using RoomThen = std::function<void(Result<Room *>)>;
    /// The room where the caller may read; a `?password=` is verified where the room asks for one. `then` comes at once
    /// or later, unless `context` is gone.
    void openRoom(const ApiCall &call, const QString &name, QObject *context, RoomThen then);

    /// One message more of this user over HTTP: TooManyRequests with retryAfterMs.
    [[nodiscard]] Result<void> takePublishToken(const QString &userId);

private:
    [[nodiscard]] Result<void> checkBans(const Principal &principal, const QString &address) const;
    [[nodiscard]] Result<void> checkAccess(const Principal &principal, Access access) const;
    void dropIdleLimiters();

    ApiServices m_services;
    QHash<QString, RateLimiter> m_publishing; ///< by user id
    qsizetype m_sweepAt = 256;
};

} // namespace tertulia
