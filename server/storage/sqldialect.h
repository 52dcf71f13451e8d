// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/result.h"

#include <QList>
#include <QSqlDatabase>
#include <QSqlError>
#include <QString>
#include <QStringList>

namespace tertulia {

class SqlConnection;

/// What a connection is for.
enum class SqlAccess : quint8 {
    Writer, ///< reads and writes; waits a moment for another writer
    Reader, ///< a statement that would change something fails
};

enum class SqlTransaction : quint8 {
    Write, ///< takes the right to write at once, so that nothing fails half way for another's sake
    Read, ///< all of its statements see one state
};

/// Why the database refused, as far as it makes a difference.
enum class SqlFailure : quint8 {
    None,
    Busy, ///< another process writes: worth trying again
    Full, ///< no room on the disk
    Damaged, ///< the file is no sound database
    Other, ///< I/O error, lost connection, wrong statement: the connection is opened anew
};

/// One step of the schema: version N-1 becomes version N, where N is the step's place in the list, from 1.
struct SqlMigration {
    QStringList statements;
};

/// What differs between databases; everything else of the SQL is shared. Immutable and thread-safe: one object serves
/// the connections of all threads. Placeholders are `?`; flags are integers; times are milliseconds since 1970.
class SqlDialect
{
public:
    virtual ~SqlDialect() = default;

    /// For messages to people: the path, or the address without its password.
    [[nodiscard]] virtual QString location() const = 0;
    /// Registers the connection under `name`, not yet open, in the calling thread.
    [[nodiscard]] virtual QSqlDatabase addDatabase(const QString &name, SqlAccess access) const = 0;
    /// Run once on every new connection.
    [[nodiscard]] virtual QStringList setup(SqlAccess access) const = 0;
    /// Run once on a database that was found sound, before its schema is made.
    [[nodiscard]] virtual QStringList prepare() const = 0;
    [[nodiscard]] virtual QString begin(SqlTransaction kind) const = 0;
    /// What people are told of a database that is no sound one.
    [[nodiscard]] virtual Error damaged(const QString &reason) const = 0;
    [[nodiscard]] virtual SqlFailure failure(const QSqlError &error) const = 0;
    /// Selects a number that changes whenever another connection has committed. Empty: what was read is good for one
    /// transaction only.
    [[nodiscard]] virtual QString changeCounter() const = 0;
    /// Locks the row of a room (its key is bound) until the transaction ends. Empty where a write transaction is alone.
    [[nodiscard]] virtual QString lockRoom() const = 0;
    /// Weakens and restores the wait for the disk, for work that can be done again. Empty where there is no such thing.
    [[nodiscard]] virtual QString relaxDurability() const = 0;
    [[nodiscard]] virtual QString restoreDurability() const = 0;

    [[nodiscard]] virtual QList<SqlMigration> migrations() const = 0;
    virtual Result<int> schemaVersion(SqlConnection &connection) const = 0;
    /// Inside the transaction of the step.
    virtual bool setSchemaVersion(SqlConnection &connection, int version) const = 0;
    /// Keeps a copy of the database as of `version`, outside a transaction.
    virtual Result<void> backUp(SqlConnection &connection, int version) const = 0;
    /// Whether there is something that is no database of ours, before it is opened. Changes nothing.
    virtual Result<void> checkBeforeOpening() const = 0;
    /// Whether the database is sound, as far as can be told within 0.3 s. Changes nothing.
    virtual Result<void> check(SqlConnection &connection) const = 0;

    /// "<tables> WHERE <match> = ? AND <key> > ? AND <key> < ?": the live messages with these words; entries are `e`.
    [[nodiscard]] virtual QString searchSource() const = 0;
    /// The column to sort found messages by.
    [[nodiscard]] virtual QString searchKey() const = 0;
    /// What a person typed, as the match expression; empty where it holds no word.
    [[nodiscard]] virtual QString searchExpression(const QString &text) const = 0;
    /// Adds to and takes from the index the live messages with keys in (?, ?], as they stand before the change of the
    /// row. Empty where the database keeps its index by itself.
    [[nodiscard]] virtual QString indexRange() const = 0;
    [[nodiscard]] virtual QString unindexRange() const = 0;
};

} // namespace tertulia
