// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/sqlrooms.h"

#include "protocol/names.h"
#include "storage/entrykey.h"
#include "storage/randomid.h"

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

constexpr int kEpochBytes = 8;

} // namespace

SqlRooms::SqlRooms(SqlConnection &connection, LogStates &logs, const Clock &clock)
    : m_connection(connection)
    , m_logs(logs)
    , m_clock(clock)
    , m_all(connection,
          u"SELECT r.key, r.name, r.topic, r.owner_id, r.owner_name, r.private, r.direct, r.password_hash, r.read_only,"
          " r.slow_mode, r.epoch, r.base_id, r.created_at,"
          " (SELECT max(e.key) FROM entries e WHERE e.key > (r.key << %1) AND e.key < ((r.key + 1) << %1))"
          " FROM rooms r ORDER BY r.key"_s.arg(kEntryIdBits))
    , m_memberships(connection, u"SELECT room, user_id, user_name FROM memberships"_s)
    , m_nextKey(connection, u"UPDATE counters SET value = value + 1 WHERE name = 'room' RETURNING value"_s)
    , m_formerLastId(connection, u"SELECT last_id FROM former_rooms WHERE folded = ?"_s)
    , m_insert(connection,
          u"INSERT INTO rooms (key, folded, name, topic, owner_id, owner_name, private, direct, password_hash,"
          " read_only, slow_mode, epoch, base_id, indexed_id, created_at)"
          " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"_s)
    , m_update(connection,
          u"UPDATE rooms SET topic = ?, owner_id = ?, owner_name = ?, private = ?, password_hash = ?, read_only = ?,"
          " slow_mode = ? WHERE key = ?"_s)
    , m_setEpoch(connection, u"UPDATE rooms SET epoch = ? WHERE key = ?"_s)
    , m_logOf(connection,
          u"SELECT folded, base_id, indexed_id,"
          " (SELECT max(e.key) FROM entries e WHERE e.key > ? AND e.key <= ?) FROM rooms WHERE key = ?"_s)
    , m_addMembership(connection,
          u"INSERT INTO memberships (room, user_id, user_name) VALUES (?, ?, ?)"
          " ON CONFLICT (room, user_id) DO UPDATE SET user_name = excluded.user_name"_s)
    , m_removeMembership(connection, u"DELETE FROM memberships WHERE room = ? AND user_id = ?"_s)
{
}

Result<QList<RoomRecord>> SqlRooms::all()
{
    if (!m_all.run())
        return m_connection.unavailable();
    QList<RoomRecord> rooms;
    while (m_all.next()) {
        RoomRecord room;
        room.key = m_all.integer(0);
        room.name = m_all.text(1);
        room.topic = m_all.text(2);
        room.ownerId = m_all.text(3);
        room.ownerName = m_all.text(4);
        room.isPrivate = m_all.flag(5);
        room.isDirect = m_all.flag(6);
        room.passwordHash = m_all.text(7);
        room.readOnly = m_all.flag(8);
        room.slowModeSeconds = m_all.smallInteger(9);
        room.epoch = m_all.text(10);
        const EntryId base = EntryId(m_all.integer(11));
        room.createdAt = fromMilliseconds(m_all.integer(12));
        room.firstId = base + 1;
        room.lastId = m_all.isNull(13) ? base : idOfKey(m_all.integer(13));
        rooms.append(room);
    }
    m_all.finish();
    if (m_connection.hasFailed())
        return m_connection.unavailable();
    return rooms;
}

Result<QList<RoomMembership>> SqlRooms::allMemberships()
{
    if (!m_memberships.run())
        return m_connection.unavailable();
    QList<RoomMembership> memberships;
    while (m_memberships.next())
        memberships.append({m_memberships.integer(0), m_memberships.text(1), m_memberships.text(2)});
    m_memberships.finish();
    if (m_connection.hasFailed())
        return m_connection.unavailable();
    return memberships;
}

Result<RoomRecord> SqlRooms::create(const RoomRecord &draft)
{
    SqlScope scope(m_connection);
    const QString folded = foldName(draft.name);
    if (!scope.isOpen() || !m_formerLastId.run(folded))
        return m_connection.unavailable();
    RoomRecord room = draft;
    room.lastId = m_formerLastId.next() ? EntryId(m_formerLastId.integer(0)) : 0;
    m_formerLastId.finish();
    room.firstId = room.lastId + 1;
    if (room.epoch.isEmpty())
        room.epoch = randomId(kEpochBytes);
    if (toMilliseconds(room.createdAt) == 0)
        room.createdAt = m_clock.now();

    if (!m_nextKey.run() || !m_nextKey.next())
        return m_connection.unavailable();
    room.key = m_nextKey.integer(0);
    m_nextKey.finish();
    if (room.key > kLastRoomKey)
        return ErrorCode::TooManyRooms;
    const auto inserted = insert(folded, room);
    if (!inserted)
        return inserted.error();
    if (!*inserted)
        return ErrorCode::RoomExists;
    if (!scope.commit())
        return m_connection.unavailable();
    return room;
}

Result<bool> SqlRooms::insert(const QString &folded, const RoomRecord &room)
{
    const bool done = m_insert.run(room.key, folded, room.name, room.topic, room.ownerId, room.ownerName,
        room.isPrivate, room.isDirect, room.passwordHash, room.readOnly, room.slowModeSeconds, room.epoch, room.lastId,
        room.lastId, toMilliseconds(room.createdAt));
    if (!done)
        return m_connection.unavailable();
    const bool isNew = m_insert.changedRows() > 0;
    m_insert.finish();
    return isNew;
}

Result<void> SqlRooms::update(const RoomRecord &room)
{
    if (!m_update.run(room.topic, room.ownerId, room.ownerName, room.isPrivate, room.passwordHash, room.readOnly,
            room.slowModeSeconds, room.key))
        return m_connection.unavailable();
    const int changed = m_update.changedRows();
    m_update.finish();
    if (changed == 0)
        return ErrorCode::NoSuchRoom;
    return {};
}

Result<void> SqlRooms::setEpoch(RoomKey room, const QString &epoch)
{
    if (!m_setEpoch.change(epoch, room))
        return m_connection.unavailable();
    return {};
}

Result<QStringList> SqlRooms::remove(RoomKey room)
{
    SqlScope scope(m_connection);
    if (!scope.isOpen() || !m_logOf.run(entryKey(room, 0), entryKey(room, kLastEntryId), room))
        return m_connection.unavailable();
    if (!m_logOf.next()) {
        m_logOf.finish();
        return m_connection.hasFailed() ? m_connection.unavailable() : Error(ErrorCode::NoSuchRoom);
    }
    const QString folded = m_logOf.text(0);
    const EntryId base = EntryId(m_logOf.integer(1));
    const EntryId indexed = EntryId(m_logOf.integer(2));
    const EntryId last = m_logOf.isNull(3) ? base : idOfKey(m_logOf.integer(3));
    m_logOf.finish();

    auto files = takeFiles(room);
    if (!files)
        return files.error();
    if (!forgetLog(room, folded, last, indexed) || !scope.commit())
        return m_connection.unavailable();
    m_logs.forget(room);
    return files;
}

bool SqlRooms::forgetLog(RoomKey room, const QString &folded, EntryId lastId, EntryId indexedId)
{
    SqlStatement forgetRoom(m_connection, u"DELETE FROM rooms WHERE key = ?"_s);
    SqlStatement forgetMembers(m_connection, u"DELETE FROM memberships WHERE room = ?"_s);
    SqlStatement forgetMarks(m_connection, u"DELETE FROM read_marks WHERE room = ?"_s);
    if (!forgetRoom.change(room) || !forgetMembers.change(room) || !forgetMarks.change(room))
        return false;
    // Nothing was said: there is no id that could come twice, and names of rooms made in passing are not collected.
    if (lastId == 0)
        return true;
    SqlStatement remember(m_connection,
        u"INSERT INTO former_rooms (folded, last_id) VALUES (?, ?)"
        " ON CONFLICT (folded) DO UPDATE SET last_id = excluded.last_id"_s);
    // A long log is swept out in small steps later: one transaction would hold up everyone's messages.
    SqlStatement sweep(m_connection, u"INSERT INTO removed_rooms (key, indexed_id) VALUES (?, ?)"_s);
    return remember.change(folded, lastId) && sweep.change(room, indexedId);
}

Result<QStringList> SqlRooms::takeFiles(RoomKey room)
{
    SqlStatement select(m_connection, u"SELECT id FROM files WHERE room = ?"_s);
    if (!select.run(room))
        return m_connection.unavailable();
    QStringList ids;
    while (select.next())
        ids.append(select.text(0));
    select.finish();
    SqlStatement release(m_connection, u"UPDATE files SET room = 0 WHERE room = ?"_s);
    if (m_connection.hasFailed() || (!ids.isEmpty() && !release.change(room)))
        return m_connection.unavailable();
    return ids;
}

Result<void> SqlRooms::addMembership(const RoomMembership &membership)
{
    if (!m_addMembership.change(membership.room, membership.userId, membership.userName))
        return m_connection.unavailable();
    return {};
}

Result<void> SqlRooms::removeMembership(RoomKey room, const QString &userId)
{
    if (!m_removeMembership.change(room, userId))
        return m_connection.unavailable();
    return {};
}

} // namespace tertulia
