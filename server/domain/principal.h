// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/user.h"

#include <QString>

namespace tertulia {

/// Whom a valid token stands for.
struct Principal {
    User user;
    QString tokenId; ///< the token's jti
    Timestamp expiresAt;
    Timestamp issuedAt; ///< tokens from before a user's revocation are void

    [[nodiscard]] bool isAdmin() const { return user.role == Role::Admin; }
};

} // namespace tertulia
