// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/storage.h"
#include "storage/transfer/exportreader.h"

namespace tertulia {

/// Brings an export back as a room: all of it or nothing, with its ids and its epoch. The room must be empty or not
/// exist; where it had more entries once than the file holds, the import is refused, for old ids would mean new
/// entries.
class RoomImporter
{
public:
    using Progress = std::function<void(quint64 done, quint64 total)>;
    using AuthorId = std::function<QString(const QString &name)>;

    explicit RoomImporter(Storage &storage)
        : m_storage(storage)
    {
    }

    /// Who the author of that name is here, so that people find their own entries; without it entries are nobody's.
    void setAuthors(AuthorId authorId) { m_authorId = std::move(authorId); }

    /// `roomName` empty = as in the file. The room as it is afterwards; RoomExists where it has entries, InvalidName,
    /// InvalidField with the line where the file breaks.
    Result<RoomRecord> importFile(const QString &fileName, const QString &roomName = {}, const Progress &progress = {});
    Result<RoomRecord> importBytes(
        QByteArrayView bytes, ExportForm form, const QString &roomName = {}, const Progress &progress = {});

private:
    Result<RoomRecord> findOrCreate(const QString &name, const ExportHeader &header);
    Result<void> addEntries(RoomKey room, ExportReader &reader, const ExportHeader &header, const Progress &progress);

    Storage &m_storage;
    AuthorId m_authorId;
};

} // namespace tertulia
