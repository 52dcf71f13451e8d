// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/sqlreadmarks.h"

#include "storage/entrykey.h"

namespace tertulia {

using namespace Qt::StringLiterals;

SqlReadMarks::SqlReadMarks(SqlConnection &connection)
    : m_connection(connection)
    , m_of(connection, u"SELECT room, entry_id FROM read_marks WHERE user_id = ?"_s)
    , m_set(connection,
          u"INSERT INTO read_marks (user_id, room, entry_id) VALUES (?, ?, ?) ON CONFLICT (user_id, room)"
          " DO UPDATE SET entry_id = excluded.entry_id WHERE excluded.entry_id > read_marks.entry_id"_s)
{
}

Result<QList<ReadMark>> SqlReadMarks::of(const QString &userId)
{
    if (!m_of.run(userId))
        return m_connection.unavailable();
    QList<ReadMark> marks;
    while (m_of.next())
        marks.append({m_of.integer(0), EntryId(m_of.integer(1))});
    m_of.finish();
    if (m_connection.hasFailed())
        return m_connection.unavailable();
    return marks;
}

Result<void> SqlReadMarks::set(const QString &userId, RoomKey room, EntryId id)
{
    if (!m_set.change(userId, room, qMin(id, kLastEntryId)))
        return m_connection.unavailable();
    return {};
}

} // namespace tertulia
