// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/sqldialect.h"

namespace tertulia {

/// The steps that make SQLite's schema, oldest first. A step that was released is never changed again.
[[nodiscard]] QList<SqlMigration> sqliteMigrations();

} // namespace tertulia
