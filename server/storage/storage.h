// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/hostvalues.h"
#include "protocol/result.h"
#include "storage/records.h"

#include <functional>

namespace tertulia {

// The synchronous side of the store: one small interface a subject, each bound to one database connection and used
// only in the thread that owns it (inside a task given to Store). A failing database answers StoreUnavailable.

/// The rooms and who belongs to the private ones.
class RoomTable
{
public:
    virtual ~RoomTable() = default;
    virtual Result<QList<RoomRecord>> all() = 0;
    virtual Result<QList<RoomMembership>> allMemberships() = 0;
    /// Gives key and ids, and an epoch unless the draft has one (import): a name that was used before goes on counting
    /// after the last id it had. RoomExists where the folded name is taken.
    virtual Result<RoomRecord> create(const RoomRecord &draft) = 0;
    /// Topic, privacy, password, read-only, slow mode and owner of the room with that key.
    virtual Result<void> update(const RoomRecord &room) = 0;
    /// Of an empty room (import): the epoch of the log that it is about to get.
    virtual Result<void> setEpoch(RoomKey room, const QString &epoch) = 0;
    /// The room, its log, marks and memberships go; its name and last id are remembered. NoSuchRoom.
    /// Returns the ids of its files: they stay in the index, of no room (0), until FileTable::remove().
    virtual Result<QStringList> remove(RoomKey room) = 0;
    virtual Result<void> addMembership(const RoomMembership &membership) = 0;
    virtual Result<void> removeMembership(RoomKey room, const QString &userId) = 0;
};

/// The append-only logs. Ids within a room are given here: 1, 2, 3 ... without holes.
class EntryLog
{
public:
    virtual ~EntryLog() = default;
    /// NoSuchRoom, NoSuchEntry (target or reply_to missing, deleted or no chat entry), Forbidden (not the author's
    /// own). A ref that the same user used in the room within 24 hours returns the first outcome with isNew = false; so
    /// does a reaction that stands already. Removing a reaction that is not there: isNew = false and the room's last
    /// id.
    virtual Result<Appended> append(const EntryDraft &draft) = 0;
    /// At most `limit` entries after `after`, in order. Content of Chat entries is as first written.
    virtual Result<QList<Entry>> entriesAfter(RoomKey room, EntryId after, int limit) = 0;
    virtual Result<EntryId> lastId(RoomKey room) = 0;
    /// Messages as they now stand: the newest that fit, or with `after` the oldest.
    virtual Result<MessagePage> messages(RoomKey room, const MessageQuery &query) = 0;
    /// Messages after `mark` by others than `userId`, counted to at most `cap`.
    virtual Result<int> unread(RoomKey room, const QString &userId, EntryId mark, int cap) = 0;
    /// Drops the oldest entries beyond `keep`, at most 2000 a call so that no one waits for it; returns the first id
    /// that is still there, and frees no file.
    virtual Result<EntryId> trim(RoomKey room, qint64 keep) = 0;
    /// Adds whole entries with their own ids (import), to an empty room or after the last id: ids ascend without holes,
    /// in an empty room from any start. InvalidField otherwise. The entries' `room` is not looked at.
    virtual Result<void> import(RoomKey room, const QList<Entry> &entries) = 0;
};

class AccountTable
{
public:
    virtual ~AccountTable() = default;
    /// NameTaken where the folded name has an account.
    virtual Result<Account> create(const QString &name, const QString &passwordHash, Role role) = 0;
    /// NoSuchUser. By folded name.
    virtual Result<Account> byName(const QString &name) = 0;
    virtual Result<QList<Account>> all() = 0;
    virtual Result<void> setPasswordHash(const QString &id, const QString &hash) = 0;
    virtual Result<void> setRole(const QString &id, Role role) = 0;
    virtual Result<void> setTokensValidFrom(const QString &id, Timestamp time) = 0;
    virtual Result<void> remove(const QString &id) = 0;
};

class NotificationTable
{
public:
    virtual ~NotificationTable() = default;
    /// One numbering for all; an empty `userId` addresses everyone. Returns the id.
    virtual Result<quint64> append(const QString &userId, const Notification &notification) = 0;
    /// Those of the user and those of everyone, ascending.
    virtual Result<QList<Notification>> after(const QString &userId, quint64 id, int limit) = 0;
    virtual Result<quint64> lastId() = 0; ///< the highest ever given
    virtual Result<quint64> firstId() = 0; ///< the lowest that is kept; lastId()+1 where none is
    virtual Result<void> trim(Timestamp olderThan) = 0;
};

class ReadMarkTable
{
public:
    virtual ~ReadMarkTable() = default;
    virtual Result<QList<ReadMark>> of(const QString &userId) = 0;
    virtual Result<void> set(const QString &userId, RoomKey room, EntryId id) = 0; ///< never moves back
};

class BanTable
{
public:
    virtual ~BanTable() = default;
    virtual Result<QList<Ban>> all() = 0;
    virtual Result<Ban> add(const Ban &draft) = 0; ///< gives the id
    virtual Result<bool> remove(const QString &id) = 0; ///< whether there was one
};

class FileTable
{
public:
    virtual ~FileTable() = default;
    virtual Result<void> add(const StoredFile &file) = 0;
    virtual Result<StoredFile> byId(const QString &id) = 0; ///< NotFound
    virtual Result<void> remove(const QString &id) = 0;
    /// How many files of the index have these bytes.
    virtual Result<int> countOfHash(const QByteArray &sha256) = 0;
};

class TokenTable
{
public:
    virtual ~TokenTable() = default;
    virtual Result<QList<Revocation>> revocations() = 0; ///< those that have not expired
    virtual Result<void> revoke(const Revocation &revocation) = 0;
};

/// Single values (the token key of a cluster, the server's id) and the record of what admins did.
class MetaTable
{
public:
    virtual ~MetaTable() = default;
    virtual Result<QByteArray> value(const QString &key) = 0; ///< empty where there is none
    /// Sets `value` unless there is one; returns what stands then.
    virtual Result<QByteArray> valueOrInsert(const QString &key, const QByteArray &value) = 0;
    virtual Result<void> setValue(const QString &key, const QByteArray &value) = 0;
    virtual Result<void> addAudit(const AuditRecord &record) = 0;
    virtual Result<QList<AuditRecord>> audit(int limit) = 0; ///< newest first
};

/// All of it, over one connection.
class Storage
{
public:
    virtual ~Storage() = default;
    /// Runs `work` all or nothing: where it answers an error, nothing of what it did is kept. Inside a task of Store,
    /// too.
    virtual Result<void> atomically(const std::function<Result<void>()> &work) = 0;
    virtual RoomTable &rooms() = 0;
    virtual EntryLog &entries() = 0;
    virtual AccountTable &accounts() = 0;
    virtual NotificationTable &notifications() = 0;
    virtual ReadMarkTable &readMarks() = 0;
    virtual BanTable &bans() = 0;
    virtual FileTable &files() = 0;
    virtual TokenTable &tokens() = 0;
    virtual MetaTable &meta() = 0;
};

} // namespace tertulia
