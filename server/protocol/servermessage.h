// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/entry.h"
#include "protocol/errorcode.h"
#include "protocol/user.h"

#include <QByteArray>
#include <QList>

#include <optional>

namespace tertulia {

class JsonWriter;

// What the server says, as compact UTF-8 JSON: one function a message type of protocol.md. Pure and thread-safe.

/// A log entry as members see it live, in `joined.entries` and on /events/rooms: {"type":"chat"|"edit"|...}.
[[nodiscard]] QByteArray encodeEntry(const Entry &entry);
/// The same without "type", as the data of an SSE event of that name carries it too.
void writeEntry(JsonWriter &json, const Entry &entry);
/// "chat", "edit", "delete", "reaction".
[[nodiscard]] QByteArray entryKindName(EntryKind kind);
[[nodiscard]] std::optional<EntryKind> entryKindFromName(QStringView name);

void writeMessage(JsonWriter &json, const Message &message);
void writeFile(JsonWriter &json, const FileInfo &file);
void writeMember(JsonWriter &json, const Member &member);
void writeRoom(JsonWriter &json, const RoomInfo &room);
void writeUser(JsonWriter &json, const User &user);
/// {"id","kind","title",...}; with `withType`, "type":"notification" stands first.
void writeNotification(JsonWriter &json, const Notification &notification, bool withType = false);
[[nodiscard]] QByteArray notificationKindName(NotificationKind kind);
[[nodiscard]] std::optional<NotificationKind> notificationKindFromName(QStringView name);
[[nodiscard]] QByteArray notificationLevelName(NotificationLevel level);
[[nodiscard]] std::optional<NotificationLevel> notificationLevelFromName(QStringView name);

[[nodiscard]] QByteArray encodeError(const Error &error, const QString &ref = {});
[[nodiscard]] QByteArray encodeAck(const QString &room, EntryId id, Timestamp timestamp, const QString &ref);
[[nodiscard]] QByteArray encodePong(Timestamp now, const QString &ref = {});
[[nodiscard]] QByteArray encodeLeft(const QString &room, const QString &ref);
[[nodiscard]] QByteArray encodeTyping(const QString &room, const QString &user);
[[nodiscard]] QByteArray encodeRead(const QString &room, EntryId id);
/// {"type":"system","room"?,"event","data"}; `data` is a complete JSON value. An empty room is left out.
[[nodiscard]] QByteArray encodeSystem(const QString &room, QByteArrayView event, QByteArrayView data);
/// {"type":"presence","room","member_count"}.
[[nodiscard]] QByteArray encodePresence(const QString &room, int memberCount);

} // namespace tertulia
