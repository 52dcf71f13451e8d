// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/clock.h"
#include "storage/searchindex.h"

namespace tertulia {

/// What the writer does when no one waits for it: the search index follows the logs, removed rooms are swept out, old
/// refs are forgotten. All of it can be done again after a crash, so its commits do not wait for the disk.
class Housekeeping
{
public:
    Housekeeping(SqlConnection &connection, SearchIndex &index, const Clock &clock);

    /// One bounded piece of work in a transaction of its own (a few milliseconds); whether there was any.
    Result<bool> step();
    /// A larger piece for a room that someone wants to search; whether its index is complete then.
    Result<bool> indexRoom(RoomKey room);

private:
    Result<bool> stepInside();
    Result<bool> sweepRemovedRoom();
    Result<bool> forgetOldRefs();

    SqlConnection &m_connection;
    SearchIndex &m_index;
    const Clock &m_clock;
    SqlStatement m_removedRoom;
    SqlStatement m_sliceEnd;
    SqlStatement m_dropReactions;
    SqlStatement m_dropEntries;
    SqlStatement m_dropRoom;
    SqlStatement m_dropRefs;
    std::chrono::steady_clock::time_point m_refsDone;
};

} // namespace tertulia
