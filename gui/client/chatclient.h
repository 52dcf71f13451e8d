// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/backoff.h"
#include "client/outbox.h"
#include "client/serveraddress.h"
#include "client/servermessagereader.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QTimer>

class QWebSocket;

namespace tertulia {

/// One user's connection to a chat server, the same way every other client takes: /ws/chat. Comes back by itself as the
/// close codes say, resumes each room after its last entry, and keeps what could not be sent yet.
/// Lives in one thread with an event loop; never blocks.
class ChatClient final : public QObject
{
    Q_OBJECT
public:
    enum class State : quint8 {
        Idle, ///< never opened, or closed by us
        Connecting,
        Online,
        Waiting, ///< lost; another attempt comes at the end of the countdown
        Stopped, ///< the server does not want us back: see stopReason()
    };
    Q_ENUM(State)

    explicit ChatClient(QObject *parent = nullptr);
    ~ChatClient() override;

    /// Leaves the present server, forgets its rooms and connects to another.
    void open(const ServerAddress &address);
    /// Leaves with a clean close. Unsent commands are kept until open() or destruction.
    void close();
    /// Cuts the countdown short; also starts again from Stopped.
    void tryNow();

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isAtTheDoor() const { return m_atTheDoor; }
    /// Why it stopped: the close reason's slug, or the close code as a number where there is none.
    [[nodiscard]] QString stopReason() const { return m_stopReason; }
    /// What the last failed attempt said, for people.
    [[nodiscard]] QString lastTrouble() const { return m_lastTrouble; }
    [[nodiscard]] int attempts() const { return m_backoff.attempts(); }
    [[nodiscard]] int secondsToNextAttempt() const;
    [[nodiscard]] const Welcome &welcome() const { return m_welcome; }
    [[nodiscard]] QString userName() const { return m_welcome.user.name; }
    [[nodiscard]] QString token() const { return m_address.token; }
    [[nodiscard]] const ServerAddress &address() const { return m_address; }
    [[nodiscard]] qsizetype unsentCount() const { return m_outbox.size(); }

    /// Rooms stay wanted over reconnects until left. Joining makes rooms that do not exist.
    void join(const QString &room, const QString &password = {});
    void leave(const QString &room);
    [[nodiscard]] bool isJoined(const QString &room) const;

    /// Each returns the `ref` under which acknowledged() or refused() will answer.
    QString say(const QString &room, const QString &content, EntryId replyTo = 0);
    QString edit(const QString &room, EntryId target, const QString &content);
    QString remove(const QString &room, EntryId target);
    QString react(const QString &room, EntryId target, const QString &emoji, bool add);
    QString direct(const QString &to, const QString &content);
    /// Sends a refused chat message again, under its old ref.
    void retry(const QString &ref, const QString &room, const QString &content, EntryId replyTo);
    /// Dropped silently while offline: neither is worth telling late.
    void sendTyping(const QString &room);
    void markRead(const QString &room, EntryId id);

Q_SIGNALS:
    void stateChanged(tertulia::ChatClient::State state);
    /// Once a second while Waiting.
    void countdownChanged(int seconds);
    void welcomed(const tertulia::Welcome &welcome);
    void doorChanged(bool waiting);
    void joined(const tertulia::Joined &joined);
    void left(const QString &room);
    void entryArrived(const tertulia::Entry &entry);
    void acknowledged(const QString &ref, const QString &room, tertulia::EntryId id, tertulia::Timestamp timestamp);
    void refused(const QString &ref, const tertulia::Refusal &refusal);
    void typing(const QString &room, const QString &user);
    void readElsewhere(const QString &room, tertulia::EntryId id);
    void presenceChanged(const tertulia::PresenceChange &presence);
    void roomChanged(const tertulia::RoomChange &change);
    void putOut(const tertulia::PutOut &putOut);
    void notified(const tertulia::Notification &notification);

private:
    struct RoomState {
        EntryId lastId = 0;
        QString epoch;
        QString password;
        bool wanted = false;
        bool joined = false;
    };

    void connectNow();
    void dropSocket();
    void socketClosed();
    void giveUp(const QString &why);
    void setState(State state);
    void scheduleReturn();
    void stop(const QString &reason);
    void checkHeartbeat();
    void receive(const QString &text);
    void handle(const Welcome &welcome);
    void handle(const Joined &joined);
    void handle(const Left &left);
    void handle(const Entry &entry);
    void handle(const Ack &ack);
    void handle(const Refusal &refusal);
    void handle(const Typing &typing);
    void handle(const ReadElsewhere &mark);
    void handle(const PresenceChange &presence);
    void handle(const RoomChange &change);
    void handle(const PutOut &putOut);
    void handle(const Notification &notification);
    void handle(const AtTheDoor &door);
    void handle(const Pong &pong);
    void joinWanted();
    void sendJoin(const QString &room, const RoomState &state);
    void sendNow(const QJsonObject &command);
    QString enqueue(const QString &room, QJsonObject command);
    void flushOutbox();
    [[nodiscard]] QString newRef();

    ServerAddress m_address;
    QWebSocket *m_socket = nullptr; // owned, child
    State m_state = State::Idle;
    bool m_closeSeen = false; // the closing handshake began: only then QWebSocket::closeCode() means something
    bool m_atTheDoor = false;
    bool m_triedWithoutToken = false;
    bool m_enteredByName = false;
    QString m_stopReason;
    QString m_lastTrouble;
    Backoff m_backoff;
    Welcome m_welcome;
    QHash<QString, RoomState> m_rooms;
    QHash<QString, QString> m_joinRefs; // ref of a join under way -> the room's name as asked for
    Outbox m_outbox;
    QString m_refPrefix;
    quint64 m_refCounter = 0;
    QTimer m_returnTimer;
    QTimer m_countdown;
    QTimer m_heartbeat;
    QTimer m_attemptDeadline;
    QTimer m_retryTimer;
    QElapsedTimer m_lastHeard;
};

} // namespace tertulia
