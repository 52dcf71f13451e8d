// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/sqlaccounts.h"

#include "protocol/names.h"
#include "storage/randomid.h"

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

QString selectAccounts(QStringView rest)
{
    return u"SELECT id, name, password_hash, role, created_at, tokens_valid_from FROM accounts "_s + rest;
}

Account accountOf(const SqlStatement &row)
{
    Account account;
    account.id = row.text(0);
    account.name = row.text(1);
    account.passwordHash = row.text(2);
    account.role = Role(row.smallInteger(3));
    account.createdAt = fromMilliseconds(row.integer(4));
    account.tokensValidFrom = fromMilliseconds(row.integer(5));
    return account;
}

} // namespace

SqlAccounts::SqlAccounts(SqlConnection &connection, const Clock &clock)
    : m_connection(connection)
    , m_clock(clock)
    , m_insert(connection,
          u"INSERT INTO accounts (id, folded, name, password_hash, role, created_at, tokens_valid_from)"
          " VALUES (?, ?, ?, ?, ?, ?, 0) ON CONFLICT DO NOTHING"_s)
    , m_byName(connection, selectAccounts(u"WHERE folded = ?"))
    , m_all(connection, selectAccounts(u"ORDER BY folded"))
    , m_setPasswordHash(connection, u"UPDATE accounts SET password_hash = ? WHERE id = ?"_s)
    , m_setRole(connection, u"UPDATE accounts SET role = ? WHERE id = ?"_s)
    , m_setTokensValidFrom(connection, u"UPDATE accounts SET tokens_valid_from = ? WHERE id = ?"_s)
    , m_remove(connection, u"DELETE FROM accounts WHERE id = ?"_s)
{
}

template<typename... Values> Result<void> SqlAccounts::changeOne(SqlStatement &statement, const Values &...values)
{
    if (!statement.run(values...))
        return m_connection.unavailable();
    const int changed = statement.changedRows();
    statement.finish();
    if (changed == 0)
        return ErrorCode::NoSuchUser;
    return {};
}

Result<Account> SqlAccounts::create(const QString &name, const QString &passwordHash, Role role)
{
    Account account;
    account.id = randomId();
    account.name = name;
    account.passwordHash = passwordHash;
    account.role = role;
    account.createdAt = m_clock.now();
    if (!m_insert.run(account.id, foldName(name), name, passwordHash, int(role), toMilliseconds(account.createdAt)))
        return m_connection.unavailable();
    const int added = m_insert.changedRows();
    m_insert.finish();
    if (added == 0)
        return ErrorCode::NameTaken;
    return account;
}

Result<Account> SqlAccounts::byName(const QString &name)
{
    if (!m_byName.run(foldName(name)))
        return m_connection.unavailable();
    if (!m_byName.next()) {
        m_byName.finish();
        return m_connection.hasFailed() ? m_connection.unavailable() : Error(ErrorCode::NoSuchUser);
    }
    const Account account = accountOf(m_byName);
    m_byName.finish();
    return account;
}

Result<QList<Account>> SqlAccounts::all()
{
    if (!m_all.run())
        return m_connection.unavailable();
    QList<Account> accounts;
    while (m_all.next())
        accounts.append(accountOf(m_all));
    m_all.finish();
    if (m_connection.hasFailed())
        return m_connection.unavailable();
    return accounts;
}

Result<void> SqlAccounts::setPasswordHash(const QString &id, const QString &hash)
{
    return changeOne(m_setPasswordHash, hash, id);
}

Result<void> SqlAccounts::setRole(const QString &id, Role role)
{
    return changeOne(m_setRole, int(role), id);
}

Result<void> SqlAccounts::setTokensValidFrom(const QString &id, Timestamp time)
{
    return changeOne(m_setTokensValidFrom, toMilliseconds(time), id);
}

Result<void> SqlAccounts::remove(const QString &id)
{
    return changeOne(m_remove, id);
}

} // namespace tertulia
