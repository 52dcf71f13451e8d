// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "subcommands.h"

#include "domain/accountservice.h"
#include "domain/archivereader.h"
#include "domain/clock.h"
#include "protocol/names.h"
#include "storage/openstore.h"

#include <QFile>
#include <QHash>
#include <QSaveFile>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tertulia {

namespace {

constexpr int kPage = 1000;

Error fileTrouble(const QString &path, const QString &why)
{
    return Error(ErrorCode::InvalidField, u"%1: %2"_s.arg(path, why));
}

Result<std::optional<RoomRecord>> findRoom(Storage &storage, const QString &name)
{
    const Result<QList<RoomRecord>> rooms = storage.rooms().all();
    if (!rooms)
        return rooms.error();
    const QString folded = foldName(name);
    const auto found = std::find_if(rooms->cbegin(), rooms->cend(),
        [&folded](const RoomRecord &room) { return foldName(room.name) == folded; });
    return found == rooms->cend() ? std::optional<RoomRecord>() : std::optional(*found);
}

Result<void> writeEntries(Storage &storage, const RoomRecord &room, ArchiveWriter &writer, QSaveFile &file)
{
    // Up to what is there now: a running server may go on adding.
    const Result<EntryId> last = storage.entries().lastId(room.key);
    if (!last)
        return last.error();
    for (EntryId after = 0; after < *last;) {
        const Result<QList<Entry>> entries = storage.entries().entriesAfter(room.key, after, kPage);
        if (!entries)
            return entries.error();
        if (entries->isEmpty())
            break;
        for (const Entry &entry : *entries) {
            if (entry.id > *last)
                return {};
            file.write(writer.entry(entry));
        }
        after = entries->constLast().id;
    }
    return {};
}

Result<QString> runExport(Storage &storage, const ArchiveCommand &command, ArchiveFormat format)
{
    const Result<std::optional<RoomRecord>> room = findRoom(storage, command.room);
    if (!room)
        return room.error();
    if (!*room)
        return Error(ErrorCode::NoSuchRoom, u"There is no room \"%1\"."_s.arg(command.room));
    QSaveFile file(command.file);
    if (!file.open(QIODevice::WriteOnly))
        return fileTrouble(command.file, file.errorString());
    ArchiveWriter writer(format, room.value()->name, room.value()->epoch);
    file.write(writer.begin(SystemClock().now()));
    if (const Result<void> written = writeEntries(storage, **room, writer, file); !written)
        return written.error();
    file.write(writer.end());
    if (!file.commit())
        return fileTrouble(command.file, file.errorString());
    return QString();
}

/// The authors whose accounts are here get their own entries back.
Result<void> findAuthors(Storage &storage, QList<Entry> &entries)
{
    const Result<QList<Account>> accounts = storage.accounts().all();
    if (!accounts)
        return accounts.error();
    QHash<QString, QString> ids;
    for (const Account &account : *accounts)
        ids.insert(foldName(account.name), account.id);
    for (Entry &entry : entries) {
        const QString id = ids.value(foldName(entry.user));
        entry.userId = id.isEmpty() ? AccountService::idForName(entry.user) : id;
    }
    return {};
}

Result<void> addRoom(Storage &storage, const QString &name, const Archive &archive)
{
    Result<std::optional<RoomRecord>> found = findRoom(storage, name);
    if (!found)
        return found.error();
    std::optional<RoomRecord> room = *found;
    if (room && room->lastId != 0)
        return Error(ErrorCode::RoomExists, u"The room \"%1\" is there already and not empty."_s.arg(name));
    if (room) {
        if (const Result<void> set = storage.rooms().setEpoch(room->key, archive.epoch); !set)
            return set;
    } else {
        RoomRecord draft;
        draft.name = name;
        draft.epoch = archive.epoch;
        draft.createdAt = SystemClock().now();
        const Result<RoomRecord> created = storage.rooms().create(draft);
        if (!created)
            return created.error();
        room = *created;
    }
    return storage.entries().import(room->key, archive.entries);
}

Result<QString> runImport(Storage &storage, const ArchiveCommand &command, ArchiveFormat format)
{
    const Result<QString> name = normalizeRoomName(command.room);
    if (!name)
        return name.error();
    QFile file(command.file);
    if (!file.open(QIODevice::ReadOnly))
        return fileTrouble(command.file, file.errorString());
    Result<Archive> archive = readArchive(format, file.readAll());
    if (!archive)
        return fileTrouble(command.file, archive.error().detail);
    if (const Result<void> found = findAuthors(storage, archive->entries); !found)
        return found.error();
    const Result<void> added = storage.atomically([&] { return addRoom(storage, *name, *archive); });
    return added ? Result<QString>(QString()) : Result<QString>(added.error());
}

} // namespace

Result<QString> runArchive(const QString &dataDirectory, const ArchiveCommand &command)
{
    const std::optional<ArchiveFormat> format = archiveFormatOf(command.file);
    if (!format)
        return fileTrouble(command.file, u"the name must end in .json, .jsonl, .csv, .txt or .html."_s);
    const Result<QString> directory = DataDirectory::create(dataDirectory);
    if (!directory)
        return directory.error();
    const SystemClock clock;
    const Result<std::unique_ptr<SqlStorage>> storage = openStorage(*directory, clock);
    if (!storage)
        return storage.error();
    return command.isImport ? runImport(**storage, command, *format) : runExport(**storage, command, *format);
}

} // namespace tertulia
