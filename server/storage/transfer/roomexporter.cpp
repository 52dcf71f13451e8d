// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/transfer/roomexporter.h"

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

constexpr int kPage = 500;

} // namespace

RoomExporter::RoomExporter(const RoomRecord &room, ExportForm form, Timestamp now)
    : m_room(room)
    , m_format(ExportFormat::create(form))
    , m_now(now)
    , m_last(room.firstId - 1)
{
}

Result<QByteArray> RoomExporter::nextPage(Storage &storage)
{
    if (m_stage == Stage::Done)
        return QByteArray();
    QByteArray piece;
    if (m_stage == Stage::Start)
        piece = m_format->begin(m_room, m_now);
    const auto entries = storage.entries().entriesAfter(m_room.key, m_last, kPage);
    if (!entries)
        return entries.error();
    m_stage = Stage::Entries;
    for (const Entry &entry : *entries) {
        if (entry.id > m_room.lastId)
            break;
        piece += m_format->entry(entry);
        m_last = entry.id;
        ++m_count;
    }
    if (entries->size() < kPage || m_last >= m_room.lastId) {
        piece += m_format->end(m_count);
        m_stage = Stage::Done;
    }
    return piece;
}

Result<quint64> RoomExporter::run(Storage &storage, const Write &write, const Progress &progress)
{
    while (!isDone()) {
        const auto piece = nextPage(storage);
        if (!piece)
            return piece.error();
        if (!write(*piece))
            return Error(ErrorCode::Internal, u"The export cannot be written."_s);
        if (progress)
            progress(m_count, total());
    }
    return m_count;
}

} // namespace tertulia
