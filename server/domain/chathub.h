// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/connection.h"
#include "domain/principal.h"
#include "domain/roomdirectory.h"
#include "protocol/command.h"
#include "protocol/result.h"
#include "storage/records.h"

#include <QObject>

#include <chrono>
#include <functional>

namespace tertulia {

struct ServerSettings;
class Clock;
class ConnectionRegistry;
struct ConnectionRecord;
class Door;
struct SignedIn;
struct ChatEntrance;
class Metrics;
class ChatSession;
class NotificationCenter;
class PasswordHasher;
class Presence;
class Publisher;
class ReadMarks;
class Store;
class StreamFeeder;
class UserDirectory;

/// Everything that the rooms need to work; references live as long as the server.
struct HubServices {
    const ServerSettings &settings;
    Clock &clock;
    Store &store;
    Metrics &metrics;
    RoomDirectory &rooms;
    ConnectionRegistry &connections;
    UserDirectory &users;
    NotificationCenter &notifications;
    PasswordHasher &hasher;
    Door &door;
};

/// What is to be published, whoever asks: a socket's command or an HTTP request.
struct PublishRequest {
    EntryKind kind = EntryKind::Chat;
    QString room;
    QString content;
    EntryId replyTo = 0;
    EntryId target = 0;
    QString emoji;
    bool reactionAdded = true;
    std::optional<FileInfo> file;
    QString ref;
};

/// The chat itself: who may do what in which room, and what everyone hears of it. Sockets come in through ChatSession,
/// HTTP through the calls here; both end in the same rules. Server thread.
class ChatHub final : public QObject
{
    Q_OBJECT

public:
    explicit ChatHub(const HubServices &services, QObject *parent = nullptr);
    ~ChatHub() override;

    [[nodiscard]] const HubServices &services() const { return m_services; }
    [[nodiscard]] Presence &presence() { return *m_presence; }
    [[nodiscard]] Publisher &publisher() { return *m_publisher; }
    [[nodiscard]] ReadMarks &readMarks() { return *m_readMarks; }

    /// A chat connection begins: the session listens to it from now on, and the hub owns the session. `record` is that
    /// of the connection; the session removes it when it ends.
    ConnectionListener *open(
        Connection &connection, ConnectionRecord &record, const SignedIn &who, const ChatEntrance &entrance);

    /// The room where `who` may read it: in it, or public; hidden ones are NoSuchRoom, a password that was not given
    /// (now or before) Forbidden. Argon2 is not run here: `passwordIsRight` comes from checkRoomPassword().
    [[nodiscard]] Result<Room *> readableRoom(const QString &name, const Principal &who) const;
    /// The room where `who` is its owner or an admin; NoSuchRoom, Forbidden.
    [[nodiscard]] Result<Room *> managedRoom(const QString &name, const Principal &who) const;

    /// InvalidField where it is blank, TooLarge.
    [[nodiscard]] Result<void> checkContent(const QString &content) const;
    /// Public rooms by name; up to a second old.
    [[nodiscard]] QList<Room *> publicRooms() const;

    using PublishThen = std::function<void(Result<Appended>)>;
    /// Judges and publishes; `then` after the commit. For HTTP: whoever may read a room may write there without
    /// joining.
    void publish(const Principal &who, const PublishRequest &request, QObject *context, PublishThen then);

    /// Changes to rooms, with the events that members see.
    void createRoom(const Principal &who, const RoomDraft &draft, QObject *context, RoomDirectory::RoomThen then);
    void changeRoom(Room &room, const RoomDraft &draft, QObject *context, RoomDirectory::RoomThen then);
    void deleteRoom(Room &room, QObject *context, std::function<void(Result<void>)> then);
    /// Invites by name into a private room: NoSuchUser where no account and nobody online has it.
    void invite(
        Room &room, const Principal &by, const QString &name, QObject *context, std::function<void(Result<void>)> then);
    /// Puts a user out of a room: memberships, presence, subscriptions; tells them `kicked`.
    void putOut(Room &room, const Principal &by, const QString &name, const QString &reason, QObject *context,
        std::function<void(Result<void>)> then);

    [[nodiscard]] QList<Member> members(const Room &room) const;

    /// Feeds an event stream with the room's log from now on, or after `lastEventId` without gap or double; when that
    /// cannot be had, with `reset` first. The caller owns the end of the stream: unsubscribe() before it goes.
    void subscribeStream(Room &room, Connection &stream, std::optional<EntryId> lastEventId);
    void unsubscribeStream(Connection &stream);

    /// To every chat connection, as an announcement.
    void broadcast(const Frame &frame);
    void sendToUser(const QString &userId, const Frame &frame, const ChatSession *except = nullptr);
    [[nodiscard]] QList<ChatSession *> sessionsOf(const QString &userId) const
    {
        return m_sessionsOfUser.value(userId);
    }

Q_SIGNALS:
    /// Files that no entry names any more; their bytes may go.
    void filesFreed(const QStringList &ids);

private:
    friend class ChatSession;

    /// Everything but the store's say: who may publish what. The room, or why not.
    [[nodiscard]] Result<Room *> judge(const Principal &who, const PublishRequest &request, bool needsJoin);
    [[nodiscard]] Result<void> judgeChat(Room &room, const Principal &who, const PublishRequest &request);
    void submit(Room &room, const Principal &who, const PublishRequest &request,
        std::chrono::steady_clock::time_point receivedAt, std::function<void(const Result<Appended> &)> then);
    void ended(ChatSession &session);

    void entryPublished(Room *room, const Entry &entry);
    void roomCreated(Room *room);
    void roomChanged(Room *room);
    void roomRemoved(Room *room);
    void removeIfEmpty(Room *room);
    void tellRoom(Room &room, QByteArrayView event, const QByteArray &data);
    void trimHistory(Room &room);

    HubServices m_services;
    std::unique_ptr<Publisher> m_publisher;
    std::unique_ptr<Presence> m_presence;
    std::unique_ptr<StreamFeeder> m_feeder;
    std::unique_ptr<ReadMarks> m_readMarks;
    QHash<ChatSession *, std::shared_ptr<ChatSession>> m_sessions;
    QHash<QString, QList<ChatSession *>> m_sessionsOfUser;
    QSet<RoomKey> m_trimming;
    mutable QList<Room *> m_publicRooms;
    mutable std::chrono::steady_clock::time_point m_publicRoomsAt;
};

} // namespace tertulia
