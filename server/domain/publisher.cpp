// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/publisher.h"

#include "domain/clock.h"
#include "domain/roomdirectory.h"
#include "metrics/metrics.h"
#include "protocol/servermessage.h"

namespace tertulia {

Publisher::Publisher(Store &store, RoomDirectory &rooms, Metrics &metrics, Clock &clock, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_rooms(rooms)
    , m_metrics(metrics)
    , m_clock(clock)
{
}

void Publisher::publish(Room &room, PendingEntry entry)
{
    ++room.entriesUnderWay;
    m_pending.push_back(std::move(entry));
    if (m_commitPosted)
        return;
    m_commitPosted = true;
    // Runs when the loop has read everything that is there: what came in one turn is one task for the store.
    QMetaObject::invokeMethod(this, &Publisher::commit, Qt::QueuedConnection);
}

void Publisher::commit()
{
    m_commitPosted = false;
    auto batch = std::make_shared<Batch>();
    batch->entries = std::exchange(m_pending, {});
    m_store.write(
        [batch](Storage &storage) {
            // A group that had to be tried again starts anew.
            batch->results.clear();
            batch->results.reserve(batch->entries.size());
            for (const PendingEntry &entry : batch->entries)
                batch->results.push_back(storage.entries().append(entry.draft));
        },
        [this, guard = QPointer<Publisher>(this), batch](const Result<void> &outcome) {
            if (guard)
                committed(batch, outcome);
        });
}

void Publisher::committed(const std::shared_ptr<Batch> &batch, const Result<void> &outcome)
{
    QStringList freed;
    for (std::size_t i = 0; i < batch->entries.size(); ++i) {
        const PendingEntry &pending = batch->entries[i];
        Result<Appended> result = outcome ? batch->results[i] : Result<Appended>(outcome.error());
        Room *room = m_rooms.find(pending.draft.room);
        if (!room) {
            pending.then(ErrorCode::NoSuchRoom);
            continue;
        }
        --room->entriesUnderWay;
        pending.then(result);
        if (result && result->isNew) {
            addEntry(*room, pending, *result);
            if (!result->freedFileId.isEmpty())
                freed.append(result->freedFileId);
        }
        if (room->entriesUnderWay == 0)
            Q_EMIT settled(room);
    }
    flushAll();
    const auto now = m_clock.steadyNow();
    for (const PendingEntry &pending : batch->entries)
        m_metrics.fanoutTook(now - pending.receivedAt);
    if (!freed.isEmpty())
        Q_EMIT filesFreed(freed);
}

void Publisher::addEntry(Room &room, const PendingEntry &pending, const Appended &appended)
{
    const EntryDraft &draft = pending.draft;
    Entry entry;
    entry.room = room.record.name;
    entry.id = appended.id;
    entry.kind = draft.kind;
    entry.userId = draft.userId;
    entry.user = draft.user;
    entry.content = draft.content;
    entry.timestamp = appended.timestamp;
    entry.target = draft.target;
    entry.replyTo = draft.replyTo;
    entry.emoji = draft.emoji;
    entry.reactionAdded = draft.reactionAdded;
    entry.file = draft.file;
    entry.mentions = draft.mentions;

    const Frame frame(encodeEntry(entry), entryKindName(entry.kind), QByteArray::number(entry.id));
    room.record.lastId = entry.id;
    room.recentIsValid = false;
    room.block.append(frame);
    for (EntryHold *hold : std::as_const(room.holds))
        hold->entries.append({entry.id, frame});
    if (entry.kind == EntryKind::Chat)
        room.countMessage(m_clock.steadyNow());
    touch(room);
    Q_EMIT published(&room, entry);
}

void Publisher::broadcast(Room &room, const Frame &frame)
{
    if (!room.hasSubscribers())
        return;
    room.block.append(frame);
    touch(room);
}

void Publisher::touch(Room &room)
{
    m_dirty.insert(room.key());
    if (m_flushPosted)
        return;
    m_flushPosted = true;
    QMetaObject::invokeMethod(this, &Publisher::flushAll, Qt::QueuedConnection);
}

void Publisher::flushAll()
{
    m_flushPosted = false;
    const QSet<RoomKey> dirty = std::exchange(m_dirty, {});
    for (const RoomKey key : dirty) {
        if (Room *room = m_rooms.find(key))
            flush(*room);
    }
}

void Publisher::flush(Room &room)
{
    if (room.block.isEmpty())
        return;
    // Taken away first: a connection that is cut while it is written to may cause the next frames.
    const FrameBlock block = std::exchange(room.block, FrameBlock());
    // A copy, for the same reason; pointers of who left meanwhile are passed over.
    const std::vector<Connection *> subscribers = room.subscribers();
    const std::vector<Room::Newcomer> newcomers = room.takeNewcomers();
    qint64 bytes = 0;
    for (Connection *connection : subscribers) {
        if (!room.isSubscribed(*connection))
            continue;
        const qsizetype size = block.bytes(connection->wire()).size();
        if (size == 0)
            continue;
        connection->sendBlock(block);
        bytes += size;
    }
    for (const Room::Newcomer &newcomer : newcomers) {
        for (qsizetype i = newcomer.firstFrame; i < block.count() && room.isSubscribed(*newcomer.connection); ++i)
            newcomer.connection->send(block.frames().at(i));
    }
    m_metrics.delivered(qint64(subscribers.size()) * block.count(), bytes);
}

} // namespace tertulia
