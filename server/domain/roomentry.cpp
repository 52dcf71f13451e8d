// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/roomentry.h"

#include "domain/chathub.h"
#include "domain/chatsession.h"
#include "domain/presence.h"
#include "domain/publisher.h"
#include "domain/readmarks.h"
#include "protocol/jsonwriter.h"
#include "protocol/servermessage.h"

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMessagesShown = 50;
constexpr int kMostRecovered = 1000;
constexpr int kMostUnread = 1000;

QByteArray messagesJson(const QList<Message> &messages)
{
    QByteArray out;
    JsonWriter json(out);
    json.beginArray();
    for (const Message &message : messages)
        writeMessage(json, message);
    json.endArray();
    return out;
}

QByteArray entriesJson(const QList<Entry> &entries)
{
    QByteArray out;
    JsonWriter json(out);
    json.beginArray();
    for (const Entry &entry : entries)
        writeEntry(json, entry);
    json.endArray();
    return out;
}

} // namespace

RoomEntry::RoomEntry(
    ChatHub &hub, std::shared_ptr<ChatSession> session, Room &room, const JoinCommand &command, QString ref)
    : m_hub(hub)
    , m_session(std::move(session))
    , m_key(room.key())
    , m_command(command)
    , m_ref(std::move(ref))
{
}

RoomEntry::~RoomEntry()
{
    if (Room *room = m_hub.services().rooms.find(m_key))
        room->holds.remove(&m_hold);
}

bool RoomEntry::canRecover(const Room &room) const
{
    const RoomRecord &record = room.record;
    if (!m_command.epoch.isEmpty() && m_command.epoch != record.epoch)
        return false;
    const EntryId since = *m_command.since;
    // 0 means everything that is kept; any other id must be known here, and what follows it kept.
    return since <= record.lastId && (since == 0 || since + 1 >= record.firstId);
}

void RoomEntry::start()
{
    Room *room = m_hub.services().rooms.find(m_key);
    const bool recovers = m_command.since && canRecover(*room);
    const auto mark = m_hub.readMarks().of(m_session->user().id, m_key);
    const bool allRead = !mark || *mark >= room->record.lastId;
    if (!m_command.since && allRead && (room->recentIsValid || room->record.lastId < room->record.firstId)) {
        finishNow(*room);
        return;
    }
    room->holds.insert(&m_hold);
    const std::optional<EntryId> since = recovers ? m_command.since : std::nullopt;
    readFrom<Page>(
        m_hub.services().store, &m_hub,
        [key = m_key, since, userId = m_session->user().id, mark](
            Storage &storage) { return read(storage, key, since, !since, userId, mark); },
        [self = shared_from_this()](const Result<Page> &result) { self->finish(result); });
}

Result<RoomEntry::Page> RoomEntry::read(Storage &storage, RoomKey key, std::optional<EntryId> since, bool withMessages,
    const QString &userId, std::optional<EntryId> mark)
{
    Page page;
    if (since) {
        auto entries = storage.entries().entriesAfter(key, *since, kMostRecovered + 1);
        if (!entries)
            return entries.error();
        if (entries->size() <= kMostRecovered)
            page.entries = *entries;
        else
            withMessages = true; // more than one answer may hold: the last messages instead, never a part
    }
    if (withMessages) {
        MessageQuery query;
        query.limit = kMessagesShown;
        auto messages = storage.entries().messages(key, query);
        if (!messages)
            return messages.error();
        page.messages = *messages;
    }
    if (mark) {
        const auto unread = storage.entries().unread(key, userId, *mark, kMostUnread);
        if (!unread)
            return unread.error();
        page.unread = *unread;
    }
    return page;
}

void RoomEntry::finishNow(Room &room)
{
    if (!room.recentIsValid) {
        room.recentMessages = "[]"_ba;
        room.recentIsValid = true;
    }
    enter(room, "\"messages\":"_ba + room.recentMessages, room.record.lastId, 0);
}

void RoomEntry::finish(const Result<Page> &result)
{
    Room *room = m_hub.services().rooms.find(m_key);
    if (m_session->m_state == ChatSession::State::Ended)
        return;
    if (!room || !result) {
        m_session->sendError(room ? result.error() : Error(ErrorCode::NoSuchRoom), m_ref);
        m_session->resume();
        return;
    }
    // What is in the store but has not been fanned out yet comes by the fan-out.
    const EntryId fannedOut = room->record.lastId;
    QByteArray shown;
    EntryId lastId = 0;
    if (result->entries) {
        QList<Entry> entries = *result->entries;
        while (!entries.isEmpty() && entries.last().id > fannedOut)
            entries.removeLast();
        lastId = entries.isEmpty() ? std::min(*m_command.since, fannedOut) : entries.last().id;
        shown = "\"recovered\":true,\"entries\":"_ba + entriesJson(entries);
    } else {
        QList<Message> messages = result->messages.messages;
        while (!messages.isEmpty() && messages.last().id > fannedOut)
            messages.removeLast();
        lastId = std::min(result->messages.lastId, fannedOut);
        const QByteArray json = messagesJson(messages);
        if (lastId == fannedOut && result->messages.lastId == fannedOut) {
            room->recentMessages = json;
            room->recentIsValid = true;
        }
        shown = m_command.since ? "\"recovered\":false,\"messages\":"_ba + json : "\"messages\":"_ba + json;
    }
    enter(*room, shown, lastId, result->unread);
}

void RoomEntry::enter(Room &room, const QByteArray &shown, EntryId lastId, int unread)
{
    const User &user = m_session->user();
    if (!m_session->m_rooms.contains(m_key)) {
        m_session->m_rooms.insert(m_key);
        m_hub.presence().entered(room, user);
    }
    m_hub.readMarks().advance(user.id, m_key,
        m_hub.readMarks().of(user.id, m_key).value_or(room.record.isDirect ? 0 : room.record.lastId),
        user.role != Role::Guest);

    QByteArray joined;
    joined.reserve(256 + shown.size() + room.membersJson().size());
    JsonWriter json(joined);
    json.beginObject()
        .field("type", QByteArrayView("joined"))
        .field("room", QStringView(room.record.name))
        .field("topic", QStringView(room.record.topic))
        .field("epoch", QStringView(room.record.epoch))
        .field("last_id", lastId)
        .field("member_count", int(room.members().size()))
        .field("unread", unread);
    if (!m_ref.isEmpty())
        json.field("ref", QStringView(m_ref));
    json.key("members").raw(room.membersJson()).raw(shown).endObject();
    m_session->connection().sendBulk(Frame(joined));
    for (const auto &[id, frame] : std::as_const(m_hold.entries)) {
        // A frame that is in this turn's block still goes out with it to everyone who was here before.
        if (id > lastId)
            m_session->connection().send(frame);
    }
    room.holds.remove(&m_hold);
    room.addSubscriber(m_session->connection());
    m_session->resume();
}

} // namespace tertulia
