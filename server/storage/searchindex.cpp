// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/searchindex.h"

#include "storage/entrykey.h"

namespace tertulia {

using namespace Qt::StringLiterals;

SearchIndex::SearchIndex(SqlConnection &connection, LogStates &logs)
    : m_connection(connection)
    , m_logs(logs)
    , m_isAutomatic(connection.dialect().indexRange().isEmpty())
    , m_add(connection, connection.dialect().indexRange())
    , m_takeOut(connection, connection.dialect().unindexRange())
    , m_setIndexed(connection, u"UPDATE rooms SET indexed_id = ? WHERE key = ?"_s)
    , m_findBehind(connection,
          u"SELECT r.key FROM rooms r WHERE r.indexed_id < coalesce((SELECT max(e.key) FROM entries e"
          " WHERE e.key > (r.key << %1) AND e.key < ((r.key + 1) << %1)) - (r.key << %1), 0)"_s.arg(kEntryIdBits))
{
}

void SearchIndex::noteGrowth(RoomKey room, qsizetype entries)
{
    m_behind.insert(room);
    m_backlog += entries;
}

bool SearchIndex::beforeChange(RoomKey room, const LogState &state, EntryId id)
{
    if (m_isAutomatic || id > state.indexedId)
        return true;
    return m_takeOut.change(entryKey(room, id - 1), entryKey(room, id));
}

bool SearchIndex::afterChange(RoomKey room, const LogState &state, EntryId id)
{
    if (m_isAutomatic || id > state.indexedId)
        return true;
    return m_add.change(entryKey(room, id - 1), entryKey(room, id));
}

bool SearchIndex::takeOut(RoomKey room, EntryId first, EntryId last, EntryId indexedId)
{
    const EntryId end = qMin(last, indexedId);
    if (m_isAutomatic || end <= first)
        return true;
    return m_takeOut.change(entryKey(room, first), entryKey(room, end));
}

Result<bool> SearchIndex::advance(RoomKey room, qsizetype &left)
{
    auto found = m_logs.find(room);
    if (!found && found.error().code == ErrorCode::NoSuchRoom) {
        m_behind.remove(room);
        return true;
    }
    if (!found)
        return found.error();
    LogState *state = *found;
    const EntryId end = qMin(state->lastId, state->indexedId + EntryId(left));
    if (end > state->indexedId) {
        if (!m_isAutomatic && !m_add.change(entryKey(room, state->indexedId), entryKey(room, end)))
            return m_connection.unavailable();
        if (!m_setIndexed.change(end, room))
            return m_connection.unavailable();
        const auto added = qsizetype(end - state->indexedId);
        left -= added;
        m_backlog = qMax(qsizetype(0), m_backlog - added);
        state->indexedId = end;
    }
    if (state->isIndexBehind())
        return false;
    m_behind.remove(room);
    if (m_behind.isEmpty())
        m_backlog = 0;
    return true;
}

Result<std::optional<RoomKey>> SearchIndex::nextBehind()
{
    // After a rollback or another process's commit the logs have to be asked.
    if (m_generation != m_connection.generation()) {
        if (!m_findBehind.run())
            return m_connection.unavailable();
        while (m_findBehind.next())
            m_behind.insert(m_findBehind.integer(0));
        m_findBehind.finish();
        if (m_connection.hasFailed())
            return m_connection.unavailable();
        m_generation = m_connection.generation();
    }
    if (m_behind.isEmpty())
        return std::optional<RoomKey>();
    return std::optional<RoomKey>(*m_behind.constBegin());
}

} // namespace tertulia
