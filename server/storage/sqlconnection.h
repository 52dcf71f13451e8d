// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/sqldialect.h"

#include <QSqlQuery>
#include <QVariant>

#include <concepts>
#include <memory>

namespace tertulia {

/// One connection to the database and the state of its transaction. Used only in the thread that made it, and must
/// outlive the statements that it prepared.
class SqlConnection
{
public:
    SqlConnection(const SqlDialect &dialect, SqlAccess access);
    ~SqlConnection();
    Q_DISABLE_COPY_MOVE(SqlConnection)

    /// StoreUnavailable with the reason for people.
    Result<void> open();
    [[nodiscard]] const SqlDialect &dialect() const { return m_dialect; }
    [[nodiscard]] SqlAccess access() const { return m_access; }
    [[nodiscard]] QSqlDatabase database() const;

    /// Runs one statement without parameters.
    bool execute(const QString &sql);
    /// The first column of the first row, or an invalid value.
    QVariant selectValue(const QString &sql);

    bool begin(SqlTransaction kind);
    bool commit();
    void rollback();
    [[nodiscard]] bool isInTransaction() const { return m_inTransaction; }

    /// Changes whenever something that was read earlier may no longer stand: what is cached, is cached with it.
    [[nodiscard]] quint64 generation() const { return m_generation; }
    void forgetWhatWasRead() { ++m_generation; }

    /// The first failure since clearFailure(): the whole transaction is lost then.
    [[nodiscard]] bool hasFailed() const { return m_failure != SqlFailure::None; }
    [[nodiscard]] SqlFailure failure() const { return m_failure; }
    [[nodiscard]] const QString &failureText() const { return m_failureText; }
    void clearFailure();
    void reportFailure(const QSqlError &error);
    /// StoreUnavailable, for a caller that has just been told false.
    [[nodiscard]] Error unavailable() const;

private:
    bool noticeOthersChanges(SqlTransaction kind);

    const SqlDialect &m_dialect;
    const SqlAccess m_access;
    QString m_name;
    std::unique_ptr<QSqlQuery> m_changeCounter;
    qint64 m_lastChange = -1;
    quint64 m_generation = 1;
    bool m_inTransaction = false;
    SqlFailure m_failure = SqlFailure::None;
    QString m_failureText;
};

/// A prepared statement, prepared at its first use and kept. A failure is recorded in the connection.
class SqlStatement
{
public:
    SqlStatement(SqlConnection &connection, QString sql);
    ~SqlStatement() = default;
    Q_DISABLE_COPY_MOVE(SqlStatement)

    /// Binds the values in order and executes. Rows of the execution before are gone.
    template<typename... Values> bool run(const Values &...values)
    {
        if (!prepare())
            return false;
        [[maybe_unused]] int position = 0;
        (m_query->bindValue(position++, toVariant(values)), ...);
        return execute();
    }
    /// run() and finish() for statements without rows.
    template<typename... Values> bool change(const Values &...values)
    {
        const bool done = run(values...);
        finish();
        return done;
    }

    bool next();
    [[nodiscard]] qint64 integer(int column) const { return m_query->value(column).toLongLong(); }
    [[nodiscard]] int smallInteger(int column) const { return m_query->value(column).toInt(); }
    [[nodiscard]] bool flag(int column) const { return m_query->value(column).toInt() != 0; }
    [[nodiscard]] QString text(int column) const { return m_query->value(column).toString(); }
    [[nodiscard]] QByteArray bytes(int column) const { return m_query->value(column).toByteArray(); }
    [[nodiscard]] bool isNull(int column) const { return m_query->isNull(column); }
    [[nodiscard]] int changedRows() const { return m_query->numRowsAffected(); }
    /// Ends the reading: an open cursor would hold the database's old state.
    void finish();

private:
    static QVariant toVariant(const QString &text);
    static QVariant toVariant(const QByteArray &bytes) { return QVariant(bytes); }
    static QVariant toVariant(const QVariant &value) { return value; }
    // The SQLite driver knows no unsigned 64-bit numbers and would store their decimal text.
    template<std::integral Number> static QVariant toVariant(Number number) { return QVariant(qlonglong(number)); }

    bool prepare();
    bool execute();

    SqlConnection &m_connection;
    QString m_sql;
    std::unique_ptr<QSqlQuery> m_query;
};

/// A write transaction unless one runs already: then its owner decides. Rolls back unless committed.
class SqlScope
{
public:
    explicit SqlScope(SqlConnection &connection);
    ~SqlScope();
    Q_DISABLE_COPY_MOVE(SqlScope)

    [[nodiscard]] bool isOpen() const { return m_open; }
    bool commit();

private:
    SqlConnection &m_connection;
    const bool m_owns;
    bool m_open = false;
};

} // namespace tertulia
