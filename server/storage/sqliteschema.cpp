// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/sqliteschema.h"

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

QStringList roomTables()
{
    return {
        // base_id: the id before the first entry that is kept. indexed_id: how far the search index has come.
        u"CREATE TABLE rooms (key INTEGER PRIMARY KEY, folded TEXT NOT NULL UNIQUE, name TEXT NOT NULL,"
        " topic TEXT NOT NULL, owner_id TEXT NOT NULL, owner_name TEXT NOT NULL, private INTEGER NOT NULL,"
        " direct INTEGER NOT NULL, password_hash TEXT NOT NULL, read_only INTEGER NOT NULL, slow_mode INTEGER NOT NULL,"
        " epoch TEXT NOT NULL, base_id INTEGER NOT NULL, indexed_id INTEGER NOT NULL, created_at INTEGER NOT NULL)"_s,
        // A name that was used before goes on counting.
        u"CREATE TABLE former_rooms (folded TEXT PRIMARY KEY, last_id INTEGER NOT NULL) WITHOUT ROWID"_s,
        // Rooms whose entries are still to be swept out.
        u"CREATE TABLE removed_rooms (key INTEGER PRIMARY KEY, indexed_id INTEGER NOT NULL)"_s,
        u"CREATE TABLE memberships (room INTEGER NOT NULL, user_id TEXT NOT NULL, user_name TEXT NOT NULL,"
        " PRIMARY KEY (room, user_id)) WITHOUT ROWID"_s,
    };
}

QStringList logTables()
{
    return {
        // One b-tree in the order of rooms and ids (see entrykey.h): appending touches its last pages only, and a page
        // of a room is a range of it. content: as first written; current: as edited, or null.
        u"CREATE TABLE entries (key INTEGER PRIMARY KEY, kind INTEGER NOT NULL, user_id TEXT NOT NULL,"
        " user_name TEXT NOT NULL, timestamp INTEGER NOT NULL, content TEXT NOT NULL, target INTEGER NOT NULL,"
        " reply_to INTEGER NOT NULL, emoji TEXT NOT NULL, added INTEGER NOT NULL, file TEXT, mentions TEXT,"
        " current TEXT, edited_at INTEGER, deleted INTEGER NOT NULL DEFAULT 0)"_s,
        u"CREATE TABLE reactions (target_key INTEGER NOT NULL, emoji TEXT NOT NULL, user_id TEXT NOT NULL,"
        " user_name TEXT NOT NULL, entry_id INTEGER NOT NULL, timestamp INTEGER NOT NULL,"
        " PRIMARY KEY (target_key, emoji, user_id)) WITHOUT ROWID"_s,
        u"CREATE TABLE refs (room INTEGER NOT NULL, user_id TEXT NOT NULL, ref TEXT NOT NULL,"
        " entry_id INTEGER NOT NULL, timestamp INTEGER NOT NULL, PRIMARY KEY (room, user_id, ref)) WITHOUT ROWID"_s,
        u"CREATE INDEX refs_by_time ON refs (timestamp)"_s,
        u"CREATE VIEW message_texts AS SELECT key, coalesce(current, content) AS content FROM entries"
        " WHERE kind = 0 AND deleted = 0"_s,
        u"CREATE VIRTUAL TABLE entries_search USING fts5 (content, content = 'message_texts', content_rowid = 'key',"
        " tokenize = 'unicode61 remove_diacritics 2')"_s,
    };
}

QStringList otherTables()
{
    return {
        u"CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID"_s,
        u"INSERT INTO counters (name, value) VALUES ('room', 0), ('notification', 0), ('probe', 0)"_s,
        u"CREATE TABLE accounts (id TEXT PRIMARY KEY, folded TEXT NOT NULL UNIQUE, name TEXT NOT NULL,"
        " password_hash TEXT NOT NULL, role INTEGER NOT NULL, created_at INTEGER NOT NULL,"
        " tokens_valid_from INTEGER NOT NULL) WITHOUT ROWID"_s,
        u"CREATE TABLE notifications (id INTEGER PRIMARY KEY, user_id TEXT NOT NULL, kind INTEGER NOT NULL,"
        " title TEXT NOT NULL, body TEXT NOT NULL, level INTEGER NOT NULL, room TEXT NOT NULL,"
        " from_name TEXT NOT NULL, timestamp INTEGER NOT NULL)"_s,
        u"CREATE INDEX notifications_by_user ON notifications (user_id, id)"_s,
        u"CREATE TABLE read_marks (user_id TEXT NOT NULL, room INTEGER NOT NULL, entry_id INTEGER NOT NULL,"
        " PRIMARY KEY (user_id, room)) WITHOUT ROWID"_s,
        u"CREATE INDEX read_marks_by_room ON read_marks (room)"_s,
        u"CREATE TABLE bans (id TEXT PRIMARY KEY, name TEXT NOT NULL, address TEXT NOT NULL, reason TEXT NOT NULL,"
        " until INTEGER NOT NULL, by_name TEXT NOT NULL, created_at INTEGER NOT NULL) WITHOUT ROWID"_s,
        u"CREATE TABLE files (id TEXT PRIMARY KEY, name TEXT NOT NULL, size INTEGER NOT NULL, type TEXT NOT NULL,"
        " url TEXT NOT NULL, room INTEGER NOT NULL, uploader_id TEXT NOT NULL, sha256 BLOB NOT NULL) WITHOUT ROWID"_s,
        u"CREATE INDEX files_by_room ON files (room)"_s,
        u"CREATE INDEX files_by_hash ON files (sha256)"_s,
        u"CREATE TABLE revocations (token_id TEXT PRIMARY KEY, expires_at INTEGER NOT NULL) WITHOUT ROWID"_s,
        u"CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID"_s,
        u"CREATE TABLE audit (id INTEGER PRIMARY KEY, time INTEGER NOT NULL, by_name TEXT NOT NULL,"
        " action TEXT NOT NULL, subject TEXT NOT NULL, detail TEXT NOT NULL)"_s,
    };
}

} // namespace

QList<SqlMigration> sqliteMigrations()
{
    return {SqlMigration {roomTables() + logTables() + otherTables()}};
}

} // namespace tertulia
