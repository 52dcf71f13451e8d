// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/sqlstorage.h"

#include "storage/migrations.h"

namespace tertulia {

using namespace Qt::StringLiterals;

Result<std::unique_ptr<SqlStorage>> SqlStorage::open(
    std::shared_ptr<const SqlDialect> dialect, SqlAccess access, const Clock &clock)
{
    auto connection = std::make_unique<SqlConnection>(*dialect, access);
    if (const auto opened = connection->open(); !opened)
        return opened.error();
    return std::unique_ptr<SqlStorage>(new SqlStorage(std::move(dialect), std::move(connection), clock));
}

SqlStorage::SqlStorage(
    std::shared_ptr<const SqlDialect> dialect, std::unique_ptr<SqlConnection> connection, const Clock &clock)
    : m_dialect(std::move(dialect))
    , m_connection(std::move(connection))
    , m_logs(*m_connection)
    , m_index(*m_connection, m_logs)
    , m_rooms(*m_connection, m_logs, clock)
    , m_entries(*m_connection, m_logs, m_index)
    , m_accounts(*m_connection, clock)
    , m_notifications(*m_connection)
    , m_readMarks(*m_connection)
    , m_bans(*m_connection, clock)
    , m_files(*m_connection)
    , m_tokens(*m_connection, clock)
    , m_meta(*m_connection)
    , m_housekeeping(*m_connection, m_index, clock)
{
}

Result<void> SqlStorage::atomically(const std::function<Result<void>()> &work)
{
    SqlConnection &connection = *m_connection;
    const bool isNested = connection.isInTransaction();
    SqlScope scope(connection);
    if (!scope.isOpen() || (isNested && !connection.execute(u"SAVEPOINT piece"_s)))
        return connection.unavailable();
    const auto outcome = work();
    if (!outcome) {
        if (isNested) {
            connection.forgetWhatWasRead();
            connection.execute(u"ROLLBACK TO piece"_s);
            connection.execute(u"RELEASE piece"_s);
        }
        return outcome;
    }
    if ((isNested && !connection.execute(u"RELEASE piece"_s)) || !scope.commit())
        return connection.unavailable();
    return {};
}

bool SqlStorage::probe()
{
    m_connection->clearFailure();
    SqlScope scope(*m_connection);
    return scope.isOpen() && m_connection->execute(u"UPDATE counters SET value = value + 1 WHERE name = 'probe'"_s)
        && scope.commit();
}

Result<void> prepareDatabase(const SqlDialect &dialect)
{
    if (const auto checked = dialect.checkBeforeOpening(); !checked)
        return checked;
    SqlConnection connection(dialect, SqlAccess::Writer);
    if (const auto opened = connection.open(); !opened)
        return opened;
    if (const auto checked = dialect.check(connection); !checked)
        return checked;
    const QStringList statements = dialect.prepare();
    for (const QString &sql : statements) {
        if (!connection.execute(sql))
            return connection.unavailable();
    }
    return migrate(connection, dialect.migrations());
}

} // namespace tertulia
