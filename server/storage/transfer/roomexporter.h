// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/storage.h"
#include "storage/transfer/exportformat.h"

namespace tertulia {

/// Writes out a room's log page by page, so that memory does not grow with the room. Either run() at once over a
/// Storage, or, over a Store, one nextPage() in each read task, as the receiver drains.
class RoomExporter
{
public:
    using Write = std::function<bool(const QByteArray &piece)>; ///< false: the receiver failed
    using Progress = std::function<void(quint64 done, quint64 total)>;

    /// Exports what the room holds now, up to its last id.
    RoomExporter(const RoomRecord &room, ExportForm form, Timestamp now);

    /// The next piece; empty when all was given.
    Result<QByteArray> nextPage(Storage &storage);
    [[nodiscard]] bool isDone() const { return m_stage == Stage::Done; }
    [[nodiscard]] quint64 count() const { return m_count; }
    [[nodiscard]] quint64 total() const { return m_room.lastId + 1 - m_room.firstId; }

    /// How many entries were written. Internal where `write` failed.
    Result<quint64> run(Storage &storage, const Write &write, const Progress &progress = {});

private:
    enum class Stage : quint8 { Start, Entries, Done };

    const RoomRecord m_room;
    const std::unique_ptr<ExportFormat> m_format;
    const Timestamp m_now;
    Stage m_stage = Stage::Start;
    EntryId m_last = 0;
    quint64 m_count = 0;
};

} // namespace tertulia
