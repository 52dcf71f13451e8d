// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/servermessagereader.h"

#include "protocol/command.h"
#include "protocol/servermessage.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>

#include <cmath>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

std::optional<EntryId> readId(const QJsonValue &value)
{
    if (!value.isDouble())
        return std::nullopt;
    const double number = value.toDouble();
    if (!(number >= 0) || number > double(kLargestId) || std::floor(number) != number)
        return std::nullopt;
    return EntryId(number);
}

/// A whole number within [least, most], `otherwise` where there is none.
int readInt(const QJsonValue &value, int otherwise, int least = 0, int most = 1'000'000'000)
{
    if (!value.isDouble())
        return otherwise;
    const double number = value.toDouble();
    return number >= least && number <= most ? int(number) : otherwise;
}

qint64 readSize(const QJsonValue &value, qint64 otherwise)
{
    const auto size = readId(value);
    return size ? qint64(*size) : otherwise;
}

Timestamp readTime(const QJsonValue &value)
{
    return timestampFromWire(value.toString()).value_or(Timestamp {});
}

QStringList readNames(const QJsonValue &value)
{
    QStringList names;
    const QJsonArray array = value.toArray();
    for (const QJsonValue &name : array) {
        if (name.isString())
            names.append(name.toString());
    }
    return names;
}

template<typename T, typename Reader> QList<T> readList(const QJsonValue &value, Reader reader)
{
    QList<T> list;
    const QJsonArray array = value.toArray();
    list.reserve(array.size());
    for (const QJsonValue &item : array) {
        if (auto read = reader(item.toObject()))
            list.append(std::move(*read));
    }
    return list;
}

std::optional<Entry> readEntry(const QJsonObject &object)
{
    const auto kind = entryKindFromName(object["type"_L1].toString());
    const auto id = readId(object["id"_L1]);
    Entry entry;
    entry.room = object["room"_L1].toString();
    entry.user = object["user"_L1].toString();
    if (!kind || !id || *id == 0 || entry.room.isEmpty())
        return std::nullopt;
    entry.kind = *kind;
    entry.id = *id;
    entry.timestamp = readTime(object["timestamp"_L1]);
    entry.content = object["content"_L1].toString();
    if (entry.kind != EntryKind::Chat) {
        const auto target = readId(object["target"_L1]);
        if (!target || *target == 0)
            return std::nullopt;
        entry.target = *target;
    }
    if (entry.kind == EntryKind::Reaction) {
        entry.emoji = object["emoji"_L1].toString();
        const QString action = object["action"_L1].toString();
        if (entry.emoji.isEmpty() || entry.emoji.size() > kLongestEmoji
            || (action != "add"_L1 && action != "remove"_L1))
            return std::nullopt;
        entry.reactionAdded = action == "add"_L1;
    }
    entry.replyTo = readId(object["reply_to"_L1]).value_or(0);
    if (object["file"_L1].isObject())
        entry.file = readFile(object["file"_L1].toObject());
    entry.mentions = readNames(object["mentions"_L1]);
    return entry;
}

std::optional<UnreadRoom> readUnreadRoom(const QJsonObject &object)
{
    const auto room = readRoom(object);
    if (!room)
        return std::nullopt;
    return UnreadRoom {*room, readInt(object["unread"_L1], 0)};
}

std::optional<ServerMessage> readWelcome(const QJsonObject &object)
{
    const auto user = readUser(object["user"_L1].toObject());
    if (!user || readInt(object["protocol"_L1], 1) != 1)
        return std::nullopt;
    Welcome welcome;
    welcome.connectionId = object["connection_id"_L1].toString();
    welcome.user = *user;
    welcome.token = object["token"_L1].toString();
    const QJsonObject server = object["server"_L1].toObject();
    welcome.serverName = server["name"_L1].toString();
    welcome.serverVersion = server["version"_L1].toString();
    welcome.heartbeatMs = readInt(object["heartbeat_ms"_L1], welcome.heartbeatMs, 100, 3'600'000);
    const QJsonObject limits = object["limits"_L1].toObject();
    welcome.limits.messageBytes = readSize(limits["message_bytes"_L1], welcome.limits.messageBytes);
    welcome.limits.uploadBytes = readSize(limits["upload_bytes"_L1], welcome.limits.uploadBytes);
    welcome.rooms = readList<UnreadRoom>(object["rooms"_L1], readUnreadRoom);
    return welcome;
}

std::optional<ServerMessage> readJoined(const QJsonObject &object)
{
    Joined joined;
    joined.room = object["room"_L1].toString();
    const auto lastId = readId(object["last_id"_L1]);
    if (joined.room.isEmpty() || !lastId)
        return std::nullopt;
    joined.topic = object["topic"_L1].toString();
    joined.epoch = object["epoch"_L1].toString();
    joined.lastId = *lastId;
    joined.members = readList<Member>(object["members"_L1], readMember);
    joined.memberCount = readInt(object["member_count"_L1], int(joined.members.size()));
    joined.unread = readInt(object["unread"_L1], 0);
    joined.recovered = object["recovered"_L1].toBool(false);
    joined.entries = readList<Entry>(object["entries"_L1], readEntry);
    joined.messages = readList<Message>(object["messages"_L1], readMessage);
    joined.ref = object["ref"_L1].toString();
    return joined;
}

std::optional<ServerMessage> readAck(const QJsonObject &object)
{
    const auto id = readId(object["id"_L1]);
    if (!id)
        return std::nullopt;
    return Ack {object["room"_L1].toString(), *id, readTime(object["timestamp"_L1]), object["ref"_L1].toString()};
}

std::optional<ServerMessage> readRefusal(const QJsonObject &object)
{
    Refusal refusal;
    refusal.code = object["code"_L1].toString();
    refusal.message = object["message"_L1].toString();
    refusal.temporary = object["temporary"_L1].toBool(false);
    refusal.retryMs = readInt(object["retry_ms"_L1], 0, 0, 3'600'000);
    refusal.ref = object["ref"_L1].toString();
    if (refusal.code.isEmpty())
        return std::nullopt;
    return refusal;
}

std::optional<ServerMessage> readPresence(const QJsonObject &object, PresenceChange::Change change)
{
    PresenceChange presence;
    presence.room = object["room"_L1].toString();
    const QJsonObject data = object["data"_L1].isObject() ? object["data"_L1].toObject() : object;
    presence.user = data["user"_L1].toString();
    presence.memberCount = readInt(data["member_count"_L1], -1);
    presence.change = change;
    if (presence.room.isEmpty() || (change != PresenceChange::Change::Counted && presence.user.isEmpty()))
        return std::nullopt;
    return presence;
}

std::optional<ServerMessage> readRoomChange(const QJsonObject &object, RoomChange::What what)
{
    RoomChange change;
    change.what = what;
    const auto info = readRoom(object["data"_L1].toObject());
    change.room = object["room"_L1].toString(info ? info->name : QString());
    if (change.room.isEmpty() || (!info && what != RoomChange::What::Deleted))
        return std::nullopt;
    change.info = info.value_or(RoomInfo {});
    if (change.info.name.isEmpty())
        change.info.name = change.room;
    return change;
}

std::optional<ServerMessage> readSystem(const QJsonObject &object)
{
    const QString event = object["event"_L1].toString();
    const QJsonObject data = object["data"_L1].toObject();
    if (event == "user_joined"_L1)
        return readPresence(object, PresenceChange::Change::Joined);
    if (event == "user_left"_L1)
        return readPresence(object, PresenceChange::Change::Left);
    if (event == "room_created"_L1)
        return readRoomChange(object, RoomChange::What::Created);
    if (event == "room_changed"_L1)
        return readRoomChange(object, RoomChange::What::Changed);
    if (event == "room_deleted"_L1)
        return readRoomChange(object, RoomChange::What::Deleted);
    if (event == "kicked"_L1)
        return PutOut {object["room"_L1].toString(), data["by"_L1].toString(), data["reason"_L1].toString()};
    if (event == "announcement"_L1) {
        if (auto notification = readNotification(data))
            return *notification;
    }
    return std::nullopt;
}

std::optional<ServerMessage> readTyping(const QJsonObject &object)
{
    Typing typing {object["room"_L1].toString(), object["user"_L1].toString()};
    if (typing.room.isEmpty() || typing.user.isEmpty())
        return std::nullopt;
    return typing;
}

std::optional<ServerMessage> readReadMark(const QJsonObject &object)
{
    const auto id = readId(object["id"_L1]);
    const QString room = object["room"_L1].toString();
    if (!id || room.isEmpty())
        return std::nullopt;
    return ReadElsewhere {room, *id};
}

std::optional<ServerMessage> readLeft(const QJsonObject &object)
{
    const QString room = object["room"_L1].toString();
    return room.isEmpty() ? std::nullopt : std::optional<ServerMessage>(Left {room});
}

} // namespace

std::optional<FileInfo> readFile(const QJsonObject &object)
{
    FileInfo file;
    file.id = object["id"_L1].toString();
    file.name = object["name"_L1].toString();
    file.size = readSize(object["size"_L1], 0);
    file.type = object["type"_L1].toString();
    file.url = object["url"_L1].toString();
    if (file.id.isEmpty() || file.name.isEmpty())
        return std::nullopt;
    return file;
}

std::optional<Message> readMessage(const QJsonObject &object)
{
    const auto id = readId(object["id"_L1]);
    Message message;
    message.room = object["room"_L1].toString();
    message.user = object["user"_L1].toString();
    if (!id || *id == 0 || message.room.isEmpty())
        return std::nullopt;
    message.id = *id;
    message.content = object["content"_L1].toString();
    message.timestamp = readTime(object["timestamp"_L1]);
    message.editedAt = timestampFromWire(object["edited_at"_L1].toString());
    message.replyTo = readId(object["reply_to"_L1]).value_or(0);
    if (object["file"_L1].isObject())
        message.file = readFile(object["file"_L1].toObject());
    message.mentions = readNames(object["mentions"_L1]);
    const QJsonObject reactions = object["reactions"_L1].toObject();
    for (auto it = reactions.begin(); it != reactions.end(); ++it) {
        const QStringList users = readNames(it.value());
        if (!users.isEmpty() && !it.key().isEmpty() && it.key().size() <= kLongestEmoji)
            message.reactions.append({it.key(), users});
    }
    return message;
}

std::optional<RoomInfo> readRoom(const QJsonObject &object)
{
    RoomInfo room;
    room.name = object["name"_L1].toString();
    if (room.name.isEmpty())
        return std::nullopt;
    room.topic = object["topic"_L1].toString();
    room.isPrivate = object["private"_L1].toBool(false);
    room.isDirect = object["direct"_L1].toBool(false);
    room.hasPassword = object["password"_L1].toBool(false);
    room.readOnly = object["read_only"_L1].toBool(false);
    room.slowModeSeconds = readInt(object["slow_mode_s"_L1], 0);
    room.owner = object["owner"_L1].toString();
    room.members = readInt(object["members"_L1], 0);
    room.lastId = readId(object["last_id"_L1]).value_or(0);
    room.createdAt = readTime(object["created_at"_L1]);
    return room;
}

std::optional<Member> readMember(const QJsonObject &object)
{
    Member member;
    member.name = object["name"_L1].toString();
    if (member.name.isEmpty())
        return std::nullopt;
    member.role = roleFromName(object["role"_L1].toString()).value_or(Role::Guest);
    member.connections = readInt(object["connections"_L1], 0);
    member.since = readTime(object["since"_L1]);
    return member;
}

std::optional<User> readUser(const QJsonObject &object)
{
    User user;
    user.id = object["id"_L1].toString();
    user.name = object["name"_L1].toString();
    user.role = roleFromName(object["role"_L1].toString()).value_or(Role::Guest);
    if (user.name.isEmpty())
        return std::nullopt;
    return user;
}

std::optional<Notification> readNotification(const QJsonObject &object)
{
    const auto id = readId(object["id"_L1]);
    const auto kind = notificationKindFromName(object["kind"_L1].toString());
    if (!id || !kind)
        return std::nullopt;
    Notification notification;
    notification.id = *id;
    notification.kind = *kind;
    notification.title = object["title"_L1].toString();
    notification.body = object["body"_L1].toString();
    notification.level = notificationLevelFromName(object["level"_L1].toString()).value_or(NotificationLevel::Info);
    notification.room = object["room"_L1].toString();
    notification.from = object["from"_L1].toString();
    notification.timestamp = readTime(object["timestamp"_L1]);
    return notification;
}

std::optional<ServerMessage> readServerMessage(const QByteArray &text)
{
    const QJsonDocument document = QJsonDocument::fromJson(text);
    if (!document.isObject())
        return std::nullopt;
    const QJsonObject object = document.object();
    using Reader = std::optional<ServerMessage> (*)(const QJsonObject &);
    const auto entry = [](const QJsonObject &from) -> std::optional<ServerMessage> { return readEntry(from); };
    static const QHash<QString, Reader> kReaders = {
        {u"welcome"_s, readWelcome},
        {u"joined"_s, readJoined},
        {u"left"_s, readLeft},
        {u"chat"_s, entry},
        {u"edit"_s, entry},
        {u"delete"_s, entry},
        {u"reaction"_s, entry},
        {u"ack"_s, readAck},
        {u"error"_s, readRefusal},
        {u"typing"_s, readTyping},
        {u"read"_s, readReadMark},
        {u"system"_s, readSystem},
        {u"presence"_s, [](const QJsonObject &from) { return readPresence(from, PresenceChange::Change::Counted); }},
        {u"notification"_s,
            [](const QJsonObject &from) -> std::optional<ServerMessage> { return readNotification(from); }},
        {u"waiting"_s, [](const QJsonObject &) -> std::optional<ServerMessage> { return AtTheDoor {false}; }},
        {u"admitted"_s, [](const QJsonObject &) -> std::optional<ServerMessage> { return AtTheDoor {true}; }},
        {u"pong"_s, [](const QJsonObject &) -> std::optional<ServerMessage> { return Pong {}; }},
    };
    const auto reader = kReaders.constFind(object["type"_L1].toString());
    return reader == kReaders.cend() ? std::nullopt : (*reader)(object);
}

} // namespace tertulia
