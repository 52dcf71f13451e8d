// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/servermessage.h"

#include "protocol/jsonwriter.h"

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

void writeNames(JsonWriter &json, QByteArrayView key, const QStringList &names)
{
    json.key(key).beginArray();
    for (const QString &name : names)
        json.value(QStringView(name));
    json.endArray();
}

void writeRef(JsonWriter &json, const QString &ref)
{
    if (!ref.isEmpty())
        json.field("ref", QStringView(ref));
}

void writeEntryFields(JsonWriter &json, const Entry &entry)
{
    json.field("room", QStringView(entry.room)).field("id", entry.id).field("user", QStringView(entry.user));
    if (entry.kind != EntryKind::Chat)
        json.field("target", entry.target);
    if (entry.kind == EntryKind::Chat || entry.kind == EntryKind::Edit)
        json.field("content", QStringView(entry.content));
    if (entry.kind == EntryKind::Reaction) {
        json.field("emoji", QStringView(entry.emoji));
        json.field("action", QByteArrayView(entry.reactionAdded ? "add" : "remove"));
    }
    json.field("timestamp", QByteArrayView(toWire(entry.timestamp)));
    if (entry.replyTo != 0)
        json.field("reply_to", entry.replyTo);
    if (entry.file) {
        json.key("file");
        writeFile(json, *entry.file);
    }
    if (!entry.mentions.isEmpty())
        writeNames(json, "mentions", entry.mentions);
}

} // namespace

QByteArray entryKindName(EntryKind kind)
{
    switch (kind) {
    case EntryKind::Chat:
        return "chat"_ba;
    case EntryKind::Edit:
        return "edit"_ba;
    case EntryKind::Delete:
        return "delete"_ba;
    case EntryKind::Reaction:
        return "reaction"_ba;
    }
    return {};
}

std::optional<EntryKind> entryKindFromName(QStringView name)
{
    for (const EntryKind kind : {EntryKind::Chat, EntryKind::Edit, EntryKind::Delete, EntryKind::Reaction}) {
        if (name == QLatin1StringView(entryKindName(kind)))
            return kind;
    }
    return std::nullopt;
}

QByteArray encodeEntry(const Entry &entry)
{
    QByteArray out;
    out.reserve(160 + entry.content.size());
    JsonWriter json(out);
    writeEntry(json, entry);
    return out;
}

void writeEntry(JsonWriter &json, const Entry &entry)
{
    json.beginObject().field("type", QByteArrayView(entryKindName(entry.kind)));
    writeEntryFields(json, entry);
    json.endObject();
}

void writeFile(JsonWriter &json, const FileInfo &file)
{
    json.beginObject()
        .field("id", QStringView(file.id))
        .field("name", QStringView(file.name))
        .field("size", file.size)
        .field("type", QStringView(file.type))
        .field("url", QStringView(file.url))
        .endObject();
}

void writeMessage(JsonWriter &json, const Message &message)
{
    json.beginObject()
        .field("id", message.id)
        .field("room", QStringView(message.room))
        .field("user", QStringView(message.user))
        .field("content", QStringView(message.content))
        .field("timestamp", QByteArrayView(toWire(message.timestamp)));
    if (message.editedAt)
        json.field("edited_at", QByteArrayView(toWire(*message.editedAt)));
    if (message.replyTo != 0)
        json.field("reply_to", message.replyTo);
    if (message.file) {
        json.key("file");
        writeFile(json, *message.file);
    }
    if (!message.mentions.isEmpty())
        writeNames(json, "mentions", message.mentions);
    json.key("reactions").beginObject();
    for (const ReactionGroup &group : message.reactions) {
        // The emoji is a client's text: it is escaped as a value is, then stands as the key.
        QByteArray emoji;
        JsonWriter(emoji).value(QStringView(group.emoji));
        json.key(QByteArrayView(emoji).sliced(1, emoji.size() - 2)).beginArray();
        for (const QString &user : group.users)
            json.value(QStringView(user));
        json.endArray();
    }
    json.endObject().endObject();
}

void writeMember(JsonWriter &json, const Member &member)
{
    json.beginObject()
        .field("name", QStringView(member.name))
        .field("role", QByteArrayView(roleName(member.role)))
        .field("connections", member.connections)
        .field("since", QByteArrayView(toWire(member.since)))
        .endObject();
}

void writeRoom(JsonWriter &json, const RoomInfo &room)
{
    json.beginObject()
        .field("name", QStringView(room.name))
        .field("topic", QStringView(room.topic))
        .field("private", room.isPrivate)
        .field("members", room.members)
        .field("last_id", room.lastId)
        .field("created_at", QByteArrayView(toWire(room.createdAt)))
        .field("direct", room.isDirect)
        .field("password", room.hasPassword)
        .field("read_only", room.readOnly)
        .field("slow_mode_s", room.slowModeSeconds);
    if (!room.owner.isEmpty())
        json.field("owner", QStringView(room.owner));
    json.endObject();
}

void writeUser(JsonWriter &json, const User &user)
{
    json.beginObject()
        .field("id", QStringView(user.id))
        .field("name", QStringView(user.name))
        .field("role", QByteArrayView(roleName(user.role)))
        .endObject();
}

QByteArray notificationKindName(NotificationKind kind)
{
    switch (kind) {
    case NotificationKind::Mention:
        return "mention"_ba;
    case NotificationKind::Direct:
        return "direct"_ba;
    case NotificationKind::Invitation:
        return "invitation"_ba;
    case NotificationKind::Announcement:
        return "announcement"_ba;
    case NotificationKind::File:
        return "file"_ba;
    }
    return {};
}

std::optional<NotificationKind> notificationKindFromName(QStringView name)
{
    for (const auto kind : {NotificationKind::Mention, NotificationKind::Direct, NotificationKind::Invitation,
             NotificationKind::Announcement, NotificationKind::File}) {
        if (name == QLatin1StringView(notificationKindName(kind)))
            return kind;
    }
    return std::nullopt;
}

QByteArray notificationLevelName(NotificationLevel level)
{
    switch (level) {
    case NotificationLevel::Info:
        return "info"_ba;
    case NotificationLevel::Warning:
        return "warning"_ba;
    case NotificationLevel::Alert:
        return "alert"_ba;
    }
    return {};
}

std::optional<NotificationLevel> notificationLevelFromName(QStringView name)
{
    for (const auto level : {NotificationLevel::Info, NotificationLevel::Warning, NotificationLevel::Alert}) {
        if (name == QLatin1StringView(notificationLevelName(level)))
            return level;
    }
    return std::nullopt;
}

void writeNotification(JsonWriter &json, const Notification &notification, bool withType)
{
    json.beginObject();
    if (withType)
        json.field("type", QByteArrayView("notification"));
    json.field("id", notification.id)
        .field("kind", QByteArrayView(notificationKindName(notification.kind)))
        .field("title", QStringView(notification.title))
        .field("body", QStringView(notification.body))
        .field("level", QByteArrayView(notificationLevelName(notification.level)));
    if (!notification.room.isEmpty())
        json.field("room", QStringView(notification.room));
    if (!notification.from.isEmpty())
        json.field("from", QStringView(notification.from));
    json.field("timestamp", QByteArrayView(toWire(notification.timestamp))).endObject();
}

QByteArray encodeError(const Error &error, const QString &ref)
{
    QByteArray out;
    JsonWriter json(out);
    json.beginObject()
        .field("type", QByteArrayView("error"))
        .field("code", QByteArrayView(errorSlug(error.code)))
        .field("message", QStringView(error.detail))
        .field("temporary", isTemporary(error.code));
    if (error.retryAfterMs > 0)
        json.field("retry_ms", error.retryAfterMs);
    writeRef(json, ref);
    json.endObject();
    return out;
}

QByteArray encodeAck(const QString &room, EntryId id, Timestamp timestamp, const QString &ref)
{
    QByteArray out;
    out.reserve(128);
    JsonWriter json(out);
    json.beginObject()
        .field("type", QByteArrayView("ack"))
        .field("room", QStringView(room))
        .field("id", id)
        .field("timestamp", QByteArrayView(toWire(timestamp)));
    writeRef(json, ref);
    json.endObject();
    return out;
}

QByteArray encodePong(Timestamp now, const QString &ref)
{
    QByteArray out;
    JsonWriter json(out);
    json.beginObject().field("type", QByteArrayView("pong")).field("timestamp", QByteArrayView(toWire(now)));
    writeRef(json, ref);
    json.endObject();
    return out;
}

QByteArray encodeLeft(const QString &room, const QString &ref)
{
    QByteArray out;
    JsonWriter json(out);
    json.beginObject().field("type", QByteArrayView("left")).field("room", QStringView(room));
    writeRef(json, ref);
    json.endObject();
    return out;
}

QByteArray encodeTyping(const QString &room, const QString &user)
{
    QByteArray out;
    JsonWriter json(out);
    json.beginObject()
        .field("type", QByteArrayView("typing"))
        .field("room", QStringView(room))
        .field("user", QStringView(user))
        .endObject();
    return out;
}

QByteArray encodeRead(const QString &room, EntryId id)
{
    QByteArray out;
    JsonWriter json(out);
    json.beginObject()
        .field("type", QByteArrayView("read"))
        .field("room", QStringView(room))
        .field("id", id)
        .endObject();
    return out;
}

QByteArray encodeSystem(const QString &room, QByteArrayView event, QByteArrayView data)
{
    QByteArray out;
    JsonWriter json(out);
    json.beginObject().field("type", QByteArrayView("system"));
    if (!room.isEmpty())
        json.field("room", QStringView(room));
    json.field("event", event).key("data").raw(data).endObject();
    return out;
}

QByteArray encodePresence(const QString &room, int memberCount)
{
    QByteArray out;
    JsonWriter json(out);
    json.beginObject()
        .field("type", QByteArrayView("presence"))
        .field("room", QStringView(room))
        .field("member_count", memberCount)
        .endObject();
    return out;
}

} // namespace tertulia
