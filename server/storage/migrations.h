// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/sqldialect.h"

namespace tertulia {

/// Brings the schema of an opened database to its newest version, step by step, each step in a transaction of its own
/// and each after a backup where there was a database before. Another process may do the same at the same time.
/// StoreUnavailable with the reason for people; a database of a newer program is refused and left as it is.
Result<void> migrate(SqlConnection &connection, const QList<SqlMigration> &steps);

} // namespace tertulia
