// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/sqlconnection.h"

#include <atomic>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

/// Qt keeps connections under names in one process-wide list.
QString uniqueConnectionName()
{
    static std::atomic<quint64> count = 0;
    return u"tertulia-%1"_s.arg(++count);
}

/// Half a surrogate pair has no UTF-8 form, and the database's conversion would swallow the character after it.
QString withoutLoneSurrogates(const QString &text)
{
    QString clean = text;
    for (qsizetype i = 0; i < clean.size(); ++i) {
        if (!clean[i].isSurrogate())
            continue;
        if (clean[i].isHighSurrogate() && i + 1 < clean.size() && clean[i + 1].isLowSurrogate())
            ++i;
        else
            clean[i] = QChar::ReplacementCharacter;
    }
    return clean;
}

} // namespace

SqlConnection::SqlConnection(const SqlDialect &dialect, SqlAccess access)
    : m_dialect(dialect)
    , m_access(access)
    , m_name(uniqueConnectionName())
{
}

SqlConnection::~SqlConnection()
{
    m_changeCounter.reset();
    {
        QSqlDatabase database = QSqlDatabase::database(m_name, false);
        if (database.isOpen()) {
            if (m_inTransaction)
                rollback();
            database.close();
        }
    }
    QSqlDatabase::removeDatabase(m_name);
}

QSqlDatabase SqlConnection::database() const
{
    return QSqlDatabase::database(m_name, false);
}

Result<void> SqlConnection::open()
{
    QSqlDatabase database = m_dialect.addDatabase(m_name, m_access);
    if (!database.isValid())
        return Error(ErrorCode::StoreUnavailable, u"The database driver of Qt is not installed."_s);
    if (!database.open()) {
        reportFailure(database.lastError());
        return unavailable();
    }
    const QStringList statements = m_dialect.setup(m_access);
    for (const QString &sql : statements) {
        if (!execute(sql))
            return unavailable();
    }
    return {};
}

bool SqlConnection::execute(const QString &sql)
{
    QSqlQuery query(database());
    query.setForwardOnly(true);
    if (query.exec(sql))
        return true;
    reportFailure(query.lastError());
    return false;
}

QVariant SqlConnection::selectValue(const QString &sql)
{
    QSqlQuery query(database());
    query.setForwardOnly(true);
    if (!query.exec(sql)) {
        reportFailure(query.lastError());
        return {};
    }
    if (query.next())
        return query.value(0);
    // The end of the rows and a failure on the way look alike.
    if (query.lastError().isValid())
        reportFailure(query.lastError());
    return {};
}

bool SqlConnection::begin(SqlTransaction kind)
{
    Q_ASSERT(!m_inTransaction);
    if (!execute(m_dialect.begin(kind)))
        return false;
    m_inTransaction = true;
    if (noticeOthersChanges(kind))
        return true;
    rollback();
    return false;
}

bool SqlConnection::noticeOthersChanges(SqlTransaction kind)
{
    const QString counter = m_dialect.changeCounter();
    if (kind == SqlTransaction::Read || counter.isEmpty()) {
        forgetWhatWasRead();
        return true;
    }
    if (!m_changeCounter) {
        m_changeCounter = std::make_unique<QSqlQuery>(database());
        m_changeCounter->setForwardOnly(true);
        m_changeCounter->prepare(counter);
    }
    if (!m_changeCounter->exec() || !m_changeCounter->next()) {
        reportFailure(m_changeCounter->lastError());
        return false;
    }
    const qint64 change = m_changeCounter->value(0).toLongLong();
    m_changeCounter->finish();
    if (change != m_lastChange)
        forgetWhatWasRead();
    m_lastChange = change;
    return true;
}

bool SqlConnection::commit()
{
    Q_ASSERT(m_inTransaction);
    if (!hasFailed() && execute(u"COMMIT"_s)) {
        m_inTransaction = false;
        return true;
    }
    rollback();
    return false;
}

void SqlConnection::rollback()
{
    forgetWhatWasRead();
    m_inTransaction = false;
    // The database may have rolled back by itself (disk full): then this fails, and that is no news.
    QSqlQuery query(database());
    query.exec(u"ROLLBACK"_s);
}

void SqlConnection::clearFailure()
{
    m_failure = SqlFailure::None;
    m_failureText.clear();
}

void SqlConnection::reportFailure(const QSqlError &error)
{
    if (hasFailed())
        return;
    m_failure = m_dialect.failure(error);
    m_failureText = error.databaseText().isEmpty() ? error.driverText() : error.databaseText();
}

Error SqlConnection::unavailable() const
{
    if (m_failureText.isEmpty())
        return ErrorCode::StoreUnavailable;
    if (m_failure == SqlFailure::Damaged)
        return m_dialect.damaged(m_failureText);
    return Error(
        ErrorCode::StoreUnavailable, u"The database %1 cannot be used: %2."_s.arg(m_dialect.location(), m_failureText));
}

SqlStatement::SqlStatement(SqlConnection &connection, QString sql)
    : m_connection(connection)
    , m_sql(std::move(sql))
{
}

QVariant SqlStatement::toVariant(const QString &text)
{
    // A null string would be stored as NULL.
    if (text.isNull())
        return QVariant(u""_s);
    return QVariant(text.isValidUtf16() ? text : withoutLoneSurrogates(text));
}

bool SqlStatement::prepare()
{
    if (m_query)
        return true;
    auto query = std::make_unique<QSqlQuery>(m_connection.database());
    query->setForwardOnly(true);
    if (!query->prepare(m_sql)) {
        m_connection.reportFailure(query->lastError());
        return false;
    }
    m_query = std::move(query);
    return true;
}

bool SqlStatement::execute()
{
    if (m_query->exec())
        return true;
    m_connection.reportFailure(m_query->lastError());
    m_query->finish();
    return false;
}

bool SqlStatement::next()
{
    if (m_query->next())
        return true;
    if (m_query->lastError().isValid())
        m_connection.reportFailure(m_query->lastError());
    return false;
}

void SqlStatement::finish()
{
    if (m_query)
        m_query->finish();
}

SqlScope::SqlScope(SqlConnection &connection)
    : m_connection(connection)
    , m_owns(!connection.isInTransaction())
{
    if (m_owns)
        m_connection.clearFailure();
    m_open = !m_owns || m_connection.begin(SqlTransaction::Write);
}

SqlScope::~SqlScope()
{
    if (m_owns && m_open && m_connection.isInTransaction())
        m_connection.rollback();
}

bool SqlScope::commit()
{
    if (!m_open)
        return false;
    return m_owns ? m_connection.commit() : !m_connection.hasFailed();
}

} // namespace tertulia
