// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/clock.h"
#include "storage/sqlconnection.h"
#include "storage/storage.h"

namespace tertulia {

class SqlAccounts final : public AccountTable
{
public:
    SqlAccounts(SqlConnection &connection, const Clock &clock);

    Result<Account> create(const QString &name, const QString &passwordHash, Role role) override;
    Result<Account> byName(const QString &name) override;
    Result<QList<Account>> all() override;
    Result<void> setPasswordHash(const QString &id, const QString &hash) override;
    Result<void> setRole(const QString &id, Role role) override;
    Result<void> setTokensValidFrom(const QString &id, Timestamp time) override;
    Result<void> remove(const QString &id) override;

private:
    /// NoSuchUser where the statement touched no row.
    template<typename... Values> Result<void> changeOne(SqlStatement &statement, const Values &...values);

    SqlConnection &m_connection;
    const Clock &m_clock;
    SqlStatement m_insert;
    SqlStatement m_byName;
    SqlStatement m_all;
    SqlStatement m_setPasswordHash;
    SqlStatement m_setRole;
    SqlStatement m_setTokensValidFrom;
    SqlStatement m_remove;
};

} // namespace tertulia
