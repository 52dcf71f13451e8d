// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/logstates.h"

#include <QSet>

#include <optional>

namespace tertulia {

/// The full-text index of the messages. It is filled behind the logs, in steps of its own, so that a message's commit
/// does not wait for it; what it knows already is kept right with every edit and removal.
class SearchIndex
{
public:
    SearchIndex(SqlConnection &connection, LogStates &logs);

    /// Entries were added to this room's log.
    void noteGrowth(RoomKey room, qsizetype entries);
    /// How many entries were added since the index was last complete, as far as this connection knows.
    [[nodiscard]] qsizetype backlog() const { return m_backlog; }

    /// Takes a message out before its row changes, and back in after. Nothing happens beyond indexedId.
    bool beforeChange(RoomKey room, const LogState &state, EntryId id);
    bool afterChange(RoomKey room, const LogState &state, EntryId id);
    /// Takes out the messages after `first` up to `last`, of a room that knew them up to `indexedId`.
    bool takeOut(RoomKey room, EntryId first, EntryId last, EntryId indexedId);

    /// Adds up to `left` entries of the room's log, and takes their number off it; whether the log is complete then.
    Result<bool> advance(RoomKey room, qsizetype &left);
    /// A room whose index is behind, or none.
    Result<std::optional<RoomKey>> nextBehind();

private:
    SqlConnection &m_connection;
    LogStates &m_logs;
    const bool m_isAutomatic; ///< the database keeps its index by itself
    SqlStatement m_add;
    SqlStatement m_takeOut;
    SqlStatement m_setIndexed;
    SqlStatement m_findBehind;
    QSet<RoomKey> m_behind;
    quint64 m_generation = 0;
    qsizetype m_backlog = 0;
};

} // namespace tertulia
