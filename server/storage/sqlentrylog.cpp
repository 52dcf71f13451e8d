// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/sqlentrylog.h"

#include "storage/entrykey.h"
#include "storage/entryrow.h"

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::hours kRefLifetime(24);
constexpr EntryId kTrimStep = 2000;
constexpr qsizetype kIndexStep = 2000;
constexpr int kMostEntries = 100'000;

Entry entryOf(const EntryDraft &draft)
{
    Entry entry;
    entry.kind = draft.kind;
    entry.userId = draft.userId;
    entry.user = draft.user;
    entry.content = draft.content;
    entry.timestamp = draft.timestamp;
    entry.target = draft.target;
    entry.replyTo = draft.replyTo;
    entry.emoji = draft.emoji;
    entry.reactionAdded = draft.reactionAdded;
    entry.file = draft.file;
    entry.mentions = draft.mentions;
    return entry;
}

Entry entryOf(const SqlStatement &row, const QString &room)
{
    Entry entry;
    entry.room = room;
    entry.id = idOfKey(row.integer(0));
    entry.kind = EntryKind(row.smallInteger(1));
    entry.userId = row.text(2);
    entry.user = row.text(3);
    entry.timestamp = fromMilliseconds(row.integer(4));
    entry.content = row.text(5);
    entry.target = EntryId(row.integer(6));
    entry.replyTo = EntryId(row.integer(7));
    entry.emoji = row.text(8);
    entry.reactionAdded = row.flag(9);
    if (!row.isNull(10))
        entry.file = fileOfColumn(row.text(10));
    if (!row.isNull(11))
        entry.mentions = mentionsOfColumn(row.text(11));
    return entry;
}

} // namespace

SqlEntryLog::SqlEntryLog(SqlConnection &connection, LogStates &logs, SearchIndex &index)
    : m_connection(connection)
    , m_logs(logs)
    , m_index(index)
    , m_messages(connection, logs)
    , m_insert(connection,
          u"INSERT INTO entries (key, kind, user_id, user_name, timestamp, content, target, reply_to, emoji, added, "
          u"file,"
          " mentions) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s)
    , m_findRef(connection, u"SELECT entry_id, timestamp FROM refs WHERE room = ? AND user_id = ? AND ref = ?"_s)
    , m_keepRef(connection,
          u"INSERT INTO refs (room, user_id, ref, entry_id, timestamp) VALUES (?, ?, ?, ?, ?)"
          " ON CONFLICT (room, user_id, ref) DO UPDATE SET entry_id = excluded.entry_id, timestamp = excluded.timestamp"_s)
    , m_findMessage(connection, u"SELECT user_id, file FROM entries WHERE key = ? AND kind = 0 AND deleted = 0"_s)
    , m_edit(connection, u"UPDATE entries SET current = ?, edited_at = ? WHERE key = ?"_s)
    , m_delete(connection, u"UPDATE entries SET deleted = 1 WHERE key = ?"_s)
    , m_dropReactions(connection, u"DELETE FROM reactions WHERE target_key > ? AND target_key <= ?"_s)
    , m_findReaction(
          connection, u"SELECT entry_id, timestamp FROM reactions WHERE target_key = ? AND emoji = ? AND user_id = ?"_s)
    , m_addReaction(connection,
          u"INSERT INTO reactions (target_key, emoji, user_id, user_name, entry_id, timestamp) VALUES (?, ?, ?, ?, ?, "
          u"?)"
          " ON CONFLICT DO NOTHING"_s)
    , m_removeReaction(connection, u"DELETE FROM reactions WHERE target_key = ? AND emoji = ? AND user_id = ?"_s)
    , m_entriesAfter(connection,
          u"SELECT key, kind, user_id, user_name, timestamp, content, target, reply_to, emoji, added, file, mentions"
          " FROM entries WHERE key > ? AND key <= ? ORDER BY key LIMIT ?"_s)
    , m_unread(connection,
          u"SELECT count(*) FROM (SELECT 1 FROM entries WHERE key > ? AND key <= ? AND kind = 0 AND deleted = 0"
          " AND user_id <> ? LIMIT ?) AS counted"_s)
    , m_setBase(connection, u"UPDATE rooms SET base_id = ?, indexed_id = ? WHERE key = ?"_s)
{
}

Result<Appended> SqlEntryLog::append(const EntryDraft &draft)
{
    SqlScope scope(m_connection);
    if (!scope.isOpen())
        return m_connection.unavailable();
    const auto state = m_logs.find(draft.room);
    if (!state)
        return state.error();
    if (!draft.ref.isEmpty()) {
        const auto earlier = outcomeOfRef(draft);
        if (!earlier)
            return earlier.error();
        if (*earlier)
            return **earlier;
    }
    const auto appended = appendByKind(draft, **state);
    if (!appended)
        return appended;
    if (!draft.ref.isEmpty()
        && !m_keepRef.change(draft.room, draft.userId, draft.ref, appended->id, toMilliseconds(appended->timestamp)))
        return m_connection.unavailable();
    if (!scope.commit())
        return m_connection.unavailable();
    return appended;
}

Result<std::optional<Appended>> SqlEntryLog::outcomeOfRef(const EntryDraft &draft)
{
    if (!m_findRef.run(draft.room, draft.userId, draft.ref))
        return m_connection.unavailable();
    std::optional<Appended> outcome;
    if (m_findRef.next()) {
        const Timestamp used = fromMilliseconds(m_findRef.integer(1));
        if (draft.timestamp - used < kRefLifetime)
            outcome = Appended {EntryId(m_findRef.integer(0)), used, false, {}};
    }
    m_findRef.finish();
    if (m_connection.hasFailed())
        return m_connection.unavailable();
    return outcome;
}

Result<SqlEntryLog::Target> SqlEntryLog::findMessage(RoomKey room, EntryId id)
{
    if (id == 0 || id > kLastEntryId)
        return ErrorCode::NoSuchEntry;
    if (!m_findMessage.run(entryKey(room, id)))
        return m_connection.unavailable();
    if (!m_findMessage.next()) {
        m_findMessage.finish();
        return m_connection.hasFailed() ? m_connection.unavailable() : Error(ErrorCode::NoSuchEntry);
    }
    Target target {m_findMessage.text(0), fileOfColumn(m_findMessage.text(1))};
    m_findMessage.finish();
    return target;
}

Result<Appended> SqlEntryLog::appendByKind(const EntryDraft &draft, LogState &state)
{
    switch (draft.kind) {
    case EntryKind::Chat:
        return appendChat(draft, state);
    case EntryKind::Edit:
    case EntryKind::Delete:
        return appendChange(draft, state);
    case EntryKind::Reaction:
        return appendReaction(draft, state);
    }
    return ErrorCode::InvalidField;
}

Result<Appended> SqlEntryLog::appendChat(const EntryDraft &draft, LogState &state)
{
    if (draft.replyTo != 0) {
        if (const auto answered = findMessage(draft.room, draft.replyTo); !answered)
            return answered.error();
    }
    return addEntry(draft, state);
}

Result<Appended> SqlEntryLog::appendChange(const EntryDraft &draft, LogState &state)
{
    const auto target = findMessage(draft.room, draft.target);
    if (!target)
        return target.error();
    // Imported messages are nobody's.
    const bool isOwn = !target->userId.isEmpty() && target->userId == draft.userId;
    if (!isOwn && !draft.mayTouchOthers)
        return ErrorCode::Forbidden;
    auto appended = addEntry(draft, state);
    if (!appended)
        return appended;
    const bool isEdit = draft.kind == EntryKind::Edit;
    const bool applied = isEdit ? applyEdit(draft.room, state, draft.target, draft.content, draft.timestamp)
                                : applyDelete(draft.room, state, draft.target);
    if (!applied)
        return m_connection.unavailable();
    if (!isEdit && target->file)
        appended->freedFileId = target->file->id;
    return appended;
}

Result<Appended> SqlEntryLog::appendReaction(const EntryDraft &draft, LogState &state)
{
    if (const auto target = findMessage(draft.room, draft.target); !target)
        return target.error();
    if (!m_findReaction.run(entryKey(draft.room, draft.target), draft.emoji, draft.userId))
        return m_connection.unavailable();
    std::optional<Appended> standing;
    if (m_findReaction.next())
        standing
            = Appended {EntryId(m_findReaction.integer(0)), fromMilliseconds(m_findReaction.integer(1)), false, {}};
    m_findReaction.finish();
    if (m_connection.hasFailed())
        return m_connection.unavailable();
    if (draft.reactionAdded && standing)
        return *standing;
    if (!draft.reactionAdded && !standing)
        return Appended {state.lastId, draft.timestamp, false, {}};

    const auto appended = addEntry(draft, state);
    if (!appended)
        return appended;
    Entry entry = entryOf(draft);
    entry.id = appended->id;
    if (!applyReaction(draft.room, entry))
        return m_connection.unavailable();
    return appended;
}

Result<Appended> SqlEntryLog::addEntry(const EntryDraft &draft, LogState &state)
{
    if (state.lastId >= kLastEntryId)
        return Error(ErrorCode::StoreUnavailable, u"The room holds as many entries as it can."_s);
    const EntryId id = state.lastId + 1;
    if (!insert(entryKey(draft.room, id), entryOf(draft)))
        return m_connection.unavailable();
    state.lastId = id;
    m_index.noteGrowth(draft.room, 1);
    return Appended {id, draft.timestamp, true, {}};
}

bool SqlEntryLog::insert(qint64 key, const Entry &entry)
{
    return m_insert.change(key, int(entry.kind), entry.userId, entry.user, toMilliseconds(entry.timestamp),
        entry.content, entry.target, entry.replyTo, entry.emoji, entry.reactionAdded, fileColumn(entry.file),
        mentionsColumn(entry.mentions));
}

bool SqlEntryLog::applyEdit(RoomKey room, const LogState &state, EntryId target, const QString &content, Timestamp time)
{
    return m_index.beforeChange(room, state, target)
        && m_edit.change(content, toMilliseconds(time), entryKey(room, target))
        && m_index.afterChange(room, state, target);
}

bool SqlEntryLog::applyDelete(RoomKey room, const LogState &state, EntryId target)
{
    return m_index.beforeChange(room, state, target) && m_delete.change(entryKey(room, target))
        && m_dropReactions.change(entryKey(room, target - 1), entryKey(room, target));
}

bool SqlEntryLog::applyReaction(RoomKey room, const Entry &entry)
{
    // Imported reactions know their author by name only.
    const QString author = entry.userId.isEmpty() ? u"name:"_s + entry.user : entry.userId;
    const qint64 target = entryKey(room, entry.target);
    if (!entry.reactionAdded)
        return m_removeReaction.change(target, entry.emoji, author);
    return m_addReaction.change(target, entry.emoji, author, entry.user, entry.id, toMilliseconds(entry.timestamp));
}

Result<QList<Entry>> SqlEntryLog::entriesAfter(RoomKey room, EntryId after, int limit)
{
    const auto state = m_logs.find(room);
    if (!state)
        return state.error();
    const QString name = (*state)->room;
    if (!m_entriesAfter.run(entryKey(room, after), entryKey(room, kLastEntryId), qBound(0, limit, kMostEntries)))
        return m_connection.unavailable();
    QList<Entry> entries;
    while (m_entriesAfter.next())
        entries.append(entryOf(m_entriesAfter, name));
    m_entriesAfter.finish();
    if (m_connection.hasFailed())
        return m_connection.unavailable();
    return entries;
}

Result<EntryId> SqlEntryLog::lastId(RoomKey room)
{
    const auto state = m_logs.find(room);
    if (!state)
        return state.error();
    return (*state)->lastId;
}

Result<MessagePage> SqlEntryLog::messages(RoomKey room, const MessageQuery &query)
{
    if (!query.text.isEmpty()) {
        if (const auto complete = completeIndex(room); !complete)
            return complete.error();
    }
    return m_messages.page(room, query);
}

Result<void> SqlEntryLog::completeIndex(RoomKey room)
{
    const auto state = m_logs.find(room);
    if (!state)
        return state.error();
    if (!(*state)->isIndexBehind())
        return {};
    if (m_connection.access() == SqlAccess::Reader) {
        if (!m_indexRequest)
            return {};
        // What the index gets meanwhile lies outside of what this transaction sees.
        const bool wasOpen = m_connection.isInTransaction();
        if (wasOpen && !m_connection.commit())
            return m_connection.unavailable();
        const bool isComplete = m_indexRequest(room);
        if (wasOpen && !m_connection.begin(SqlTransaction::Read))
            return m_connection.unavailable();
        if (!isComplete)
            return ErrorCode::StoreUnavailable;
        return {};
    }
    SqlScope scope(m_connection);
    while (scope.isOpen()) {
        qsizetype left = kIndexStep;
        const auto isComplete = m_index.advance(room, left);
        if (!isComplete)
            return isComplete.error();
        if (*isComplete && scope.commit())
            return {};
    }
    return m_connection.unavailable();
}

Result<int> SqlEntryLog::unread(RoomKey room, const QString &userId, EntryId mark, int cap)
{
    if (!m_unread.run(entryKey(room, mark), entryKey(room, kLastEntryId), userId, cap) || !m_unread.next())
        return m_connection.unavailable();
    const int count = m_unread.smallInteger(0);
    m_unread.finish();
    return count;
}

Result<EntryId> SqlEntryLog::trim(RoomKey room, qint64 keep)
{
    SqlScope scope(m_connection);
    if (!scope.isOpen())
        return m_connection.unavailable();
    const auto found = m_logs.find(room);
    if (!found)
        return found.error();
    LogState &state = **found;
    const EntryId kept = state.lastId - state.baseId;
    if (keep < 0 || kept <= EntryId(keep))
        return state.baseId + 1;
    const EntryId end = state.baseId + qMin(kept - EntryId(keep), kTrimStep);
    SqlStatement drop(m_connection, u"DELETE FROM entries WHERE key > ? AND key <= ?"_s);
    const qint64 from = entryKey(room, state.baseId);
    const EntryId indexed = qMax(state.indexedId, end);
    if (!m_index.takeOut(room, state.baseId, end, state.indexedId) || !m_dropReactions.change(from, entryKey(room, end))
        || !drop.change(from, entryKey(room, end)) || !m_setBase.change(end, indexed, room))
        return m_connection.unavailable();
    state.baseId = end;
    state.indexedId = indexed;
    if (!scope.commit())
        return m_connection.unavailable();
    return end + 1;
}

Result<void> SqlEntryLog::import(RoomKey room, const QList<Entry> &entries)
{
    if (entries.isEmpty())
        return {};
    SqlScope scope(m_connection);
    if (!scope.isOpen())
        return m_connection.unavailable();
    const auto found = m_logs.find(room);
    if (!found)
        return found.error();
    LogState &state = **found;
    if (const auto started = startImport(room, state, entries.first().id, entries.last().id); !started)
        return started;
    for (const Entry &entry : entries) {
        if (entry.id != state.lastId + 1)
            return Error(
                ErrorCode::InvalidField, u"Entry %1 does not follow entry %2."_s.arg(entry.id).arg(state.lastId));
        if (!insert(entryKey(room, entry.id), entry))
            return m_connection.unavailable();
        state.lastId = entry.id;
        if (!applyImported(room, state, entry))
            return m_connection.unavailable();
    }
    m_index.noteGrowth(room, entries.size());
    if (!scope.commit())
        return m_connection.unavailable();
    return {};
}

Result<void> SqlEntryLog::startImport(RoomKey room, LogState &state, EntryId first, EntryId last)
{
    if (state.lastId != state.baseId)
        return {};
    if (first == 0 || last < first || last > kLastEntryId)
        return Error(ErrorCode::InvalidField, u"The entries' ids are not in order."_s);
    if (!m_setBase.change(first - 1, first - 1, room))
        return m_connection.unavailable();
    state.baseId = first - 1;
    state.lastId = first - 1;
    state.indexedId = first - 1;
    return {};
}

bool SqlEntryLog::applyImported(RoomKey room, const LogState &state, const Entry &entry)
{
    if (entry.kind == EntryKind::Chat)
        return true;
    // What an entry was about may have been trimmed, or deleted since.
    const auto target = findMessage(room, entry.target);
    if (!target)
        return target.error().code == ErrorCode::NoSuchEntry;
    switch (entry.kind) {
    case EntryKind::Edit:
        return applyEdit(room, state, entry.target, entry.content, entry.timestamp);
    case EntryKind::Delete:
        return applyDelete(room, state, entry.target);
    default:
        return applyReaction(room, entry);
    }
}

} // namespace tertulia
