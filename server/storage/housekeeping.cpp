// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/housekeeping.h"

#include "storage/entrykey.h"

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kIndexStep = 1000;
// Some tens of milliseconds: writes go on between the steps.
constexpr qsizetype kRequestedStep = 4000;
constexpr int kSweepStep = 500;
constexpr int kRefStep = 1000;
// Longer than a ref is good for: whoever asks checks the time by himself.
constexpr std::chrono::hours kRefLifetime(25);
constexpr std::chrono::minutes kRefInterval(10);

/// Between the two, a commit does not wait for the disk.
class RelaxedDurability
{
public:
    explicit RelaxedDurability(SqlConnection &connection)
        : m_connection(connection)
    {
        set(connection.dialect().relaxDurability());
    }
    ~RelaxedDurability() { set(m_connection.dialect().restoreDurability()); }
    Q_DISABLE_COPY_MOVE(RelaxedDurability)

private:
    void set(const QString &sql)
    {
        if (!sql.isEmpty())
            m_connection.execute(sql);
    }

    SqlConnection &m_connection;
};

} // namespace

Housekeeping::Housekeeping(SqlConnection &connection, SearchIndex &index, const Clock &clock)
    : m_connection(connection)
    , m_index(index)
    , m_clock(clock)
    , m_removedRoom(connection, u"SELECT key, indexed_id FROM removed_rooms LIMIT 1"_s)
    , m_sliceEnd(connection,
          u"SELECT min(key), max(key) FROM (SELECT key FROM entries WHERE key > ? AND key <= ? ORDER BY key LIMIT ?) AS slice"_s)
    , m_dropReactions(connection, u"DELETE FROM reactions WHERE target_key > ? AND target_key <= ?"_s)
    , m_dropEntries(connection, u"DELETE FROM entries WHERE key > ? AND key <= ?"_s)
    , m_dropRoom(connection, u"DELETE FROM removed_rooms WHERE key = ?"_s)
    , m_dropRefs(connection,
          u"DELETE FROM refs WHERE (room, user_id, ref) IN"
          " (SELECT room, user_id, ref FROM refs WHERE timestamp < ? ORDER BY timestamp LIMIT ?)"_s)
{
}

Result<bool> Housekeeping::step()
{
    m_connection.clearFailure();
    const RelaxedDurability relaxed(m_connection);
    SqlScope scope(m_connection);
    if (!scope.isOpen())
        return m_connection.unavailable();
    const auto didWork = stepInside();
    if (!didWork)
        return didWork.error();
    if (!scope.commit())
        return m_connection.unavailable();
    return didWork;
}

Result<bool> Housekeeping::stepInside()
{
    // Many rooms with a few new entries each are one piece: a commit costs more than they do.
    qsizetype left = kIndexStep;
    for (auto behind = m_index.nextBehind();; behind = m_index.nextBehind()) {
        if (!behind)
            return behind.error();
        if (!*behind)
            break;
        if (const auto advanced = m_index.advance(**behind, left); !advanced)
            return advanced.error();
        if (left <= 0)
            return true;
    }
    if (left < kIndexStep)
        return true;
    const auto swept = sweepRemovedRoom();
    if (!swept || *swept)
        return swept;
    return forgetOldRefs();
}

Result<bool> Housekeeping::indexRoom(RoomKey room)
{
    m_connection.clearFailure();
    const RelaxedDurability relaxed(m_connection);
    SqlScope scope(m_connection);
    if (!scope.isOpen())
        return m_connection.unavailable();
    qsizetype left = kRequestedStep;
    const auto isComplete = m_index.advance(room, left);
    if (isComplete && !scope.commit())
        return m_connection.unavailable();
    return isComplete;
}

Result<bool> Housekeeping::sweepRemovedRoom()
{
    if (!m_removedRoom.run())
        return m_connection.unavailable();
    if (!m_removedRoom.next()) {
        m_removedRoom.finish();
        return false;
    }
    const RoomKey room = m_removedRoom.integer(0);
    const EntryId indexed = EntryId(m_removedRoom.integer(1));
    m_removedRoom.finish();

    if (!m_sliceEnd.run(entryKey(room, 0), entryKey(room, kLastEntryId), kSweepStep) || !m_sliceEnd.next())
        return m_connection.unavailable();
    const bool isEmpty = m_sliceEnd.isNull(0);
    const EntryId before = isEmpty ? 0 : idOfKey(m_sliceEnd.integer(0)) - 1;
    const EntryId end = isEmpty ? 0 : idOfKey(m_sliceEnd.integer(1));
    m_sliceEnd.finish();
    const bool done = isEmpty ? m_dropRoom.change(room)
                              : m_index.takeOut(room, before, end, indexed)
            && m_dropReactions.change(entryKey(room, before), entryKey(room, end))
            && m_dropEntries.change(entryKey(room, before), entryKey(room, end));
    if (!done)
        return m_connection.unavailable();
    return true;
}

Result<bool> Housekeeping::forgetOldRefs()
{
    const auto now = m_clock.steadyNow();
    if (m_refsDone != std::chrono::steady_clock::time_point() && now - m_refsDone < kRefInterval)
        return false;
    if (!m_dropRefs.run(toMilliseconds(m_clock.now() - kRefLifetime), kRefStep))
        return m_connection.unavailable();
    const int dropped = m_dropRefs.changedRows();
    m_dropRefs.finish();
    if (dropped < kRefStep)
        m_refsDone = now;
    return dropped > 0;
}

} // namespace tertulia
