// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/openstore.h"

#include "storage/sqlitedialect.h"

namespace tertulia {

Result<std::unique_ptr<SqlStore>> openStore(const DataDirectory &directory, const Clock &clock)
{
    auto dialect = std::make_shared<SqliteDialect>(directory.databasePath());
    if (const auto prepared = prepareDatabase(*dialect); !prepared)
        return prepared.error();
    return std::make_unique<SqlStore>(std::move(dialect), clock);
}

Result<std::unique_ptr<SqlStorage>> openStorage(const QString &directory, const Clock &clock)
{
    const auto path = DataDirectory::create(directory);
    if (!path)
        return path.error();
    auto dialect = std::make_shared<SqliteDialect>(DataDirectory::databasePath(*path));
    if (const auto prepared = prepareDatabase(*dialect); !prepared)
        return prepared.error();
    return SqlStorage::open(std::move(dialect), SqlAccess::Writer, clock);
}

} // namespace tertulia
