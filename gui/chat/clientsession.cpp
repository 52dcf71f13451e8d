// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/clientsession.h"

#include "protocol/names.h"

#include <QDateTime>

#include <algorithm>
#include <memory>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

const QString &defaultRoom()
{
    static const QString kName = u"general"_s; // always exists
    return kName;
}

constexpr int kLongestNotice = 200;

Timestamp now()
{
    return fromMilliseconds(QDateTime::currentMSecsSinceEpoch());
}

} // namespace

ClientSession::ClientSession(ChatClient &client, QObject *parent)
    : QObject(parent)
    , m_client(client)
{
    connectClient();
}

void ClientSession::connectClient()
{
    connect(&m_client, &ChatClient::welcomed, this, &ClientSession::welcomed);
    connect(&m_client, &ChatClient::joined, this, &ClientSession::joined);
    connect(&m_client, &ChatClient::entryArrived, this, &ClientSession::entryArrived);
    connect(&m_client, &ChatClient::acknowledged, this, &ClientSession::acknowledged);
    connect(&m_client, &ChatClient::refused, this, &ClientSession::refused);
    connect(&m_client, &ChatClient::presenceChanged, this, &ClientSession::presenceChanged);
    connect(&m_client, &ChatClient::roomChanged, this, &ClientSession::roomChanged);
    connect(&m_client, &ChatClient::notified, this, &ClientSession::attentionWanted);
    connect(&m_client, &ChatClient::typing, this, [this](const QString &room, const QString &user) {
        if (m_conversations.contains(room) && user != m_client.userName())
            conversation(room)->members->setTyping(user);
    });
    connect(&m_client, &ChatClient::readElsewhere, this, [this](const QString &room, EntryId id) {
        if (m_conversations.contains(room) && id >= conversation(room)->timeline->newestId())
            m_rooms.setUnread(room, 0, 0);
    });
    connect(&m_client, &ChatClient::putOut, this, [this](const PutOut &putOut) {
        const QString why = putOut.reason.simplified();
        forget(putOut.room,
            why.isEmpty() ? tr("You were put out of # %1.").arg(putOut.room)
                          : tr("You were put out of # %1: %2").arg(putOut.room, why));
    });
}

Conversation *ClientSession::conversation(const QString &room)
{
    Conversation *&known = m_conversations[room];
    if (!known) {
        known = new Conversation(room, this);
        known->timeline->setOwnName(m_client.userName());
    }
    return known;
}

void ClientSession::welcomed(const Welcome &welcome)
{
    m_rest.setAddress(m_client.address());
    for (Conversation *one : std::as_const(m_conversations))
        one->timeline->setOwnName(welcome.user.name);
    for (const UnreadRoom &known : welcome.rooms) {
        m_rooms.upsert(known.room);
        if (known.room.name != m_current)
            m_rooms.setUnread(known.room.name, known.unread, known.room.isDirect ? known.unread : 0);
        if (known.room.isDirect)
            nameDirect(known.room.name);
    }
    fetchRooms();
    if (m_current.isEmpty())
        openRoom(defaultRoom());
}

void ClientSession::fetchRooms()
{
    m_rest.fetchRooms(this, [this](const std::optional<QList<RoomInfo>> &rooms, const RestError &) {
        if (!rooms)
            return; // those of the welcome stay
        m_rooms.setRooms(*rooms);
        for (const RoomInfo &room : *rooms) {
            if (room.isDirect)
                nameDirect(room.name);
        }
    });
}

void ClientSession::nameDirect(const QString &room)
{
    m_rest.fetchMembers(room, this, [this, room](const std::optional<QList<Member>> &members, const RestError &) {
        if (!members)
            return;
        for (const Member &member : *members) {
            if (member.name != m_client.userName())
                m_rooms.setTitle(room, member.name);
        }
        Q_EMIT conversationChanged(room);
    });
}

void ClientSession::openRoom(const QString &room, const QString &password)
{
    if (m_current != room) {
        if (!m_current.isEmpty())
            conversation(m_current)->timeline->clearUnreadLine();
        m_current = room;
        static_cast<void>(conversation(room));
        Q_EMIT currentRoomChanged(room);
    }
    if (!m_client.isJoined(room) || !password.isEmpty())
        m_client.join(room, password);
    markRead();
}

void ClientSession::leaveRoom(const QString &room)
{
    m_client.leave(room);
    forget(room, {});
}

void ClientSession::forget(const QString &room, const QString &why)
{
    if (room.isEmpty())
        return;
    m_rooms.remove(room);
    Conversation *gone = m_conversations.take(room);
    if (m_current == room) {
        m_current.clear();
        if (room != defaultRoom())
            openRoom(defaultRoom());
    }
    if (gone)
        gone->deleteLater();
    if (!why.isEmpty())
        Q_EMIT trouble(why);
}

void ClientSession::setAttended(bool attended)
{
    m_isAttended = attended;
    markRead();
}

void ClientSession::markRead()
{
    if (!m_isAttended || m_current.isEmpty())
        return;
    m_rooms.setUnread(m_current, 0, 0);
    if (const EntryId newest = conversation(m_current)->timeline->newestId(); newest != 0)
        m_client.markRead(m_current, newest);
}

void ClientSession::joined(const Joined &answer)
{
    Conversation *one = conversation(answer.room);
    one->epoch = answer.epoch;
    one->topic = answer.topic;
    one->memberCount = answer.memberCount;
    one->members->setMembers(answer.members);
    if (!m_rooms.contains(answer.room)) {
        RoomInfo info;
        info.name = answer.room;
        info.topic = answer.topic;
        info.members = answer.memberCount;
        info.lastId = answer.lastId;
        m_rooms.upsert(info);
    }
    if (answer.recovered) {
        for (const Entry &entry : answer.entries)
            entryArrived(entry);
    } else {
        one->timeline->reset(answer.messages);
        one->mayHaveOlder = !answer.messages.isEmpty() && answer.messages.first().id > 1;
        if (answer.unread > 0 && !(one->isLoaded && answer.room == m_current))
            one->timeline->setUnreadCount(answer.unread);
        one->isLoaded = true;
    }
    if (m_rooms.info(answer.room).isDirect)
        nameDirect(answer.room);
    if (answer.room == m_current)
        markRead();
    Q_EMIT conversationChanged(answer.room);
}

void ClientSession::entryArrived(const Entry &entry)
{
    Conversation *one = conversation(entry.room);
    one->timeline->apply(entry);
    one->members->stopTyping(entry.user);
    if (entry.kind == EntryKind::Chat)
        chatArrived(entry);
}

void ClientSession::chatArrived(const Entry &entry)
{
    if (!m_rooms.contains(entry.room)) {
        // Only direct conversations arrive without having been joined.
        RoomInfo info;
        info.name = entry.room;
        info.isPrivate = true;
        info.isDirect = true;
        m_rooms.upsert(info);
        if (entry.user != m_client.userName())
            m_rooms.setTitle(entry.room, entry.user);
        else
            nameDirect(entry.room);
    }
    if (entry.user == m_client.userName())
        return;
    if (m_isAttended && entry.room == m_current) {
        m_client.markRead(entry.room, entry.id);
        return;
    }
    const bool isMention = std::any_of(entry.mentions.cbegin(), entry.mentions.cend(),
        [key = foldName(m_client.userName())](const QString &name) { return foldName(name) == key; });
    conversation(entry.room)->timeline->startUnreadAt(entry.id);
    m_rooms.addUnread(entry.room, isMention);
    notifyOf(entry, isMention, m_rooms.info(entry.room).isDirect);
}

void ClientSession::notifyOf(const Entry &entry, bool isMention, bool isDirect)
{
    if (!isMention && !isDirect)
        return;
    Notification notification;
    notification.kind = isDirect ? NotificationKind::Direct : NotificationKind::Mention;
    notification.title = isDirect ? entry.user : tr("%1 in # %2").arg(entry.user, entry.room);
    notification.body = entry.content.simplified().left(kLongestNotice);
    notification.room = entry.room;
    notification.from = entry.user;
    notification.timestamp = entry.timestamp;
    Q_EMIT attentionWanted(notification);
}

void ClientSession::presenceChanged(const PresenceChange &presence)
{
    if (!m_conversations.contains(presence.room))
        return;
    Conversation *one = conversation(presence.room);
    if (presence.memberCount >= 0)
        one->memberCount = presence.memberCount;
    if (presence.change == PresenceChange::Change::Joined) {
        Member member;
        member.name = presence.user;
        member.connections = 1;
        member.since = now();
        one->members->upsert(member);
        if (presence.user != m_client.userName())
            one->timeline->addNotice(TimelineItem::Kind::Joined, presence.user, now());
    } else if (presence.change == PresenceChange::Change::Left) {
        one->members->remove(presence.user);
        one->timeline->addNotice(TimelineItem::Kind::Left, presence.user, now());
    }
    Q_EMIT conversationChanged(presence.room);
}

void ClientSession::roomChanged(const RoomChange &change)
{
    if (change.what == RoomChange::What::Deleted) {
        if (m_rooms.contains(change.room))
            forget(change.room, tr("# %1 was deleted.").arg(change.room));
        return;
    }
    m_rooms.upsert(change.info);
    if (m_conversations.contains(change.room)) {
        conversation(change.room)->topic = change.info.topic;
        Q_EMIT conversationChanged(change.room);
    }
}

void ClientSession::say(const QString &room, const QString &content, EntryId replyTo)
{
    const QString ref = m_client.say(room, content, replyTo);
    m_pending.insert(ref, room);
    conversation(room)->timeline->addPending(ref, content, replyTo, now());
}

void ClientSession::edit(const QString &room, EntryId target, const QString &content)
{
    m_client.edit(room, target, content);
}

void ClientSession::remove(const QString &room, EntryId target)
{
    m_client.remove(room, target);
}

void ClientSession::toggleReaction(const QString &room, EntryId target, const QString &emoji)
{
    const TimelineModel *timeline = conversation(room)->timeline;
    const int row = timeline->rowOf(target);
    if (row < 0)
        return;
    const QList<ReactionGroup> &groups = timeline->item(row).message.reactions;
    const bool isMine = std::any_of(groups.cbegin(), groups.cend(),
        [&](const ReactionGroup &group) { return group.emoji == emoji && group.users.contains(m_client.userName()); });
    m_client.react(room, target, emoji, !isMine);
}

void ClientSession::openDirect(const QString &name, const QString &firstMessage)
{
    m_directs.insert(m_client.direct(name, firstMessage), name);
}

void ClientSession::retry(const QString &room, const QString &ref)
{
    TimelineModel *timeline = conversation(room)->timeline;
    for (int row = timeline->rowCount() - 1; row >= 0; --row) {
        const TimelineItem &item = timeline->item(row);
        if (item.ref == ref && item.delivery == TimelineItem::Delivery::Failed) {
            m_pending.insert(ref, room);
            const Message message = item.message;
            timeline->resend(ref);
            m_client.retry(ref, room, message.content, message.replyTo);
            return;
        }
    }
}

void ClientSession::acknowledged(const QString &ref, const QString &room, EntryId id, Timestamp timestamp)
{
    const QString to = m_directs.take(ref);
    if (!to.isEmpty()) {
        RoomInfo info = m_rooms.info(room);
        info.name = room;
        info.isPrivate = true;
        info.isDirect = true;
        m_rooms.upsert(info);
        m_rooms.setTitle(room, to);
        openRoom(room);
        return;
    }
    const QString from = m_pending.take(ref);
    if (!from.isEmpty() && m_conversations.contains(from))
        conversation(from)->timeline->acknowledge(ref, id, timestamp);
}

void ClientSession::refused(const QString &ref, const Refusal &refusal)
{
    if (ref.isEmpty() && !refusal.ref.isEmpty() && refusal.code == "forbidden"_L1) {
        Q_EMIT passwordNeeded(refusal.ref);
        return;
    }
    const QString room = m_pending.take(ref);
    const QString text = explain(refusal.code, refusal.message);
    if (!room.isEmpty() && m_conversations.contains(room))
        conversation(room)->timeline->fail(ref, text);
    else
        Q_EMIT trouble(text);
    m_directs.remove(ref);
}

void ClientSession::loadOlder(const QString &room)
{
    Conversation *one = conversation(room);
    const EntryId oldest = one->timeline->oldestId();
    if (one->isLoadingOlder || !one->mayHaveOlder || oldest <= 1 || m_client.state() != ChatClient::State::Online)
        return;
    one->isLoadingOlder = true;
    m_rest.fetchHistory(room, oldest, one, [this, one](const std::optional<HistoryPage> &page, const RestError &) {
        one->isLoadingOlder = false;
        if (!page)
            return; // scrolling up again asks again
        one->mayHaveOlder = page->hasMore;
        one->timeline->prepend(page->messages);
        Q_EMIT olderArrived(one->room);
    });
}

void ClientSession::reveal(const QString &room, EntryId id)
{
    Conversation *one = conversation(room);
    if (one->timeline->rowOf(id) >= 0) {
        Q_EMIT found(room, id);
        return;
    }
    if (!one->mayHaveOlder || one->timeline->oldestId() <= id)
        return; // deleted in the meantime
    auto arrived = std::make_shared<QMetaObject::Connection>();
    *arrived = connect(this, &ClientSession::olderArrived, one, [this, arrived, room, id](const QString &which) {
        if (which != room)
            return;
        disconnect(*arrived);
        reveal(room, id);
    });
    loadOlder(room);
}

QString ClientSession::explain(const QString &code, const QString &otherwise)
{
    static const QHash<QString, const char *> kTexts = {
        {u"invalid_field"_s, QT_TR_NOOP("the server did not understand it")},
        {u"not_joined"_s, QT_TR_NOOP("you are not in this room")},
        {u"no_such_room"_s, QT_TR_NOOP("there is no such room")},
        {u"forbidden"_s, QT_TR_NOOP("you may not do that")},
        {u"too_large"_s, QT_TR_NOOP("it is too long")},
        {u"rate_limited"_s, QT_TR_NOOP("too many messages at once")},
        {u"slow_mode"_s, QT_TR_NOOP("this room is in slow mode")},
        {u"no_such_entry"_s, QT_TR_NOOP("that message is gone")},
        {u"no_such_user"_s, QT_TR_NOOP("there is nobody of that name")},
        {u"store_unavailable"_s, QT_TR_NOOP("the server cannot store it now")},
        {u"too_many_rooms"_s, QT_TR_NOOP("the server has too many rooms")},
        {u"invalid_name"_s, QT_TR_NOOP("that name is not possible")},
        {u"name_taken"_s, QT_TR_NOOP("that name is in use")},
        {u"guests_forbidden"_s, QT_TR_NOOP("guests may not enter here")},
        {u"bad_join_code"_s, QT_TR_NOOP("the code to enter is missing or wrong")},
        {u"bad_credentials"_s, QT_TR_NOOP("name or password is wrong")},
        {u"banned"_s, QT_TR_NOOP("you are banned")},
        {u"too_many_requests"_s, QT_TR_NOOP("too many attempts: wait a minute")},
        {u"4001"_s, QT_TR_NOOP("the session is no longer valid")},
        {u"4003"_s, QT_TR_NOOP("the host put you out")},
        {u"4029"_s, QT_TR_NOOP("too many connections from here")},
        {u"1008"_s, QT_TR_NOOP("too many messages at once")},
    };
    const auto known = kTexts.constFind(code);
    if (known != kTexts.cend())
        return tr(*known);
    return otherwise.isEmpty() ? code : otherwise;
}

} // namespace tertulia
