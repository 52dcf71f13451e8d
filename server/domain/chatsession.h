// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/accountservice.h"
#include "domain/chathub.h"
#include "domain/connection.h"
#include "domain/ratelimiter.h"
#include "domain/room.h"
#include "protocol/command.h"

#include <QSet>

#include <deque>
#include <memory>
#include <optional>

namespace tertulia {

struct ConnectionRecord;

/// What a chat connection asked for in its address.
struct ChatEntrance {
    std::optional<JoinCommand> join; ///< of ?room=, joins at once
    bool tellToken = false; ///< a guest who came without a token finds one in `welcome`
};

/// One chat connection: says welcome, waits at the door, decodes commands, answers. Commands are taken one after the
/// other: while a join or a direct message waits for the store, what comes after it waits too. Made by ChatHub::open();
/// destroyed when the connection ended. Server thread.
class ChatSession final : public ConnectionListener, public std::enable_shared_from_this<ChatSession>
{
public:
    ChatSession(ChatHub &hub, Connection &connection, ConnectionRecord &record, SignedIn who, ChatEntrance entrance);
    ~ChatSession() override;
    Q_DISABLE_COPY_MOVE(ChatSession)

    void start();

    void textReceived(const QByteArray &utf8) override;
    void binaryReceived(const QByteArray &bytes) override;
    void ended(const ConnectionEnd &end) override;

    [[nodiscard]] const Principal &principal() const { return m_principal; }
    [[nodiscard]] const User &user() const { return m_principal.user; }
    [[nodiscard]] Connection &connection() { return m_connection; }
    [[nodiscard]] QStringList roomNames() const;
    [[nodiscard]] bool isIn(const Room &room) const { return m_rooms.contains(room.key()); }
    [[nodiscard]] bool isOpen() const { return m_state == State::Open; }

    void send(const QByteArray &json) { m_connection.send(Frame(json)); }
    void sendError(const Error &error, const QString &ref = {});

    /// The room goes or the user is put out of it: forgets it without a word.
    void forget(Room &room);

private:
    enum class State : quint8 { Opening, Waiting, Open, Ended };
    friend class RoomEntry;

    void loadMarks();
    void welcome(const QByteArray &rooms);
    void open();
    void handle(const QByteArray &utf8);
    void resume();

    void execute(const QString &ref, const JoinCommand &command);
    void execute(const QString &ref, const LeaveCommand &command);
    void execute(const QString &ref, const ChatCommand &command);
    void execute(const QString &ref, const EditCommand &command);
    void execute(const QString &ref, const DeleteCommand &command);
    void execute(const QString &ref, const ReactionCommand &command);
    void execute(const QString &ref, const DirectCommand &command);
    void execute(const QString &ref, const TypingCommand &command);
    void execute(const QString &ref, const ReadCommand &command);
    void execute(const QString &ref, const PingCommand &command);

    void enter(Room &room, const JoinCommand &command, const QString &ref);
    /// The room of a command, or null after the error was sent.
    Room *roomOf(const QString &name, const QString &ref);
    void publish(const PublishRequest &request);

    ChatHub &m_hub;
    Connection &m_connection;
    ConnectionRecord *m_record;
    Principal m_principal;
    QString m_token; ///< to be told in `welcome`, then empty
    ChatEntrance m_entrance;
    State m_state = State::Opening;
    bool m_isBusy = true; ///< a command is on its way; the next ones wait
    RateLimiter m_limiter;
    std::deque<QByteArray> m_waiting;
    QSet<RoomKey> m_rooms;
    std::chrono::steady_clock::time_point m_receivedAt; ///< of the command in hand
    QString m_knock;
};

} // namespace tertulia
