// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/result.h"

#include <QString>

namespace tertulia {

/// The name as it is kept and shown: NFKC, 1-32 characters (code points), letters, digits, space, `_` `.` `-`,
/// no space at either end. InvalidName otherwise.
[[nodiscard]] Result<QString> normalizeUserName(const QString &name);

/// A room's name: 1-64 of letters, digits, `_` `.` `-` after NFKC. InvalidName otherwise.
[[nodiscard]] Result<QString> normalizeRoomName(const QString &name);

/// The key under which a name is unique: two names that fold to the same key are the same name.
[[nodiscard]] QString foldName(const QString &name);

} // namespace tertulia
