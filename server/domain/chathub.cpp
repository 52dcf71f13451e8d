// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/chathub.h"

#include "domain/chatsession.h"
#include "domain/clock.h"
#include "domain/connectionregistry.h"
#include "domain/notificationcenter.h"
#include "domain/presence.h"
#include "domain/publisher.h"
#include "domain/readmarks.h"
#include "domain/streamfeeder.h"
#include "domain/userdirectory.h"
#include "metrics/metrics.h"
#include "protocol/jsonwriter.h"
#include "protocol/servermessage.h"
#include "settings/serversettings.h"

namespace tertulia {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QByteArray roomJson(const Room &room)
{
    QByteArray out;
    JsonWriter json(out);
    writeRoom(json, room.info());
    return out;
}

QByteArray kickedJson(const QString &by, const QString &reason)
{
    QByteArray out;
    JsonWriter json(out);
    json.beginObject().field("by", QStringView(by)).field("reason", QStringView(reason)).endObject();
    return out;
}

bool manages(const Principal &who, const Room &room)
{
    return who.isAdmin() || (!room.record.ownerId.isEmpty() && room.record.ownerId == who.user.id);
}

} // namespace

ChatHub::ChatHub(const HubServices &services, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_publisher(std::make_unique<Publisher>(services.store, services.rooms, services.metrics, services.clock))
    , m_presence(std::make_unique<Presence>(services.rooms, *m_publisher, services.settings, services.clock))
    , m_feeder(std::make_unique<StreamFeeder>(services.store, services.rooms))
    , m_readMarks(std::make_unique<ReadMarks>(services.store))
{
    connect(m_publisher.get(), &Publisher::published, this, &ChatHub::entryPublished);
    connect(m_publisher.get(), &Publisher::filesFreed, this, &ChatHub::filesFreed);
    connect(m_publisher.get(), &Publisher::settled, this, &ChatHub::removeIfEmpty);
    connect(m_presence.get(), &Presence::gone, this, [this](Room *room) { removeIfEmpty(room); });
    connect(&services.rooms, &RoomDirectory::created, this, &ChatHub::roomCreated);
    connect(&services.rooms, &RoomDirectory::changed, this, &ChatHub::roomChanged);
    connect(&services.rooms, &RoomDirectory::aboutToRemove, this, &ChatHub::roomRemoved);
}

ChatHub::~ChatHub() = default;

ConnectionListener *ChatHub::open(
    Connection &connection, ConnectionRecord &record, const SignedIn &who, const ChatEntrance &entrance)
{
    auto session = std::make_shared<ChatSession>(*this, connection, record, who, entrance);
    ChatSession *opened = session.get();
    m_sessions.insert(opened, std::move(session));
    m_sessionsOfUser[opened->user().id].append(opened);
    record.rooms = [opened] { return opened->roomNames(); };
    m_services.users.connected(opened->user().id);
    opened->start();
    return opened;
}

void ChatHub::ended(ChatSession &session)
{
    const QString userId = session.user().id;
    const auto sessions = m_sessionsOfUser.find(userId);
    if (sessions != m_sessionsOfUser.end()) {
        sessions->removeOne(&session);
        if (sessions->isEmpty()) {
            m_sessionsOfUser.erase(sessions);
            m_readMarks->forget(userId);
        }
    }
    m_services.users.disconnected(userId);
    m_sessions.remove(&session);
}

QList<Room *> ChatHub::publicRooms() const
{
    // A snapshot for welcomes: a crowd that comes in one second sees the same list.
    const auto now = m_services.clock.steadyNow();
    if (m_publicRoomsAt == std::chrono::steady_clock::time_point() || now - m_publicRoomsAt > 1s) {
        m_publicRooms = m_services.rooms.visibleTo({});
        m_publicRoomsAt = now;
    }
    return m_publicRooms;
}

Result<Room *> ChatHub::readableRoom(const QString &name, const Principal &who) const
{
    Room *room = m_services.rooms.findFor(name, who.user.id);
    if (!room)
        return ErrorCode::NoSuchRoom;
    if (!room->record.passwordHash.isEmpty() && !manages(who, *room) && !room->findMember(who.user.id)
        && !room->passwordGiven.contains(who.user.id))
        return Error(ErrorCode::Forbidden, u"The room asks for a password."_s);
    return room;
}

Result<Room *> ChatHub::managedRoom(const QString &name, const Principal &who) const
{
    Room *room = m_services.rooms.find(name);
    if (!room || (room->isHiddenFrom(who.user.id) && !manages(who, *room)))
        return ErrorCode::NoSuchRoom;
    if (!manages(who, *room))
        return ErrorCode::Forbidden;
    return room;
}

Result<void> ChatHub::checkContent(const QString &content) const
{
    if (content.trimmed().isEmpty())
        return Error(ErrorCode::InvalidField, u"content is empty."_s);
    // Three bytes are the most that one UTF-16 unit takes: the exact count is made only where it can matter.
    const qint64 limit = m_services.settings.messageBytes;
    if (limit > 0 && content.size() * 3 > limit && content.toUtf8().size() > limit)
        return ErrorCode::TooLarge;
    return {};
}

Result<void> ChatHub::judgeChat(Room &room, const Principal &who, const PublishRequest &request)
{
    if (!request.file) {
        if (const auto fine = checkContent(request.content); !fine)
            return fine;
    }
    const bool isManager = manages(who, room);
    if (room.record.readOnly && !isManager)
        return Error(ErrorCode::Forbidden, u"The room is read-only."_s);
    if (room.record.slowModeSeconds > 0 && !isManager) {
        const auto now = m_services.clock.steadyNow();
        const auto last = room.lastChat.constFind(who.user.id);
        const auto pause = std::chrono::seconds(room.record.slowModeSeconds);
        if (last != room.lastChat.cend() && now - *last < pause) {
            const auto wait = std::chrono::ceil<std::chrono::milliseconds>(pause - (now - *last));
            return Error(ErrorCode::SlowMode, defaultDetail(ErrorCode::SlowMode), wait.count());
        }
        room.lastChat.insert(who.user.id, now);
    }
    return {};
}

Result<Room *> ChatHub::judge(const Principal &who, const PublishRequest &request, bool needsJoin)
{
    Room *room = m_services.rooms.findFor(request.room, who.user.id);
    if (!room)
        return ErrorCode::NoSuchRoom;
    const bool isOwnDirect = room->record.isDirect && room->belongs.contains(who.user.id);
    if (needsJoin && !isOwnDirect) {
        const RoomMember *member = room->findMember(who.user.id);
        if (!member)
            return ErrorCode::NotJoined;
    }
    switch (request.kind) {
    case EntryKind::Chat:
        if (const auto fine = judgeChat(*room, who, request); !fine)
            return fine.error();
        break;
    case EntryKind::Edit:
        if (const auto fine = checkContent(request.content); !fine)
            return fine.error();
        if (room->record.readOnly && !manages(who, *room))
            return Error(ErrorCode::Forbidden, u"The room is read-only."_s);
        break;
    case EntryKind::Delete:
    case EntryKind::Reaction:
        break;
    }
    return room;
}

void ChatHub::submit(Room &room, const Principal &who, const PublishRequest &request,
    std::chrono::steady_clock::time_point receivedAt, std::function<void(const Result<Appended> &)> then)
{
    PendingEntry pending;
    EntryDraft &draft = pending.draft;
    draft.room = room.key();
    draft.kind = request.kind;
    draft.userId = who.user.id;
    draft.user = who.user.name;
    draft.content = request.content;
    draft.timestamp = m_services.clock.now();
    draft.target = request.target;
    draft.replyTo = request.replyTo;
    draft.emoji = request.emoji;
    draft.reactionAdded = request.reactionAdded;
    draft.file = request.file;
    draft.ref = request.ref;
    draft.mayTouchOthers = who.isAdmin();
    if (request.kind == EntryKind::Chat && request.content.contains(u'@')) {
        const auto mentioned = m_services.users.mentionedIn(
            request.content, [&room](const User &user) { return !room.isHiddenFrom(user.id); });
        for (const User &user : mentioned)
            draft.mentions.append(user.name);
    }
    pending.receivedAt = receivedAt;
    pending.then = std::move(then);
    m_publisher->publish(room, std::move(pending));
}

void ChatHub::publish(const Principal &who, const PublishRequest &request, QObject *context, PublishThen then)
{
    auto room = request.kind == EntryKind::Chat ? readableRoom(request.room, who) : judge(who, request, false);
    if (room)
        room = judge(who, request, false);
    if (!room) {
        then(room.error());
        return;
    }
    submit(**room, who, request, m_services.clock.steadyNow(),
        [guard = QPointer<QObject>(context), then = std::move(then)](const Result<Appended> &result) {
            if (guard)
                then(result);
        });
}

void ChatHub::entryPublished(Room *room, const Entry &entry)
{
    trimHistory(*room);
    if (entry.kind != EntryKind::Chat)
        return;
    Notification notification;
    notification.title = entry.user;
    notification.body = entry.content.left(200);
    notification.room = room->record.name;
    notification.from = entry.user;
    QSet<QString> told {entry.userId};
    const auto tell = [&](const QString &userId, NotificationKind kind) {
        if (told.contains(userId))
            return;
        told.insert(userId);
        notification.kind = kind;
        m_services.notifications.notify(userId, notification);
    };
    if (room->record.isDirect) {
        for (auto user = room->belongs.keyBegin(); user != room->belongs.keyEnd(); ++user)
            tell(*user, NotificationKind::Direct);
        return;
    }
    for (const QString &name : entry.mentions) {
        if (const auto user = m_services.users.byName(name))
            tell(user->id, NotificationKind::Mention);
    }
    if (!entry.file)
        return;
    notification.body = entry.file->name;
    for (auto user = room->belongs.keyBegin(); user != room->belongs.keyEnd(); ++user)
        tell(*user, NotificationKind::File);
    const std::vector<RoomMember> members = room->members();
    for (const RoomMember &member : members)
        tell(member.user.id, NotificationKind::File);
}

void ChatHub::trimHistory(Room &room)
{
    const qint64 keep = m_services.settings.roomHistory;
    // In strides: cutting one entry for every new one would double the work of the store.
    const qint64 slack = std::max<qint64>(1, keep / 10);
    if (keep <= 0 || qint64(room.record.lastId - room.record.firstId) + 1 < keep + slack
        || m_trimming.contains(room.key()))
        return;
    m_trimming.insert(room.key());
    writeTo<EntryId>(
        m_services.store, this,
        [key = room.key(), keep](Storage &storage) { return storage.entries().trim(key, keep); },
        [this, key = room.key()](const Result<EntryId> &first) {
            m_trimming.remove(key);
            Room *known = m_services.rooms.find(key);
            if (known && first) {
                known->record.firstId = *first;
                known->recentIsValid = false;
            }
        });
}

QList<Member> ChatHub::members(const Room &room) const
{
    QList<Member> members;
    members.reserve(qsizetype(room.members().size()));
    for (const RoomMember &member : room.members())
        members.append({member.user.name, member.user.role, member.connections, member.since});
    return members;
}

void ChatHub::subscribeStream(Room &room, Connection &stream, std::optional<EntryId> lastEventId)
{
    m_feeder->subscribe(room, stream, lastEventId);
}

void ChatHub::unsubscribeStream(Connection &stream)
{
    m_feeder->unsubscribe(stream);
}

void ChatHub::broadcast(const Frame &frame)
{
    for (auto session = m_sessions.keyBegin(); session != m_sessions.keyEnd(); ++session)
        (*session)->connection().send(frame);
}

void ChatHub::sendToUser(const QString &userId, const Frame &frame, const ChatSession *except)
{
    const QList<ChatSession *> sessions = sessionsOf(userId);
    for (ChatSession *session : sessions) {
        if (session != except)
            session->connection().send(frame);
    }
}

void ChatHub::tellRoom(Room &room, QByteArrayView event, const QByteArray &data)
{
    const QByteArray json = encodeSystem(room.record.name, event, data);
    m_publisher->broadcast(room, Frame(json));
    // The feeds of everyone it concerns, in the room now or belonging to it.
    QSet<QString> users;
    for (auto user = room.belongs.keyBegin(); user != room.belongs.keyEnd(); ++user)
        users.insert(*user);
    for (const RoomMember &member : room.members())
        users.insert(member.user.id);
    for (const QString &userId : std::as_const(users))
        m_services.notifications.sendSystem(userId, json);
}

void ChatHub::createRoom(const Principal &who, const RoomDraft &draft, QObject *context, RoomDirectory::RoomThen then)
{
    m_services.rooms.create(draft, who.user, false, context, std::move(then));
}

void ChatHub::roomCreated(Room *room)
{
    m_publicRoomsAt = {};
    const Frame frame(encodeSystem(room->record.name, "room_created", roomJson(*room)));
    if (!room->record.isPrivate) {
        broadcast(frame);
        return;
    }
    for (auto user = room->belongs.keyBegin(); user != room->belongs.keyEnd(); ++user) {
        const QList<ChatSession *> sessions = sessionsOf(*user);
        for (ChatSession *session : sessions) {
            if (!session->isOpen())
                continue;
            session->connection().send(frame);
            if (room->record.isDirect)
                room->addSubscriber(session->connection());
        }
    }
}

void ChatHub::changeRoom(Room &room, const RoomDraft &draft, QObject *context, RoomDirectory::RoomThen then)
{
    m_services.rooms.change(room, draft, context, std::move(then));
}

void ChatHub::roomChanged(Room *room)
{
    m_publicRoomsAt = {};
    tellRoom(*room, "room_changed", roomJson(*room));
    // Streams of those who may not see it any more end.
    const QList<Connection *> streams = m_feeder->streamsOf(*room);
    for (Connection *stream : streams) {
        const ConnectionRecord *record = m_services.connections.findBy(*stream);
        if (record && record->principal && room->isHiddenFrom(record->principal->user.id))
            stream->close(CloseCode::Normal, "no_such_room"_ba);
    }
}

void ChatHub::deleteRoom(Room &room, QObject *context, std::function<void(Result<void>)> then)
{
    if (room.record.name == u"general") {
        then(Error(ErrorCode::Forbidden, u"The room general always exists."_s));
        return;
    }
    m_services.rooms.remove(
        room, this, [this, guard = QPointer<QObject>(context), then = std::move(then)](Result<QStringList> result) {
            if (result && !result->isEmpty())
                Q_EMIT filesFreed(*result);
            if (guard)
                then(result ? Result<void>() : Result<void>(result.error()));
        });
}

void ChatHub::roomRemoved(Room *room)
{
    m_publicRoomsAt = {};
    tellRoom(*room, "room_deleted", roomJson(*room));
    m_publisher->flush(*room);
    for (auto session = m_sessions.keyBegin(); session != m_sessions.keyEnd(); ++session) {
        if ((*session)->isIn(*room))
            (*session)->forget(*room);
    }
    const QList<Connection *> streams = m_feeder->streamsOf(*room);
    for (Connection *stream : streams)
        stream->close(CloseCode::Normal, "room_deleted"_ba);
}

void ChatHub::removeIfEmpty(Room *room)
{
    const RoomRecord &record = room->record;
    if (!record.madeByJoining || !room->members().empty() || !room->holds.isEmpty() || room->entriesUnderWay > 0
        || record.lastId >= record.firstId || record.name == u"general")
        return;
    // Not from within the caller's walk over the room.
    QMetaObject::invokeMethod(
        this,
        [this, key = record.key] {
            Room *known = m_services.rooms.find(key);
            if (known && known->members().empty() && known->holds.isEmpty() && known->entriesUnderWay == 0
                && known->record.lastId < known->record.firstId)
                m_services.rooms.remove(*known, this, [](const Result<QStringList> &) {});
        },
        Qt::QueuedConnection);
}

void ChatHub::invite(
    Room &room, const Principal &by, const QString &name, QObject *context, std::function<void(Result<void>)> then)
{
    const auto user = m_services.users.byName(name);
    if (!user) {
        then(ErrorCode::NoSuchUser);
        return;
    }
    if (room.record.isDirect) {
        then(Error(ErrorCode::Forbidden, u"A direct room has two members."_s));
        return;
    }
    Notification notification;
    notification.kind = NotificationKind::Invitation;
    notification.title = room.record.name;
    notification.body = room.record.topic;
    notification.room = room.record.name;
    notification.from = by.user.name;
    const bool isNew = !room.belongs.contains(user->id);
    m_services.rooms.addMembership(room, user->id, user->name, this,
        [this, isNew, userId = user->id, notification, guard = QPointer<QObject>(context), then = std::move(then)](
            Result<void> result) {
            if (!result || !isNew) {
                if (guard)
                    then(std::move(result));
                return;
            }
            // The answer follows the notification: whoever asks for it then finds it.
            m_services.notifications.notify(userId, notification, this, [guard, then](const Result<Notification> &) {
                if (guard)
                    then({});
            });
        });
}

void ChatHub::putOut(Room &room, const Principal &by, const QString &name, const QString &reason, QObject *context,
    std::function<void(Result<void>)> then)
{
    auto user = m_services.users.byName(name);
    if (!user) {
        // A guest who is gone may still belong to the room.
        for (auto belonging = room.belongs.cbegin(); belonging != room.belongs.cend(); ++belonging) {
            if (belonging.value().compare(name, Qt::CaseInsensitive) == 0)
                user = User {belonging.key(), belonging.value(), Role::Guest};
        }
    }
    if (!user || (!room.belongs.contains(user->id) && !room.findMember(user->id))) {
        then(ErrorCode::NoSuchUser);
        return;
    }
    const QByteArray json = encodeSystem(room.record.name, "kicked", kickedJson(by.user.name, reason));
    m_services.rooms.removeMembership(room, user->id, this,
        [this, key = room.key(), userId = user->id, json, guard = QPointer<QObject>(context), then = std::move(then)](
            Result<void> result) {
            Room *known = m_services.rooms.find(key);
            if (result && known) {
                sendToUser(userId, Frame(json));
                m_services.notifications.sendSystem(userId, json);
                known->passwordGiven.remove(userId);
                const QList<ChatSession *> sessions = sessionsOf(userId);
                for (ChatSession *session : sessions)
                    session->forget(*known);
                const QList<Connection *> streams = m_feeder->streamsOf(*known);
                for (Connection *stream : streams) {
                    const ConnectionRecord *record = m_services.connections.findBy(*stream);
                    if (record && record->principal && record->principal->user.id == userId)
                        stream->close(CloseCode::Kicked, "kicked"_ba);
                }
                m_presence->putOut(*known, userId, "kicked"_ba);
            }
            if (guard)
                then(std::move(result));
        });
}

} // namespace tertulia
