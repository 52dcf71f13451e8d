// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/welcome.h"

#include "domain/chathub.h"
#include "domain/readmarks.h"
#include "protocol/jsonwriter.h"
#include "protocol/servermessage.h"
#include "settings/serversettings.h"

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMostRooms = 100;
constexpr int kMostUnread = 1000;

struct MarksAndCounts {
    QList<ReadMark> marks;
    UnreadCounts counts;
};

void writeWelcomeRoom(JsonWriter &json, const Room &room, int unread)
{
    const RoomInfo info = room.info();
    json.beginObject()
        .field("name", QStringView(info.name))
        .field("topic", QStringView(info.topic))
        .field("private", info.isPrivate)
        .field("direct", info.isDirect)
        .field("password", info.hasPassword)
        .field("members", info.members)
        .field("last_id", info.lastId)
        .field("unread", unread);
    if (info.isDirect) {
        json.key("with").beginArray();
        for (const QString &name : room.belongs)
            json.value(QStringView(name));
        json.endArray();
    }
    json.endObject();
}

} // namespace

void readUnread(ChatHub &hub, const Principal &who, std::function<void(const Result<UnreadCounts> &)> then)
{
    const QString userId = who.user.id;
    QList<RoomKey> direct;
    const QList<Room *> own = hub.services().rooms.belongingTo(userId);
    for (const Room *room : own) {
        if (room->record.isDirect)
            direct.append(room->key());
    }
    readFrom<MarksAndCounts>(
        hub.services().store, &hub,
        // What this server knows is ahead of the store by what is on its way there.
        [userId, direct, known = hub.readMarks().all(userId)](Storage &storage) -> Result<MarksAndCounts> {
            auto marks = storage.readMarks().of(userId);
            if (!marks)
                return marks.error();
            MarksAndCounts loaded {*marks, {}};
            QHash<RoomKey, EntryId> from;
            for (const RoomKey key : direct)
                from.insert(key, 0);
            for (const ReadMark &mark : std::as_const(loaded.marks))
                from.insert(mark.room, std::max(mark.id, known.value(mark.room)));
            for (auto mark = from.cbegin(); mark != from.cend(); ++mark) {
                const auto unread = storage.entries().unread(mark.key(), userId, mark.value(), kMostUnread);
                if (!unread)
                    return unread.error();
                loaded.counts.insert(mark.key(), *unread);
            }
            return loaded;
        },
        [&hub, userId, then = std::move(then)](const Result<MarksAndCounts> &result) {
            if (!result) {
                then(result.error());
                return;
            }
            hub.readMarks().put(userId, result->marks);
            then(result->counts);
        });
}

QByteArray welcomeRooms(ChatHub &hub, const Principal &who, const UnreadCounts &unread)
{
    RoomDirectory &rooms = hub.services().rooms;
    QByteArray out;
    JsonWriter json(out);
    json.beginArray();
    QSet<RoomKey> told;
    const auto tell = [&](const Room *room) {
        if (!room || told.size() >= kMostRooms || told.contains(room->key()) || room->isHiddenFrom(who.user.id))
            return;
        told.insert(room->key());
        writeWelcomeRoom(json, *room, unread.value(room->key()));
    };
    tell(rooms.find(u"general"_s));
    for (auto count = unread.cbegin(); count != unread.cend(); ++count)
        tell(rooms.find(count.key()));
    const QList<Room *> own = rooms.belongingTo(who.user.id);
    for (const Room *room : own)
        tell(room);
    for (const Room *room : hub.publicRooms())
        tell(room);
    json.endArray();
    return out;
}

QByteArray encodeWelcome(const ServerSettings &settings, const QString &connectionId, const User &user,
    const QByteArray &roomsJson, const QString &token, Timestamp now)
{
    QByteArray out;
    out.reserve(512 + roomsJson.size() + token.size());
    JsonWriter json(out);
    json.beginObject()
        .field("type", QByteArrayView("welcome"))
        .field("protocol", 1)
        .field("connection_id", QStringView(connectionId));
    json.key("user");
    writeUser(json, user);
    json.key("server")
        .beginObject()
        .field("name", QStringView(settings.name))
        .field("version", QByteArrayView(TERTULIA_VERSION))
        .endObject();
    json.field("heartbeat_ms", qint64(settings.heartbeatInterval.count()));
    json.key("limits")
        .beginObject()
        .field("messages_per_second", settings.messagesPerSecond)
        .field("burst", settings.burst)
        .field("message_bytes", settings.messageBytes)
        .field("upload_bytes", settings.uploadBytes)
        .field("connections_per_user", settings.connectionsPerUser)
        .endObject();
    json.key("rooms").raw(roomsJson);
    if (!token.isEmpty())
        json.field("token", QStringView(token));
    json.field("timestamp", QByteArrayView(toWire(now))).endObject();
    return out;
}

} // namespace tertulia
