// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/timestamp.h"

#include <QList>
#include <QMetaType>
#include <QString>
#include <QStringList>

#include <optional>

namespace tertulia {

/// A room's entry id: 1, 2, 3 ... without holes. 0 stands for "before everything".
using EntryId = quint64;

enum class EntryKind : quint8 { Chat, Edit, Delete, Reaction };

/// A file kept by the server; `url` is the path to fetch it from.
struct FileInfo {
    QString id;
    QString name;
    qint64 size = 0;
    QString type;
    QString url;

    bool operator==(const FileInfo &) const = default;
};

/// One entry of a room's append-only log, as every member sees it.
struct Entry {
    QString room;
    EntryId id = 0;
    EntryKind kind = EntryKind::Chat;
    QString userId; ///< never on the wire
    QString user;
    QString content; ///< Chat and Edit
    Timestamp timestamp;
    EntryId target = 0; ///< Edit, Delete and Reaction
    EntryId replyTo = 0; ///< Chat; 0 = none
    QString emoji; ///< Reaction
    bool reactionAdded = true; ///< Reaction: add or remove
    std::optional<FileInfo> file; ///< Chat
    QStringList mentions; ///< Chat; names as the users write them

    bool operator==(const Entry &) const = default;
};

/// Who reacted with one emoji, in order of time.
struct ReactionGroup {
    QString emoji;
    QStringList users;

    bool operator==(const ReactionGroup &) const = default;
};

/// A chat message as it now stands: edits applied. Deleted ones are no messages.
struct Message {
    QString room;
    EntryId id = 0;
    QString user;
    QString content;
    Timestamp timestamp;
    std::optional<Timestamp> editedAt;
    EntryId replyTo = 0;
    std::optional<FileInfo> file;
    QStringList mentions;
    QList<ReactionGroup> reactions;

    bool operator==(const Message &) const = default;
};

/// A room as lists and events show it.
struct RoomInfo {
    QString name;
    QString topic;
    bool isPrivate = false;
    bool isDirect = false;
    bool hasPassword = false;
    bool readOnly = false;
    int slowModeSeconds = 0;
    QString owner; ///< a name; empty = the host
    int members = 0;
    EntryId lastId = 0;
    Timestamp createdAt;

    bool operator==(const RoomInfo &) const = default;
};

enum class NotificationKind : quint8 { Mention, Direct, Invitation, Announcement, File };
enum class NotificationLevel : quint8 { Info, Warning, Alert };

/// One notification. The ids of all users' notifications are one ascending numbering.
struct Notification {
    quint64 id = 0;
    NotificationKind kind = NotificationKind::Announcement;
    QString title;
    QString body;
    NotificationLevel level = NotificationLevel::Info;
    QString room; ///< empty = none
    QString from; ///< empty = none
    Timestamp timestamp;

    bool operator==(const Notification &) const = default;
};

} // namespace tertulia

Q_DECLARE_METATYPE(tertulia::Entry)
Q_DECLARE_METATYPE(tertulia::Message)
Q_DECLARE_METATYPE(tertulia::RoomInfo)
Q_DECLARE_METATYPE(tertulia::Notification)
