// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/readmarks.h"

namespace tertulia {

void ReadMarks::put(const QString &userId, const QList<ReadMark> &marks)
{
    QHash<RoomKey, EntryId> &known = m_marks[userId];
    for (const ReadMark &mark : marks) {
        EntryId &at = known[mark.room];
        at = std::max(at, mark.id);
    }
}

std::optional<EntryId> ReadMarks::of(const QString &userId, RoomKey room) const
{
    const auto user = m_marks.constFind(userId);
    if (user == m_marks.cend())
        return std::nullopt;
    const auto mark = user->constFind(room);
    return mark == user->cend() ? std::nullopt : std::optional<EntryId>(*mark);
}

bool ReadMarks::advance(const QString &userId, RoomKey room, EntryId id, bool keep)
{
    QHash<RoomKey, EntryId> &known = m_marks[userId];
    const auto mark = known.find(room);
    if (mark != known.end() && *mark >= id)
        return false;
    known.insert(room, id);
    if (keep) {
        m_store.write([userId, room, id](Storage &storage) { (void)storage.readMarks().set(userId, room, id); },
            [](const Result<void> &) {});
    }
    return true;
}

} // namespace tertulia
