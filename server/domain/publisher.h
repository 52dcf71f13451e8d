// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/room.h"
#include "protocol/result.h"
#include "storage/store.h"

#include <QObject>

#include <chrono>
#include <functional>
#include <vector>

namespace tertulia {

class Clock;
class Metrics;
class RoomDirectory;

/// An entry that was judged and goes to the store.
struct PendingEntry {
    EntryDraft draft;
    std::chrono::steady_clock::time_point receivedAt;
    std::function<void(const Result<Appended> &)> then; ///< after the commit, before the entry is written to anyone
};

/// The way of every message: gathered for one turn of the loop, committed as one group, numbered by the store, then
/// encoded once and written once a turn to every subscriber of its room. Server thread.
class Publisher final : public QObject
{
    Q_OBJECT

public:
    Publisher(Store &store, RoomDirectory &rooms, Metrics &metrics, Clock &clock, QObject *parent = nullptr);

    void publish(Room &room, PendingEntry entry);
    /// Something that is no entry, to all subscribers, at the end of this turn.
    void broadcast(Room &room, const Frame &frame);
    /// Writes what the room's subscribers are owed by now: before somebody who must not get it is added.
    void flush(Room &room);

Q_SIGNALS:
    /// An entry is in the log and on its way to everyone.
    void published(tertulia::Room *room, const tertulia::Entry &entry);
    void filesFreed(const QStringList &ids);
    /// The last of a room's entries under way is through the store.
    void settled(tertulia::Room *room);

private:
    struct Batch {
        std::vector<PendingEntry> entries;
        std::vector<Result<Appended>> results;
    };
    void commit();
    void committed(const std::shared_ptr<Batch> &batch, const Result<void> &outcome);
    void addEntry(Room &room, const PendingEntry &pending, const Appended &appended);
    void touch(Room &room);
    void flushAll();

    Store &m_store;
    RoomDirectory &m_rooms;
    Metrics &m_metrics;
    Clock &m_clock;
    std::vector<PendingEntry> m_pending;
    bool m_commitPosted = false;
    QSet<RoomKey> m_dirty;
    bool m_flushPosted = false;
};

} // namespace tertulia
