// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/streamfeeder.h"

#include "domain/roomdirectory.h"
#include "protocol/servermessage.h"

#include <QTimer>

#include <chrono>

namespace tertulia {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int kPage = 500;
constexpr qint64 kReadFirst = 512 * 1024; ///< bytes that may wait before the next page is asked for
constexpr auto kLookAgain = 20ms;

} // namespace

StreamFeeder::StreamFeeder(Store &store, RoomDirectory &rooms, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_rooms(rooms)
{
}

void StreamFeeder::subscribe(Room &room, Connection &stream, std::optional<EntryId> lastEventId)
{
    const Stream state {room.key(), lastEventId.value_or(room.record.lastId), m_nextSerial++};
    m_streams.insert(&stream, state);
    const RoomRecord &record = room.record;
    if (lastEventId && (*lastEventId > record.lastId || (*lastEventId > 0 && *lastEventId + 1 < record.firstId))) {
        stream.send(Frame("{\"last_id\":"_ba + QByteArray::number(record.lastId) + '}', "reset"_ba));
        room.addSubscriber(stream);
        return;
    }
    if (state.sentTo == record.lastId)
        room.addSubscriber(stream);
    else
        nextPage(&stream, state.serial);
}

void StreamFeeder::unsubscribe(Connection &stream)
{
    const auto state = m_streams.constFind(&stream);
    if (state == m_streams.cend())
        return;
    if (Room *room = m_rooms.find(state->room))
        room->removeSubscriber(stream);
    m_streams.erase(state);
}

QList<Connection *> StreamFeeder::streamsOf(const Room &room) const
{
    QList<Connection *> streams;
    for (auto stream = m_streams.cbegin(); stream != m_streams.cend(); ++stream) {
        if (stream->room == room.key())
            streams.append(stream.key());
    }
    return streams;
}

void StreamFeeder::nextPage(Connection *stream, quint64 serial)
{
    const auto state = m_streams.constFind(stream);
    if (state == m_streams.cend() || state->serial != serial)
        return;
    if (stream->pendingBytes() > kReadFirst) {
        QTimer::singleShot(kLookAgain, this, [this, stream, serial] { nextPage(stream, serial); });
        return;
    }
    readFrom<QList<Entry>>(
        m_store, this,
        [room = state->room, after = state->sentTo](
            Storage &storage) { return storage.entries().entriesAfter(room, after, kPage); },
        [this, stream, serial](const Result<QList<Entry>> &page) { feed(stream, serial, page); });
}

void StreamFeeder::feed(Connection *stream, quint64 serial, const Result<QList<Entry>> &page)
{
    const auto state = m_streams.find(stream);
    if (state == m_streams.end() || state->serial != serial)
        return;
    Room *room = m_rooms.find(state->room);
    if (!room)
        return;
    if (!page) {
        // The reader comes back with its last id: better than a stream with a hole.
        stream->close(CloseCode::InternalError, "store_unavailable"_ba);
        return;
    }
    for (const Entry &entry : *page) {
        // What was not fanned out yet comes by the fan-out.
        if (entry.id > room->record.lastId)
            break;
        stream->sendBulk(Frame(encodeEntry(entry), entryKindName(entry.kind), QByteArray::number(entry.id)));
        state->sentTo = entry.id;
    }
    if (state->sentTo == room->record.lastId || page->isEmpty())
        room->addSubscriber(*stream);
    else
        nextPage(stream, serial);
}

} // namespace tertulia
