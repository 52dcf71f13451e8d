// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/entry.h"
#include "protocol/user.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace tertulia {

/// A room as the store knows it; small and stable, never on the wire.
using RoomKey = qint64;

struct RoomRecord {
    RoomKey key = 0; ///< given by the store
    QString name;
    QString topic;
    QString ownerId; ///< empty = the host
    QString ownerName;
    bool isPrivate = false;
    bool isDirect = false; ///< of two users; named "direct-..." and listed for them alone
    QString passwordHash; ///< empty = none
    bool readOnly = false;
    int slowModeSeconds = 0;
    bool madeByJoining = false; ///< goes with its last member while nothing was said
    QString epoch; ///< random, made with the room
    EntryId firstId = 1; ///< id of the oldest entry that is kept or, in an empty room, of the next
    EntryId lastId = 0;
    Timestamp createdAt;
};

/// A user who belongs to a private or direct room, whether online or not.
struct RoomMembership {
    RoomKey room = 0;
    QString userId;
    QString userName;
};

/// An entry on its way into a log: the store gives the id.
struct EntryDraft {
    RoomKey room = 0;
    EntryKind kind = EntryKind::Chat;
    QString userId;
    QString user;
    QString content;
    Timestamp timestamp;
    EntryId target = 0;
    EntryId replyTo = 0;
    QString emoji;
    bool reactionAdded = true;
    std::optional<FileInfo> file;
    QStringList mentions;
    QString ref; ///< empty = not idempotent
    bool mayTouchOthers = false; ///< Edit, Delete: an admin's
};

/// What became of a draft.
struct Appended {
    EntryId id = 0;
    Timestamp timestamp;
    bool isNew = true; ///< false: this ref, or this very reaction, was there already; nothing was added
    QString freedFileId; ///< Delete: the file that no entry names any more; its bytes may go
};

struct MessageQuery {
    int limit = 50; ///< 1-200
    EntryId before = 0; ///< 0 = no bound
    std::optional<EntryId> after; ///< absent = no bound, and the page is the newest; 0 = from the first
    QString text; ///< empty = all; else a full-text search: every word, accents and case folded
};

struct MessagePage {
    QList<Message> messages; ///< oldest first
    bool hasMore = false; ///< on the side that was paged towards
    EntryId lastId = 0; ///< of the log, not of the page
};

struct Account {
    QString id;
    QString name;
    QString passwordHash;
    Role role = Role::Member;
    Timestamp createdAt;
    Timestamp tokensValidFrom; ///< tokens issued before are revoked; epoch 0 = all stand
};

struct StoredFile {
    FileInfo info;
    RoomKey room = 0;
    QString uploaderId;
    QByteArray sha256; ///< hex: names the bytes on disk
};

struct AuditRecord {
    Timestamp time;
    QString by;
    QString action;
    QString subject;
    QString detail;
};

struct ReadMark {
    RoomKey room = 0;
    EntryId id = 0;
};

struct Revocation {
    QString tokenId;
    Timestamp expiresAt;
};

} // namespace tertulia
