// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/store.h"

#include <QHash>

#include <optional>

namespace tertulia {

/// How far each user who is online has read each room: loaded with the first connection, kept in the store. A user
/// who comes to a room for the first time has read it as it is then; direct rooms are unread from the beginning.
/// Server thread.
class ReadMarks
{
public:
    explicit ReadMarks(Store &store)
        : m_store(store)
    {
    }

    [[nodiscard]] bool isLoaded(const QString &userId) const { return m_marks.contains(userId); }
    void put(const QString &userId, const QList<ReadMark> &marks);
    void forget(const QString &userId) { m_marks.remove(userId); } ///< with the last connection
    [[nodiscard]] std::optional<EntryId> of(const QString &userId, RoomKey room) const;
    [[nodiscard]] QHash<RoomKey, EntryId> all(const QString &userId) const { return m_marks.value(userId); }
    /// Moves forward only; true where it moved. `keep`: also in the store.
    bool advance(const QString &userId, RoomKey room, EntryId id, bool keep);

private:
    Store &m_store;
    QHash<QString, QHash<RoomKey, EntryId>> m_marks;
};

} // namespace tertulia
