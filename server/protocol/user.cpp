// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/user.h"

namespace tertulia {

using namespace Qt::StringLiterals;

QByteArray roleName(Role role)
{
    switch (role) {
    case Role::Guest:
        return "guest"_ba;
    case Role::Member:
        return "member"_ba;
    case Role::Admin:
        return "admin"_ba;
    }
    return {};
}

std::optional<Role> roleFromName(QStringView name)
{
    if (name == u"guest")
        return Role::Guest;
    if (name == u"member")
        return Role::Member;
    if (name == u"admin")
        return Role::Admin;
    return std::nullopt;
}

} // namespace tertulia
