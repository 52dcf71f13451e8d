// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/chatsession.h"

#include "domain/clock.h"
#include "domain/connectionregistry.h"
#include "domain/door.h"
#include "domain/presence.h"
#include "domain/publisher.h"
#include "domain/readmarks.h"
#include "domain/roomentry.h"
#include "domain/welcome.h"
#include "identity/passwordhasher.h"
#include "metrics/metrics.h"
#include "protocol/names.h"
#include "protocol/servermessage.h"
#include "settings/serversettings.h"

namespace tertulia {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// Commands that may wait behind a join; the rate limit keeps an honest client far below.
constexpr std::size_t kMostWaiting = 1000;
constexpr auto kTypingEvery = 3s;

Rate messageRate(const ServerSettings &settings)
{
    return Rate {settings.messagesPerSecond, settings.burst};
}

} // namespace

ChatSession::ChatSession(
    ChatHub &hub, Connection &connection, ConnectionRecord &record, SignedIn who, ChatEntrance entrance)
    : m_hub(hub)
    , m_connection(connection)
    , m_record(&record)
    , m_principal(std::move(who.principal))
    , m_token(entrance.tellToken ? std::move(who.token) : QString())
    , m_entrance(std::move(entrance))
{
}

ChatSession::~ChatSession() = default;

void ChatSession::start()
{
    ReadMarks &marks = m_hub.readMarks();
    if (marks.isLoaded(user().id) && m_hub.services().rooms.belongingTo(user().id).isEmpty()
        && marks.all(user().id).isEmpty()) {
        welcome(welcomeRooms(m_hub, m_principal, {}));
        return;
    }
    // A name made a moment ago has read nothing and belongs nowhere: no look into the store for a crowd of guests.
    if (m_entrance.tellToken) {
        marks.put(user().id, {});
        welcome(welcomeRooms(m_hub, m_principal, {}));
        return;
    }
    loadMarks();
}

void ChatSession::loadMarks()
{
    readUnread(m_hub, m_principal, [weak = weak_from_this()](const Result<UnreadCounts> &unread) {
        const auto self = weak.lock();
        if (!self || self->m_state == State::Ended)
            return;
        // Without its counts a client can still chat; without the store it hears so at the first message.
        self->welcome(welcomeRooms(self->m_hub, self->m_principal, unread ? *unread : UnreadCounts()));
    });
}

void ChatSession::welcome(const QByteArray &rooms)
{
    send(encodeWelcome(m_hub.services().settings, m_record->id, user(), rooms, std::exchange(m_token, {}),
        m_hub.services().clock.now()));
    Door &door = m_hub.services().door;
    if (!m_hub.services().settings.door || m_principal.isAdmin() || door.isAdmitted(user().id)) {
        door.admit(user().id);
        open();
        return;
    }
    m_state = State::Waiting;
    m_isBusy = false;
    send("{\"type\":\"waiting\"}"_ba);
    const Handshake &shake = m_connection.handshake();
    const DoorKnock draft {{}, user().name, shake.address, QString::fromUtf8(shake.userAgent), {}};
    m_knock = door.knock(user().id, draft, [weak = weak_from_this()](bool admitted) {
        const auto self = weak.lock();
        if (!self || self->m_state != State::Waiting)
            return;
        self->m_knock.clear();
        if (!admitted) {
            self->m_connection.close(CloseCode::Kicked, "refused_at_the_door"_ba);
            return;
        }
        self->send("{\"type\":\"admitted\"}"_ba);
        self->m_isBusy = true;
        self->open();
    });
}

void ChatSession::open()
{
    m_state = State::Open;
    const QList<Room *> own = m_hub.services().rooms.belongingTo(user().id);
    for (Room *room : own) {
        if (room->record.isDirect)
            room->addSubscriber(m_connection);
    }
    if (m_entrance.join)
        execute({}, *std::exchange(m_entrance.join, std::nullopt));
    else
        resume();
}

void ChatSession::textReceived(const QByteArray &utf8)
{
    const HubServices &services = m_hub.services();
    services.metrics.messageReceived();
    const Rate rate = messageRate(services.settings);
    const auto now = services.clock.steadyNow();
    if (const auto wait = m_limiter.tryTake(rate, now); wait > 0ms) {
        services.metrics.refused("rate_limited"_ba);
        if (m_limiter.isFlooding(rate)) {
            m_connection.close(CloseCode::PolicyViolation, "flooding"_ba);
            return;
        }
        const auto decoded = decodeCommand(utf8);
        const auto *command = std::get_if<Command>(&decoded);
        sendError(Error(ErrorCode::RateLimited, defaultDetail(ErrorCode::RateLimited), wait.count()),
            command ? command->ref : std::get<CommandError>(decoded).ref);
        return;
    }
    if (m_isBusy) {
        if (m_waiting.size() >= kMostWaiting)
            m_connection.close(CloseCode::PolicyViolation, "flooding"_ba);
        else
            m_waiting.push_back(utf8);
        return;
    }
    m_receivedAt = now;
    handle(utf8);
}

void ChatSession::binaryReceived(const QByteArray &)
{
    m_connection.close(CloseCode::UnsupportedData, "text_only"_ba);
}

void ChatSession::handle(const QByteArray &utf8)
{
    const auto decoded = decodeCommand(utf8);
    if (const auto *failure = std::get_if<CommandError>(&decoded)) {
        sendError(failure->error, failure->ref);
        return;
    }
    const Command &command = std::get<Command>(decoded);
    if (m_state == State::Waiting && !std::holds_alternative<PingCommand>(command.body)) {
        sendError(Error(ErrorCode::Forbidden, u"The host has not let you in yet."_s), command.ref);
        return;
    }
    std::visit([this, &command](const auto &body) { execute(command.ref, body); }, command.body);
}

void ChatSession::resume()
{
    m_isBusy = false;
    while (!m_isBusy && !m_waiting.empty() && m_state != State::Ended) {
        const QByteArray next = std::move(m_waiting.front());
        m_waiting.pop_front();
        m_receivedAt = m_hub.services().clock.steadyNow();
        handle(next);
    }
}

void ChatSession::sendError(const Error &error, const QString &ref)
{
    send(encodeError(error, ref));
}

QStringList ChatSession::roomNames() const
{
    QStringList names;
    for (const RoomKey key : m_rooms) {
        if (const Room *room = m_hub.services().rooms.find(key))
            names.append(room->record.name);
    }
    names.sort();
    return names;
}

void ChatSession::forget(Room &room)
{
    room.removeSubscriber(m_connection);
    m_rooms.remove(room.key());
    m_record->changed = true;
}

void ChatSession::ended(const ConnectionEnd &end)
{
    const auto self = shared_from_this(); // the hub lets go of it below
    m_state = State::Ended;
    m_waiting.clear();
    if (!m_knock.isEmpty())
        m_hub.services().door.withdraw(m_knock);
    const QList<RoomKey> keys(m_rooms.cbegin(), m_rooms.cend());
    const QByteArray reason = end.code == int(CloseCode::Kicked) ? "kicked"_ba
        : end.code == int(CloseCode::SlowConsumer)               ? "too_slow"_ba
                                                                 : QByteArray();
    // A going away of the server's own is no farewell: its clients come back.
    const bool clean = (end.wasClean && end.code != int(CloseCode::SlowConsumer)) || end.code == int(CloseCode::Kicked);
    for (const RoomKey key : keys) {
        if (Room *room = m_hub.services().rooms.find(key)) {
            room->removeSubscriber(m_connection);
            m_hub.presence().left(*room, user().id, clean, reason);
        }
    }
    const QList<Room *> own = m_hub.services().rooms.belongingTo(user().id);
    for (Room *room : own)
        room->removeSubscriber(m_connection);
    m_hub.services().metrics.closed(end.code);
    m_hub.services().connections.remove(*m_record, end.code);
    m_hub.ended(*this);
}

Room *ChatSession::roomOf(const QString &name, const QString &ref)
{
    Room *room = m_hub.services().rooms.findFor(name, user().id);
    if (!room) {
        sendError(ErrorCode::NoSuchRoom, ref);
        return nullptr;
    }
    if (!m_rooms.contains(room->key()) && !(room->record.isDirect && room->belongs.contains(user().id))) {
        sendError(ErrorCode::NotJoined, ref);
        return nullptr;
    }
    return room;
}

void ChatSession::execute(const QString &ref, const JoinCommand &command)
{
    const HubServices &services = m_hub.services();
    const auto name = normalizeRoomName(command.room);
    if (!name) {
        sendError(name.error(), ref);
        resume();
        return;
    }
    if (Room *room = services.rooms.find(*name)) {
        enter(*room, command, ref);
        return;
    }
    if (!services.settings.createByJoining) {
        sendError(ErrorCode::NoSuchRoom, ref);
        resume();
        return;
    }
    m_isBusy = true;
    RoomDraft draft;
    draft.name = *name;
    services.rooms.create(draft, user(), true, &m_hub, [weak = weak_from_this(), command, ref](Result<Room *> made) {
        const auto self = weak.lock();
        if (!self || self->m_state == State::Ended)
            return;
        if (made) {
            self->enter(**made, command, ref);
            return;
        }
        self->sendError(made.error(), ref);
        self->resume();
    });
}

void ChatSession::enter(Room &room, const JoinCommand &command, const QString &ref)
{
    m_isBusy = true;
    if (room.isHiddenFrom(user().id)) {
        sendError(ErrorCode::NoSuchRoom, ref);
        resume();
        return;
    }
    const bool needsPassword = !room.record.passwordHash.isEmpty() && !m_principal.isAdmin()
        && room.record.ownerId != user().id && !room.passwordGiven.contains(user().id);
    if (!needsPassword) {
        std::make_shared<RoomEntry>(m_hub, shared_from_this(), room, command, ref)->start();
        return;
    }
    if (command.password.isEmpty()) {
        sendError(Error(ErrorCode::Forbidden, u"The room asks for a password."_s), ref);
        resume();
        return;
    }
    m_hub.services().hasher.verify(room.record.passwordHash, command.password, &m_hub,
        [weak = weak_from_this(), key = room.key(), command, ref](const Result<bool> &right) {
            const auto self = weak.lock();
            if (!self || self->m_state == State::Ended)
                return;
            Room *known = self->m_hub.services().rooms.find(key);
            if (known && right && *right) {
                known->passwordGiven.insert(self->user().id);
                std::make_shared<RoomEntry>(self->m_hub, self, *known, command, ref)->start();
                return;
            }
            self->sendError(!known ? Error(ErrorCode::NoSuchRoom)
                    : !right       ? Error(ErrorCode::RateLimited, right.error().detail, 1000)
                                   : Error(ErrorCode::Forbidden, u"The password is wrong."_s),
                ref);
            self->resume();
        });
}

void ChatSession::execute(const QString &ref, const LeaveCommand &command)
{
    Room *room = m_hub.services().rooms.findFor(command.room, user().id);
    if (!room || !m_rooms.contains(room->key())) {
        sendError(room ? ErrorCode::NotJoined : ErrorCode::NoSuchRoom, ref);
        return;
    }
    const QString name = room->record.name;
    m_rooms.remove(room->key());
    // What was said in this turn before the leave still reaches the one who leaves.
    m_hub.publisher().flush(*room);
    if (!room->record.isDirect)
        room->removeSubscriber(m_connection);
    m_record->changed = true;
    send(encodeLeft(name, ref));
    m_hub.presence().left(*room, user().id, true, {});
}

void ChatSession::publish(const PublishRequest &request)
{
    auto room = m_hub.judge(m_principal, request, true);
    if (!room) {
        sendError(room.error(), request.ref);
        return;
    }
    m_hub.submit(**room, m_principal, request, m_receivedAt,
        [weak = weak_from_this(), name = (*room)->record.name, ref = request.ref](const Result<Appended> &result) {
            const auto self = weak.lock();
            if (!self || self->m_state == State::Ended)
                return;
            if (result)
                self->send(encodeAck(name, result->id, result->timestamp, ref));
            else
                self->sendError(result.error(), ref);
        });
}

void ChatSession::execute(const QString &ref, const ChatCommand &command)
{
    PublishRequest request;
    request.room = command.room;
    request.content = command.content;
    request.replyTo = command.replyTo;
    request.ref = ref;
    publish(request);
}

void ChatSession::execute(const QString &ref, const EditCommand &command)
{
    PublishRequest request;
    request.kind = EntryKind::Edit;
    request.room = command.room;
    request.target = command.target;
    request.content = command.content;
    request.ref = ref;
    publish(request);
}

void ChatSession::execute(const QString &ref, const DeleteCommand &command)
{
    PublishRequest request;
    request.kind = EntryKind::Delete;
    request.room = command.room;
    request.target = command.target;
    request.ref = ref;
    publish(request);
}

void ChatSession::execute(const QString &ref, const ReactionCommand &command)
{
    PublishRequest request;
    request.kind = EntryKind::Reaction;
    request.room = command.room;
    request.target = command.target;
    request.emoji = command.emoji;
    request.reactionAdded = command.add;
    request.ref = ref;
    publish(request);
}

void ChatSession::execute(const QString &ref, const DirectCommand &command)
{
    const auto other = m_hub.services().users.byName(command.to);
    if (!other) {
        sendError(ErrorCode::NoSuchUser, ref);
        return;
    }
    if (other->id == user().id) {
        sendError(Error(ErrorCode::InvalidField, u"A direct message goes to somebody else."_s), ref);
        return;
    }
    if (const auto fine = m_hub.checkContent(command.content); !fine) {
        sendError(fine.error(), ref);
        return;
    }
    m_isBusy = true;
    m_hub.services().rooms.direct(
        user(), *other, &m_hub, [weak = weak_from_this(), content = command.content, ref](Result<Room *> room) {
            const auto self = weak.lock();
            if (!self || self->m_state == State::Ended)
                return;
            if (room) {
                PublishRequest request;
                request.room = (*room)->record.name;
                request.content = content;
                request.ref = ref;
                self->publish(request);
            } else {
                self->sendError(room.error(), ref);
            }
            self->resume();
        });
}

void ChatSession::execute(const QString &ref, const TypingCommand &command)
{
    Room *room = roomOf(command.room, ref);
    if (!room)
        return;
    const auto now = m_hub.services().clock.steadyNow();
    auto &last = room->lastTyping[user().id];
    if (last != std::chrono::steady_clock::time_point() && now - last < kTypingEvery)
        return;
    last = now;
    const Frame frame(encodeTyping(room->record.name, user().name));
    const QList<ChatSession *> own = m_hub.sessionsOf(user().id);
    QSet<const Connection *> ownConnections;
    for (ChatSession *session : own)
        ownConnections.insert(&session->connection());
    const std::vector<Connection *> subscribers = room->subscribers();
    for (Connection *connection : subscribers) {
        if (connection->wire() == Wire::WebSocket && !ownConnections.contains(connection))
            connection->send(frame);
    }
}

void ChatSession::execute(const QString &ref, const ReadCommand &command)
{
    Room *room = m_hub.services().rooms.findFor(command.room, user().id);
    if (!room) {
        sendError(ErrorCode::NoSuchRoom, ref);
        return;
    }
    const EntryId id = std::min(command.id, room->record.lastId);
    if (m_hub.readMarks().advance(user().id, room->key(), id, true))
        m_hub.sendToUser(user().id, Frame(encodeRead(room->record.name, id)), this);
}

void ChatSession::execute(const QString &ref, const PingCommand &)
{
    send(encodePong(m_hub.services().clock.now(), ref));
}

} // namespace tertulia
