// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/sqlconnection.h"
#include "storage/storage.h"

#include <unordered_map>

namespace tertulia {

/// Where a room's log stands.
struct LogState {
    QString room; ///< its name
    EntryId baseId = 0; ///< before the first entry that is kept
    EntryId lastId = 0;
    EntryId indexedId = 0; ///< up to here the search index is complete

    [[nodiscard]] bool isIndexBehind() const { return indexedId < lastId; }
};

/// The logs' states, read once and then kept as long as they are sure to hold: within a transaction, and in a
/// connection that alone writes from one to the next. So giving an id costs no query.
class LogStates
{
public:
    explicit LogStates(SqlConnection &connection);

    /// NoSuchRoom. The pointer is good until the next call. Whoever changes the log changes the state with it.
    Result<LogState *> find(RoomKey room);
    void forget(RoomKey room) { m_states.erase(room); }

private:
    bool lock(RoomKey room);

    SqlConnection &m_connection;
    SqlStatement m_load;
    std::unique_ptr<SqlStatement> m_lock;
    std::unordered_map<RoomKey, LogState> m_states;
    quint64 m_generation = 0;
};

} // namespace tertulia
