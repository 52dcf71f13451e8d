// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/transfer/roomimporter.h"

#include "protocol/names.h"

#include <QFile>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kPage = 500;

} // namespace

Result<RoomRecord> RoomImporter::importFile(const QString &fileName, const QString &roomName, const Progress &progress)
{
    const auto form = exportFormOfFile(fileName);
    if (form != ExportForm::Json && form != ExportForm::JsonLines)
        return Error(ErrorCode::InvalidField, u"Only .json and .jsonl files can be imported."_s);
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        return Error(ErrorCode::NotFound, u"%1 cannot be read: %2."_s.arg(fileName, file.errorString()));
    // Mapped, a large file costs no memory; what cannot be mapped is read.
    const uchar *mapped = file.size() > 0 ? file.map(0, file.size()) : nullptr;
    if (mapped)
        return importBytes(QByteArrayView(mapped, file.size()), *form, roomName, progress);
    const QByteArray bytes = file.readAll();
    return importBytes(bytes, *form, roomName, progress);
}

Result<RoomRecord> RoomImporter::importBytes(
    QByteArrayView bytes, ExportForm form, const QString &roomName, const Progress &progress)
{
    // Read twice: once to see that it is whole, before anything is touched.
    ExportReader reader(bytes, form);
    const auto header = reader.read([](const Entry &) { return Result<void>(); });
    if (!header)
        return header.error();
    const auto name = normalizeRoomName(roomName.isEmpty() ? header->room : roomName);
    if (!name)
        return name.error();

    Result<RoomRecord> room(ErrorCode::StoreUnavailable);
    const auto done = m_storage.atomically([&]() -> Result<void> {
        room = findOrCreate(*name, *header);
        if (!room)
            return room.error();
        return addEntries(room->key, reader, *header, progress);
    });
    if (!done)
        return done.error();
    room->epoch = header->epoch;
    if (header->count > 0) {
        room->firstId = header->firstId;
        room->lastId = header->lastId;
    }
    return room;
}

Result<RoomRecord> RoomImporter::findOrCreate(const QString &name, const ExportHeader &header)
{
    const auto rooms = m_storage.rooms().all();
    if (!rooms)
        return rooms.error();
    RoomRecord draft;
    draft.name = name;
    draft.epoch = header.epoch;
    Result<RoomRecord> room(ErrorCode::NoSuchRoom);
    for (const RoomRecord &candidate : *rooms) {
        if (foldName(candidate.name) == foldName(name))
            room = candidate;
    }
    const bool exists = room.isOk();
    if (!exists)
        room = m_storage.rooms().create(draft);
    if (!room)
        return room;
    if (room->firstId <= room->lastId)
        return Error(ErrorCode::RoomExists, u"The room %1 has entries; import into another."_s.arg(name));
    if (room->lastId > header.lastId) {
        return Error(ErrorCode::RoomExists,
            u"A room %1 had %2 entries once, more than the file holds; import into another."_s.arg(name).arg(
                room->lastId));
    }
    if (exists) {
        if (const auto set = m_storage.rooms().setEpoch(room->key, header.epoch); !set)
            return set.error();
    }
    return room;
}

Result<void> RoomImporter::addEntries(
    RoomKey room, ExportReader &reader, const ExportHeader &header, const Progress &progress)
{
    QList<Entry> page;
    quint64 done = 0;
    const auto flush = [&]() -> Result<void> {
        const auto added = m_storage.entries().import(room, page);
        done += quint64(page.size());
        page.clear();
        if (added && progress)
            progress(done, header.count);
        return added;
    };
    const auto read = reader.read([&](const Entry &entry) -> Result<void> {
        page.append(entry);
        if (m_authorId)
            page.last().userId = m_authorId(entry.user);
        return page.size() < kPage ? Result<void>() : flush();
    });
    if (!read)
        return read.error();
    return flush();
}

} // namespace tertulia
