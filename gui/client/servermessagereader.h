// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/entry.h"
#include "protocol/user.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <optional>
#include <variant>

namespace tertulia {

/// What the server says on /ws/chat, as values (protocol.md section 6).

struct UnreadRoom {
    RoomInfo room;
    int unread = 0;

    bool operator==(const UnreadRoom &) const = default;
};

struct ServerLimits {
    qint64 messageBytes = 16384;
    qint64 uploadBytes = 26214400;
};

struct Welcome {
    QString connectionId;
    User user;
    QString token; ///< only for guests who entered without one
    QString serverName;
    QString serverVersion;
    int heartbeatMs = 25000;
    ServerLimits limits;
    QList<UnreadRoom> rooms;
};

/// The answer to one's own join. Either `recovered` with `entries`, or `messages` to begin anew with.
struct Joined {
    QString room;
    QString topic;
    QString epoch;
    EntryId lastId = 0;
    QList<Member> members;
    int memberCount = 0;
    int unread = 0;
    bool recovered = false;
    QList<Entry> entries;
    QList<Message> messages;
    QString ref;
};

struct Left {
    QString room;
};
struct Ack {
    QString room;
    EntryId id = 0;
    Timestamp timestamp;
    QString ref;
};
/// A refusal. `code` is the stable slug; codes that this client does not know are possible.
struct Refusal {
    QString code;
    QString message;
    bool temporary = false;
    int retryMs = 0;
    QString ref;
};
struct Typing {
    QString room;
    QString user;
};
struct ReadElsewhere {
    QString room;
    EntryId id = 0;
};
/// Who is in a room: joins and leaves one by one, or only the count in a large room.
struct PresenceChange {
    enum class Change : quint8 { Counted, Joined, Left };
    QString room;
    Change change = Change::Counted;
    QString user;
    int memberCount = -1; ///< -1 = not said
};
struct RoomChange {
    enum class What : quint8 { Created, Changed, Deleted };
    QString room;
    What what = What::Changed;
    RoomInfo info; ///< `name` only for Deleted
};
struct PutOut {
    QString room; ///< empty = out of the whole server
    QString by;
    QString reason;
};
struct AtTheDoor {
    bool admitted = false;
};
struct Pong {
};

using ServerMessage = std::variant<Welcome, Joined, Left, Entry, Ack, Refusal, Typing, ReadElsewhere, PresenceChange,
    RoomChange, PutOut, Notification, AtTheDoor, Pong>;

/// Decodes one text frame; nothing where it is no message that this client understands (unknown types and fields are
/// skipped as protocol.md asks). Never trusts: ids out of range, wrong types and missing fields give nothing.
/// Pure and thread-safe.
[[nodiscard]] std::optional<ServerMessage> readServerMessage(const QByteArray &text);

// The pieces, for answers over HTTP.
[[nodiscard]] std::optional<Message> readMessage(const QJsonObject &object);
[[nodiscard]] std::optional<RoomInfo> readRoom(const QJsonObject &object);
[[nodiscard]] std::optional<Member> readMember(const QJsonObject &object);
[[nodiscard]] std::optional<User> readUser(const QJsonObject &object);
[[nodiscard]] std::optional<FileInfo> readFile(const QJsonObject &object);
[[nodiscard]] std::optional<Notification> readNotification(const QJsonObject &object);

} // namespace tertulia
