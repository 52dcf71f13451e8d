// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/clock.h"
#include "storage/sqlconnection.h"
#include "storage/storage.h"

namespace tertulia {

class SqlBans final : public BanTable
{
public:
    SqlBans(SqlConnection &connection, const Clock &clock);

    Result<QList<Ban>> all() override;
    Result<Ban> add(const Ban &draft) override;
    Result<bool> remove(const QString &id) override;

private:
    SqlConnection &m_connection;
    const Clock &m_clock;
    SqlStatement m_all;
    SqlStatement m_add;
    SqlStatement m_remove;
};

} // namespace tertulia
