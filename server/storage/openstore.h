// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/datadirectory.h"
#include "storage/sqlstore.h"

namespace tertulia {

/// Opens the store in the directory: checks the database (under 0.3 s), brings its schema up to date and starts the
/// threads. Blocks; meant for the start. StoreUnavailable with one line for people.
Result<std::unique_ptr<SqlStore>> openStore(const DataDirectory &directory, const Clock &clock);

/// The tables of the directory's database for use in this thread, with or without a server that runs on it.
Result<std::unique_ptr<SqlStorage>> openStorage(const QString &directory, const Clock &clock);

} // namespace tertulia
