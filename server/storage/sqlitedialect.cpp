// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/sqlitedialect.h"

#include "storage/searchexpression.h"
#include "storage/sqlconnection.h"
#include "storage/sqliteschema.h"

#include <QFile>
#include <QFileInfo>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

// "Tert", in the header of the file: tells our databases from other programs'.
constexpr qint64 kApplicationId = 0x54657274;
// A check of every page of a file up to this size takes less than a tenth of a second.
constexpr qint64 kSmallFile = 24 * 1024 * 1024;

// Primary result codes (sqlite.org/rescode.html): the low byte of what the driver reports.
enum SqliteCode { Busy = 5, Locked = 6, Corrupt = 11, Full = 13, NotADatabase = 26 };

} // namespace

SqliteDialect::SqliteDialect(QString path)
    : m_path(std::move(path))
{
}

QSqlDatabase SqliteDialect::addDatabase(const QString &name, SqlAccess access) const
{
    QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
    database.setDatabaseName(m_path);
    // The writer asks again by itself, so that stopping is not held up; a reader waits only for a recovery.
    database.setConnectOptions(
        access == SqlAccess::Writer ? u"QSQLITE_BUSY_TIMEOUT=100"_s : u"QSQLITE_BUSY_TIMEOUT=1000"_s);
    return database;
}

QStringList SqliteDialect::setup(SqlAccess access) const
{
    if (access == SqlAccess::Reader)
        return {u"PRAGMA query_only = ON"_s, u"PRAGMA cache_size = -16384"_s, u"PRAGMA temp_store = MEMORY"_s};
    return {
        u"PRAGMA synchronous = FULL"_s,
        u"PRAGMA foreign_keys = OFF"_s,
        u"PRAGMA cache_size = -32768"_s,
        u"PRAGMA temp_store = MEMORY"_s,
        // The log is copied into the file every 4 MiB; a burst's larger log is cut back afterwards.
        u"PRAGMA wal_autocheckpoint = 1000"_s,
        u"PRAGMA journal_size_limit = 67108864"_s,
    };
}

QStringList SqliteDialect::prepare() const
{
    return {u"PRAGMA journal_mode = WAL"_s};
}

QString SqliteDialect::begin(SqlTransaction kind) const
{
    return kind == SqlTransaction::Write ? u"BEGIN IMMEDIATE"_s : u"BEGIN DEFERRED"_s;
}

SqlFailure SqliteDialect::failure(const QSqlError &error) const
{
    switch (error.nativeErrorCode().toInt() & 0xff) {
    case Busy:
    case Locked:
        return SqlFailure::Busy;
    case Full:
        return SqlFailure::Full;
    case Corrupt:
    case NotADatabase:
        return SqlFailure::Damaged;
    default:
        return SqlFailure::Other;
    }
}

QString SqliteDialect::changeCounter() const
{
    return u"PRAGMA data_version"_s;
}

QString SqliteDialect::relaxDurability() const
{
    return u"PRAGMA synchronous = NORMAL"_s;
}

QString SqliteDialect::restoreDurability() const
{
    return u"PRAGMA synchronous = FULL"_s;
}

QList<SqlMigration> SqliteDialect::migrations() const
{
    return sqliteMigrations();
}

Result<int> SqliteDialect::schemaVersion(SqlConnection &connection) const
{
    const QVariant version = connection.selectValue(u"PRAGMA user_version"_s);
    if (!version.isValid())
        return connection.unavailable();
    return version.toInt();
}

bool SqliteDialect::setSchemaVersion(SqlConnection &connection, int version) const
{
    return connection.execute(u"PRAGMA user_version = %1"_s.arg(version))
        && connection.execute(u"PRAGMA application_id = %1"_s.arg(kApplicationId));
}

Result<void> SqliteDialect::backUp(SqlConnection &connection, int version) const
{
    const QString target = u"%1.v%2.backup"_s.arg(m_path).arg(version);
    const QString unfinished = target + u".part"_s;
    QFile::remove(unfinished);
    if (!connection.execute(u"VACUUM INTO '%1'"_s.arg(QString(unfinished).replace(u'\'', u"''"_s))))
        return connection.unavailable();
    QFile::remove(target);
    if (!QFile::rename(unfinished, target))
        return Error(ErrorCode::StoreUnavailable, u"The backup %1 cannot be written."_s.arg(target));
    QFile::setPermissions(target, QFile::ReadOwner | QFile::WriteOwner);
    return {};
}

Error SqliteDialect::damaged(const QString &reason) const
{
    return Error(ErrorCode::StoreUnavailable,
        u"The database %1 is damaged (%2). It was left as it is: move it away or put a backup in its place."_s.arg(
            m_path, reason.section(u'\n', 0, 0)));
}

Result<void> SqliteDialect::checkBeforeOpening() const
{
    const QFileInfo info(m_path);
    if (!info.exists() || info.size() == 0)
        return {};
    QFile file(m_path);
    if (!file.open(QIODevice::ReadWrite))
        return Error(
            ErrorCode::StoreUnavailable, u"The database %1 cannot be written: %2."_s.arg(m_path, file.errorString()));
    const QByteArray header = file.read(100);
    if (header.size() < 100 || !header.startsWith(QByteArray("SQLite format 3\0", 16)))
        return damaged(u"the file does not begin as a database does"_s);
    return {};
}

Result<void> SqliteDialect::check(SqlConnection &connection) const
{
    connection.clearFailure();
    const qint64 application = connection.selectValue(u"PRAGMA application_id"_s).toLongLong();
    const qint64 tables = connection.selectValue(u"SELECT count(*) FROM sqlite_master"_s).toLongLong();
    if (!connection.hasFailed() && tables > 0 && application != kApplicationId)
        return Error(ErrorCode::StoreUnavailable, u"%1 is the database of another program."_s.arg(m_path));

    const bool isSmall = QFileInfo(m_path).size() <= kSmallFile;
    QStringList checks;
    if (isSmall) {
        checks.append(u"PRAGMA quick_check(1)"_s);
    } else if (tables > 0) {
        // Of a large file the small tables are checked whole and the logs at both ends.
        for (const QString &table : {u"rooms"_s, u"accounts"_s, u"memberships"_s, u"meta"_s, u"counters"_s, u"bans"_s})
            checks.append(u"PRAGMA quick_check('%1')"_s.arg(table));
        checks.append(u"SELECT 'ok' FROM (SELECT min(key), max(key) FROM entries),"
                      " (SELECT min(timestamp) FROM refs), (SELECT max(id) FROM notifications)"_s);
    }
    for (const QString &sql : std::as_const(checks)) {
        const QString answer = connection.selectValue(sql).toString();
        if (!connection.hasFailed() && answer != u"ok")
            return damaged(answer);
    }
    if (connection.hasFailed())
        return connection.unavailable();
    return {};
}

QString SqliteDialect::searchSource() const
{
    // CROSS JOIN: the index leads, whatever the planner thinks of it; so the newest matches come first without sorting.
    return u"entries_search CROSS JOIN entries e ON e.key = entries_search.rowid"
           " WHERE entries_search MATCH ? AND entries_search.rowid > ? AND entries_search.rowid < ?"_s;
}

QString SqliteDialect::searchKey() const
{
    return u"entries_search.rowid"_s;
}

QString SqliteDialect::searchExpression(const QString &text) const
{
    return ftsExpression(text);
}

QString SqliteDialect::indexRange() const
{
    return u"INSERT INTO entries_search (rowid, content) SELECT key, content FROM message_texts"
           " WHERE key > ? AND key <= ?"_s;
}

QString SqliteDialect::unindexRange() const
{
    return u"INSERT INTO entries_search (entries_search, rowid, content) SELECT 'delete', key, content"
           " FROM message_texts WHERE key > ? AND key <= ?"_s;
}

} // namespace tertulia
