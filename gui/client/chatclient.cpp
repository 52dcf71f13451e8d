// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chatclient.h"

#include "client/trust.h"
#include "protocol/closecode.h"

#include <QJsonDocument>
#include <QLoggingCategory>
#include <QRandomGenerator>
#include <QUrlQuery>
#include <QUuid>
#include <QWebSocket>

namespace tertulia {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
Q_LOGGING_CATEGORY(lcClient, "tertulia.client", QtInfoMsg)

constexpr auto kAttemptDeadline = 10s;
constexpr int kDefaultRetryMs = 1000;
/// Larger frames than any server of ours sends: join answers carry up to 1000 entries of 16 KiB.
constexpr quint64 kLargestFrame = 64 * 1024 * 1024;
} // namespace

ChatClient::ChatClient(QObject *parent)
    : QObject(parent)
    , m_refPrefix(QUuid::createUuid().toString(QUuid::Id128).left(12))
{
    m_returnTimer.setSingleShot(true);
    m_attemptDeadline.setSingleShot(true);
    m_retryTimer.setSingleShot(true);
    m_countdown.setInterval(1s);
    connect(&m_returnTimer, &QTimer::timeout, this, &ChatClient::connectNow);
    connect(&m_countdown, &QTimer::timeout, this, [this] { Q_EMIT countdownChanged(secondsToNextAttempt()); });
    connect(&m_heartbeat, &QTimer::timeout, this, &ChatClient::checkHeartbeat);
    connect(&m_retryTimer, &QTimer::timeout, this, &ChatClient::flushOutbox);
    connect(&m_attemptDeadline, &QTimer::timeout, this, [this] { giveUp(tr("The server does not answer.")); });
}

ChatClient::~ChatClient()
{
    dropSocket();
}

void ChatClient::open(const ServerAddress &address)
{
    dropSocket();
    m_address = address;
    m_enteredByName = address.token.isEmpty();
    m_triedWithoutToken = false;
    m_rooms.clear();
    m_outbox = {};
    m_welcome = {};
    m_backoff.reset();
    connectNow();
}

void ChatClient::close()
{
    m_returnTimer.stop();
    m_countdown.stop();
    if (m_socket) {
        m_socket->disconnect(this);
        m_socket->close();
    }
    dropSocket();
    setState(State::Idle);
}

void ChatClient::tryNow()
{
    if (m_state == State::Waiting || m_state == State::Stopped) {
        m_triedWithoutToken = false;
        connectNow();
    }
}

int ChatClient::secondsToNextAttempt() const
{
    return m_returnTimer.isActive() ? (m_returnTimer.remainingTime() + 999) / 1000 : 0;
}

void ChatClient::connectNow()
{
    dropSocket();
    m_returnTimer.stop();
    m_countdown.stop();
    m_stopReason.clear();
    m_closeSeen = false;
    m_socket = new QWebSocket(QString(), QWebSocketProtocol::VersionLatest, this);
    m_socket->setMaxAllowedIncomingFrameSize(kLargestFrame);
    m_socket->setMaxAllowedIncomingMessageSize(kLargestFrame);
    trustFingerprint(m_socket, m_address.fingerprint);
    connect(m_socket, &QWebSocket::textMessageReceived, this, &ChatClient::receive);
    connect(m_socket, &QWebSocket::pong, this, [this] { m_lastHeard.restart(); });
    connect(m_socket, &QWebSocket::aboutToClose, this, [this] { m_closeSeen = true; });
    connect(m_socket, &QWebSocket::disconnected, this, &ChatClient::socketClosed);
    const auto failed = [this] {
        m_lastTrouble = m_socket->errorString();
        if (m_state == State::Connecting)
            socketClosed(); // a refused handshake is no disconnect for QWebSocket
    };
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    connect(m_socket, &QWebSocket::errorOccurred, this, failed);
#else
    connect(m_socket, qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), this, failed);
#endif

    QUrl url = m_address.webSocketUrl(u"/ws/chat"_s);
    QNetworkRequest request;
    if (m_address.token.isEmpty()) {
        QUrlQuery query;
        if (!m_address.name.isEmpty())
            query.addQueryItem(u"name"_s, QString::fromLatin1(QUrl::toPercentEncoding(m_address.name)));
        if (!m_address.joinCode.isEmpty())
            query.addQueryItem(u"join_code"_s, QString::fromLatin1(QUrl::toPercentEncoding(m_address.joinCode)));
        if (!query.isEmpty())
            url.setQuery(query);
    } else {
        // In a header, so that the token is in no address that somebody could log.
        request.setRawHeader("Authorization"_ba, "Bearer " + m_address.token.toLatin1());
    }
    request.setUrl(url);
    setState(State::Connecting);
    m_attemptDeadline.start(kAttemptDeadline);
    m_socket->open(request);
}

void ChatClient::dropSocket()
{
    m_heartbeat.stop();
    m_attemptDeadline.stop();
    m_retryTimer.stop();
    m_outbox.connectionLost();
    m_joinRefs.clear();
    for (RoomState &room : m_rooms)
        room.joined = false;
    if (!m_socket)
        return;
    m_socket->disconnect(this);
    m_socket->deleteLater();
    m_socket = nullptr;
}

void ChatClient::giveUp(const QString &why)
{
    // Aborting looks like a closing handshake from outside (aboutToClose), and it is none.
    m_socket->disconnect(this);
    m_socket->abort();
    socketClosed();
    m_lastTrouble = why;
}

void ChatClient::socketClosed()
{
    if (!m_socket)
        return;
    if (!m_closeSeen)
        m_lastTrouble = m_socket->errorString();
    const int code = m_closeSeen ? int(m_socket->closeCode()) : 1006;
    const QString reason = m_socket->closeReason();
    qCInfo(lcClient) << "connection ended, code" << code;
    dropSocket();
    if (std::exchange(m_atTheDoor, false))
        Q_EMIT doorChanged(false);
    switch (afterClose(code)) {
    case AfterClose::ComeBack:
        scheduleReturn();
        return;
    case AfterClose::NewToken:
        // A guest whose token ran out is the same guest under the same name; once, or it would go on for ever.
        if (m_enteredByName && !m_address.token.isEmpty() && !m_triedWithoutToken) {
            m_triedWithoutToken = true;
            m_address.token.clear();
            m_address.name = m_welcome.user.name;
            connectNow();
            return;
        }
        [[fallthrough]];
    case AfterClose::StayAway:
        stop(reason.isEmpty() ? QString::number(code) : reason);
    }
}

void ChatClient::setState(State state)
{
    if (m_state == state)
        return;
    m_state = state;
    Q_EMIT stateChanged(state);
}

void ChatClient::scheduleReturn()
{
    const auto wait = m_backoff.next(QRandomGenerator::global()->generateDouble());
    m_returnTimer.start(wait);
    m_countdown.start();
    setState(State::Waiting);
    Q_EMIT countdownChanged(secondsToNextAttempt());
}

void ChatClient::stop(const QString &reason)
{
    m_stopReason = reason;
    setState(State::Stopped);
}

void ChatClient::checkHeartbeat()
{
    // The server's own pings are answered inside QWebSocket without a signal, so the client asks for its own signs of
    // life.
    if (m_lastHeard.hasExpired(2 * qint64(m_heartbeat.interval()))) {
        giveUp(tr("The connection fell silent."));
        return;
    }
    m_socket->ping();
}

void ChatClient::receive(const QString &text)
{
    m_lastHeard.restart();
    const auto message = readServerMessage(text.toUtf8());
    if (message)
        std::visit([this](const auto &value) { handle(value); }, *message);
}

void ChatClient::handle(const Welcome &welcome)
{
    m_attemptDeadline.stop();
    m_backoff.reset();
    m_triedWithoutToken = false;
    m_welcome = welcome;
    if (!welcome.token.isEmpty())
        m_address.token = welcome.token;
    m_lastHeard.restart();
    m_heartbeat.start(welcome.heartbeatMs);
    Q_EMIT welcomed(welcome);
    setState(State::Online);
    joinWanted();
    flushOutbox();
}

void ChatClient::joinWanted()
{
    for (auto room = m_rooms.cbegin(); room != m_rooms.cend(); ++room) {
        if (room->wanted && !room->joined)
            sendJoin(room.key(), *room);
    }
}

void ChatClient::sendJoin(const QString &room, const RoomState &state)
{
    QJsonObject command {{u"type"_s, u"join"_s}, {u"room"_s, room}};
    if (!state.epoch.isEmpty()) {
        command.insert("since"_L1, double(state.lastId));
        command.insert("epoch"_L1, state.epoch);
    }
    if (!state.password.isEmpty())
        command.insert("password"_L1, state.password);
    const QString ref = newRef();
    command.insert("ref"_L1, ref);
    m_joinRefs.insert(ref, room);
    sendNow(command);
}

void ChatClient::handle(const Joined &answer)
{
    const QString asked = m_joinRefs.take(answer.ref);
    RoomState state;
    if (!asked.isEmpty() && asked != answer.room)
        state = m_rooms.take(asked); // the room exists under another spelling
    else
        state = m_rooms.value(answer.room);
    state.epoch = answer.epoch;
    state.lastId = answer.lastId;
    state.wanted = true;
    state.joined = true;
    m_rooms.insert(answer.room, state);
    Q_EMIT joined(answer);
    flushOutbox();
}

void ChatClient::handle(const Left &answer)
{
    m_rooms.remove(answer.room);
    Q_EMIT left(answer.room);
}

void ChatClient::handle(const Entry &entry)
{
    const auto room = m_rooms.find(entry.room);
    if (room != m_rooms.end() && room->joined) {
        if (entry.id <= room->lastId)
            return;
        room->lastId = entry.id;
    }
    Q_EMIT entryArrived(entry);
}

void ChatClient::handle(const Ack &ack)
{
    if (m_outbox.settle(ack.ref))
        Q_EMIT acknowledged(ack.ref, ack.room, ack.id, ack.timestamp);
    flushOutbox();
}

void ChatClient::handle(const Refusal &refusal)
{
    if (m_joinRefs.contains(refusal.ref)) {
        const QString room = m_joinRefs.take(refusal.ref);
        if (m_atTheDoor)
            return; // asked for again once admitted
        if (!refusal.temporary)
            m_rooms.remove(room);
        Refusal named = refusal;
        named.ref = room;
        Q_EMIT refused({}, named);
        return;
    }
    if (m_outbox.contains(refusal.ref) && (refusal.temporary || m_atTheDoor)) {
        m_outbox.postpone(refusal.ref);
        m_retryTimer.start(refusal.retryMs > 0 ? refusal.retryMs : kDefaultRetryMs);
        return;
    }
    m_outbox.settle(refusal.ref);
    Q_EMIT refused(refusal.ref, refusal);
    flushOutbox();
}

void ChatClient::handle(const Typing &value)
{
    Q_EMIT typing(value.room, value.user);
}

void ChatClient::handle(const ReadElsewhere &mark)
{
    Q_EMIT readElsewhere(mark.room, mark.id);
}

void ChatClient::handle(const PresenceChange &presence)
{
    Q_EMIT presenceChanged(presence);
}

void ChatClient::handle(const RoomChange &change)
{
    if (change.what == RoomChange::What::Deleted)
        m_rooms.remove(change.room);
    Q_EMIT roomChanged(change);
}

void ChatClient::handle(const PutOut &value)
{
    m_rooms.remove(value.room);
    Q_EMIT putOut(value);
}

void ChatClient::handle(const Notification &notification)
{
    Q_EMIT notified(notification);
}

void ChatClient::handle(const AtTheDoor &door)
{
    m_atTheDoor = !door.admitted;
    Q_EMIT doorChanged(m_atTheDoor);
    if (door.admitted) {
        joinWanted();
        flushOutbox();
    }
}

void ChatClient::handle(const Pong &)
{
}

void ChatClient::join(const QString &room, const QString &password)
{
    RoomState &state = m_rooms[room];
    state.wanted = true;
    if (!password.isEmpty())
        state.password = password;
    if (m_state == State::Online && !state.joined)
        sendJoin(room, state);
}

void ChatClient::leave(const QString &room)
{
    m_rooms.remove(room);
    if (m_state == State::Online)
        sendNow({{u"type"_s, u"leave"_s}, {u"room"_s, room}});
}

bool ChatClient::isJoined(const QString &room) const
{
    return m_rooms.value(room).joined;
}

QString ChatClient::newRef()
{
    return m_refPrefix % u'-' % QString::number(++m_refCounter);
}

void ChatClient::sendNow(const QJsonObject &command)
{
    if (m_state == State::Online && m_socket)
        m_socket->sendTextMessage(QString::fromUtf8(QJsonDocument(command).toJson(QJsonDocument::Compact)));
}

QString ChatClient::enqueue(const QString &room, QJsonObject command)
{
    const QString ref = newRef();
    command.insert("ref"_L1, ref);
    m_outbox.append({ref, room, std::move(command)});
    flushOutbox();
    return ref;
}

void ChatClient::flushOutbox()
{
    if (m_state != State::Online || m_atTheDoor || m_retryTimer.isActive())
        return;
    if (const auto item = m_outbox.takeNext([this](const QString &room) { return isJoined(room); }))
        sendNow(item->command);
}

QString ChatClient::say(const QString &room, const QString &content, EntryId replyTo)
{
    QJsonObject command {{u"type"_s, u"chat"_s}, {u"room"_s, room}, {u"content"_s, content}};
    if (replyTo != 0)
        command.insert("reply_to"_L1, double(replyTo));
    return enqueue(room, command);
}

QString ChatClient::edit(const QString &room, EntryId target, const QString &content)
{
    return enqueue(
        room, {{u"type"_s, u"edit"_s}, {u"room"_s, room}, {u"target"_s, double(target)}, {u"content"_s, content}});
}

QString ChatClient::remove(const QString &room, EntryId target)
{
    return enqueue(room, {{u"type"_s, u"delete"_s}, {u"room"_s, room}, {u"target"_s, double(target)}});
}

QString ChatClient::react(const QString &room, EntryId target, const QString &emoji, bool add)
{
    return enqueue(room,
        {{u"type"_s, u"reaction"_s}, {u"room"_s, room}, {u"target"_s, double(target)}, {u"emoji"_s, emoji},
            {u"action"_s, add ? u"add"_s : u"remove"_s}});
}

QString ChatClient::direct(const QString &to, const QString &content)
{
    return enqueue({}, {{u"type"_s, u"direct"_s}, {u"to"_s, to}, {u"content"_s, content}});
}

void ChatClient::retry(const QString &ref, const QString &room, const QString &content, EntryId replyTo)
{
    if (m_outbox.contains(ref))
        return;
    QJsonObject command {{u"type"_s, u"chat"_s}, {u"room"_s, room}, {u"content"_s, content}, {u"ref"_s, ref}};
    if (replyTo != 0)
        command.insert("reply_to"_L1, double(replyTo));
    m_outbox.prepend({ref, room, command});
    flushOutbox();
}

void ChatClient::sendTyping(const QString &room)
{
    if (isJoined(room))
        sendNow({{u"type"_s, u"typing"_s}, {u"room"_s, room}});
}

void ChatClient::markRead(const QString &room, EntryId id)
{
    if (isJoined(room))
        sendNow({{u"type"_s, u"read"_s}, {u"room"_s, room}, {u"id"_s, double(id)}});
}

} // namespace tertulia
