// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/sqldialect.h"

namespace tertulia {

/// SQLite in one file: WAL, synchronous=FULL, FTS5. Several processes may use the file on one machine.
class SqliteDialect final : public SqlDialect
{
public:
    explicit SqliteDialect(QString path);

    [[nodiscard]] QString location() const override { return m_path; }
    [[nodiscard]] QSqlDatabase addDatabase(const QString &name, SqlAccess access) const override;
    [[nodiscard]] QStringList setup(SqlAccess access) const override;
    [[nodiscard]] QStringList prepare() const override;
    [[nodiscard]] QString begin(SqlTransaction kind) const override;
    [[nodiscard]] Error damaged(const QString &reason) const override;
    [[nodiscard]] SqlFailure failure(const QSqlError &error) const override;
    [[nodiscard]] QString changeCounter() const override;
    [[nodiscard]] QString lockRoom() const override { return {}; }
    [[nodiscard]] QString relaxDurability() const override;
    [[nodiscard]] QString restoreDurability() const override;

    [[nodiscard]] QList<SqlMigration> migrations() const override;
    Result<int> schemaVersion(SqlConnection &connection) const override;
    bool setSchemaVersion(SqlConnection &connection, int version) const override;
    Result<void> backUp(SqlConnection &connection, int version) const override;
    Result<void> checkBeforeOpening() const override;
    Result<void> check(SqlConnection &connection) const override;

    [[nodiscard]] QString searchSource() const override;
    [[nodiscard]] QString searchKey() const override;
    [[nodiscard]] QString searchExpression(const QString &text) const override;
    [[nodiscard]] QString indexRange() const override;
    [[nodiscard]] QString unindexRange() const override;

private:
    const QString m_path;
};

} // namespace tertulia
