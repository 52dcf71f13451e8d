// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/timestamp.h"

#include <QByteArray>
#include <QMetaType>
#include <QString>

#include <optional>

namespace tertulia {

enum class Role : quint8 {
    Guest, ///< a name for one visit
    Member, ///< an account with a password
    Admin, ///< the host
};

[[nodiscard]] QByteArray roleName(Role role); ///< "guest", "member", "admin"
[[nodiscard]] std::optional<Role> roleFromName(QStringView name);

/// Who someone is. `id` is opaque and never reused; `name` is shown and unique ignoring case.
struct User {
    QString id;
    QString name;
    Role role = Role::Guest;

    bool operator==(const User &) const = default;
};

/// A user in a room, as members' lists show them.
struct Member {
    QString name;
    Role role = Role::Guest;
    int connections = 0;
    Timestamp since;

    bool operator==(const Member &) const = default;
};

} // namespace tertulia

Q_DECLARE_METATYPE(tertulia::User)
Q_DECLARE_METATYPE(tertulia::Member)
