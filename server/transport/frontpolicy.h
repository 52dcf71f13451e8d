// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/errorcode.h"
#include "transport/requesthead.h"

#include <optional>

namespace tertulia {

class WebSocketConnection;

/// What the application decides about requests before they are served. Called in the server thread; must not block.
class FrontPolicy
{
public:
    virtual ~FrontPolicy() = default;
    /// Asked for each request, upgrades included, before its body is read: Host, bans, request limits.
    virtual std::optional<Error> refuseRequest(const RequestHead &head) = 0;
    /// Asked for a well-formed upgrade that refuseRequest() let pass: 404, bad_origin, server_full.
    virtual std::optional<Error> refuseUpgrade(const RequestHead &head) = 0;
    /// After the 101 was sent. Returns who hears the client; the listener must live until its ended(). May close the
    /// connection at once and return nullptr: then nobody hears it any more.
    virtual ConnectionListener *upgraded(WebSocketConnection &connection, const RequestHead &head) = 0;
    /// Every request that got a refusal of the front or of this policy: to be counted.
    virtual void refused(const QHostAddress &address, ErrorCode code) = 0;
};

} // namespace tertulia
