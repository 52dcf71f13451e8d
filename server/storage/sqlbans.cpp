// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/sqlbans.h"

#include "storage/randomid.h"

namespace tertulia {

using namespace Qt::StringLiterals;

SqlBans::SqlBans(SqlConnection &connection, const Clock &clock)
    : m_connection(connection)
    , m_clock(clock)
    , m_all(connection,
          u"SELECT id, name, address, reason, until, by_name, created_at FROM bans ORDER BY created_at, id"_s)
    , m_add(connection,
          u"INSERT INTO bans (id, name, address, reason, until, by_name, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)"_s)
    , m_remove(connection, u"DELETE FROM bans WHERE id = ?"_s)
{
}

Result<QList<Ban>> SqlBans::all()
{
    if (!m_all.run())
        return m_connection.unavailable();
    QList<Ban> bans;
    while (m_all.next()) {
        Ban ban;
        ban.id = m_all.text(0);
        ban.name = m_all.text(1);
        ban.address = m_all.text(2);
        ban.reason = m_all.text(3);
        ban.until = fromMilliseconds(m_all.integer(4));
        ban.by = m_all.text(5);
        ban.createdAt = fromMilliseconds(m_all.integer(6));
        bans.append(ban);
    }
    m_all.finish();
    if (m_connection.hasFailed())
        return m_connection.unavailable();
    return bans;
}

Result<Ban> SqlBans::add(const Ban &draft)
{
    Ban ban = draft;
    ban.id = randomId();
    if (toMilliseconds(ban.createdAt) == 0)
        ban.createdAt = m_clock.now();
    if (!m_add.change(ban.id, ban.name, ban.address, ban.reason, toMilliseconds(ban.until), ban.by,
            toMilliseconds(ban.createdAt)))
        return m_connection.unavailable();
    return ban;
}

Result<bool> SqlBans::remove(const QString &id)
{
    if (!m_remove.run(id))
        return m_connection.unavailable();
    const bool wasThere = m_remove.changedRows() > 0;
    m_remove.finish();
    return wasThere;
}

} // namespace tertulia
