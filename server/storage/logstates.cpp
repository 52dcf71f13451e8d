// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/logstates.h"

#include "storage/entrykey.h"

namespace tertulia {

using namespace Qt::StringLiterals;

LogStates::LogStates(SqlConnection &connection)
    : m_connection(connection)
    , m_load(connection,
          u"SELECT name, base_id, indexed_id, (SELECT max(e.key) FROM entries e WHERE e.key > ? AND e.key <= ?)"
          " FROM rooms WHERE key = ?"_s)
{
    const QString lock = connection.dialect().lockRoom();
    if (!lock.isEmpty())
        m_lock = std::make_unique<SqlStatement>(connection, lock);
}

Result<LogState *> LogStates::find(RoomKey room)
{
    if (!m_connection.isInTransaction() || m_generation != m_connection.generation()) {
        m_states.clear();
        m_generation = m_connection.generation();
    }
    const auto known = m_states.find(room);
    if (known != m_states.end())
        return &known->second;
    if (!lock(room) || !m_load.run(entryKey(room, 0), entryKey(room, kLastEntryId), room))
        return m_connection.unavailable();
    if (!m_load.next()) {
        m_load.finish();
        return m_connection.hasFailed() ? m_connection.unavailable() : Error(ErrorCode::NoSuchRoom);
    }
    LogState state;
    state.room = m_load.text(0);
    state.baseId = EntryId(m_load.integer(1));
    state.indexedId = EntryId(m_load.integer(2));
    state.lastId = m_load.isNull(3) ? state.baseId : idOfKey(m_load.integer(3));
    m_load.finish();
    return &m_states.insert_or_assign(room, state).first->second;
}

bool LogStates::lock(RoomKey room)
{
    if (!m_lock || !m_connection.isInTransaction() || m_connection.access() == SqlAccess::Reader)
        return true;
    return m_lock->change(room);
}

} // namespace tertulia
