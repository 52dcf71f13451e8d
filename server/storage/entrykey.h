// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/records.h"

#include <limits>

namespace tertulia {

// Room and id in one 63-bit number, the primary key of the entries' table: a room's log is a range of it. 2^36 entries
// in a room are two years at a thousand a second; 2^27 rooms outlast a flood of joins that make them.
constexpr int kEntryIdBits = 36;
constexpr RoomKey kLastRoomKey = (RoomKey(1) << (63 - kEntryIdBits)) - 1;
constexpr EntryId kLastEntryId = (EntryId(1) << kEntryIdBits) - 1;

/// Ids beyond the last one count as the last one.
[[nodiscard]] constexpr qint64 entryKey(RoomKey room, EntryId id)
{
    return (room << kEntryIdBits) | qint64(id < kLastEntryId ? id : kLastEntryId);
}

[[nodiscard]] constexpr EntryId idOfKey(qint64 key)
{
    return EntryId(key) & kLastEntryId;
}

} // namespace tertulia
