// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/openstore.h"
#include "storage/sqlitedialect.h"

#include <QTemporaryDir>
#include <QTest>

namespace tertulia {

/// A database in a directory of its own.
struct StorageFixture {
    QTemporaryDir directory;
    SystemClock clock;
    std::unique_ptr<SqlStorage> storage;

    StorageFixture()
    {
        auto opened = openStorage(directory.path(), clock);
        if (!opened)
            qFatal("%s", qPrintable(opened.error().detail));
        storage = std::move(*opened);
    }

    [[nodiscard]] QString databasePath() const { return DataDirectory::databasePath(directory.path()); }
    RoomTable &rooms() { return storage->rooms(); }
    EntryLog &log() { return storage->entries(); }

    RoomRecord makeRoom(const QString &name)
    {
        RoomRecord draft;
        draft.name = name;
        return rooms().create(draft).value();
    }
};

inline constexpr Timestamp kNoon {std::chrono::milliseconds(1'795'262'400'000)};

inline EntryDraft chat(RoomKey room, const QString &content, const QString &user = QStringLiteral("Ana"))
{
    EntryDraft draft;
    draft.room = room;
    draft.userId = QStringLiteral("id-") + user;
    draft.user = user;
    draft.content = content;
    draft.timestamp = kNoon;
    return draft;
}

inline EntryDraft change(RoomKey room, EntryKind kind, EntryId target, const QString &user = QStringLiteral("Ana"))
{
    EntryDraft draft = chat(room, {}, user);
    draft.kind = kind;
    draft.target = target;
    return draft;
}

inline QStringList contents(const MessagePage &page)
{
    QStringList texts;
    for (const Message &message : page.messages)
        texts.append(message.content);
    return texts;
}

inline QList<EntryId> ids(const MessagePage &page)
{
    QList<EntryId> list;
    for (const Message &message : page.messages)
        list.append(message.id);
    return list;
}

} // namespace tertulia
