// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/migrations.h"

#include "storage/sqlconnection.h"

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

Result<void> runStep(SqlConnection &connection, const SqlMigration &step, int version)
{
    SqlScope scope(connection);
    if (!scope.isOpen())
        return connection.unavailable();
    // Another process may have been faster.
    const auto before = connection.dialect().schemaVersion(connection);
    if (!before)
        return before.error();
    if (*before >= version)
        return {};
    for (const QString &sql : step.statements) {
        if (!connection.execute(sql))
            return connection.unavailable();
    }
    if (!connection.dialect().setSchemaVersion(connection, version) || !scope.commit())
        return connection.unavailable();
    return {};
}

} // namespace

Result<void> migrate(SqlConnection &connection, const QList<SqlMigration> &steps)
{
    const SqlDialect &dialect = connection.dialect();
    const auto found = dialect.schemaVersion(connection);
    if (!found)
        return found.error();
    if (*found > steps.size()) {
        return Error(ErrorCode::StoreUnavailable,
            u"The database %1 was written by a newer version of Tertulia (schema %2, this one knows %3)."_s
                .arg(dialect.location())
                .arg(*found)
                .arg(steps.size()));
    }
    for (int version = *found; version < steps.size(); ++version) {
        if (version > 0) {
            if (const auto backup = dialect.backUp(connection, version); !backup)
                return backup.error();
        }
        if (const auto step = runStep(connection, steps[version], version + 1); !step)
            return step.error();
    }
    return {};
}

} // namespace tertulia
