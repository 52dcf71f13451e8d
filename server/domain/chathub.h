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
class Metrics;
class NotificationCenter;
class Presence;
class Publisher;
class Store;
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

    /// The room where `who` may read it: in it, or public; hidden ones are NoSuchRoom, a password that was not given
    /// (now or before) Forbidden. Argon2 is not run here: `passwordIsRight` comes from checkRoomPassword().
    [[nodiscard]] Result<Room *> readableRoom(const QString &name, const Principal &who) const;
    /// The room where `who` is its owner or an admin; NoSuchRoom, Forbidden.
    [[nodiscard]] Result<Room *> managedRoom(const QString &name, const Principal &who) const;

    using PublishThen = std::function<void(Result<Appended>)>;
    /// Judges and publishes; `then` after the commit. For HTTP: whoever may read a room may write there without joining.
    void publish(const Principal &who, const PublishRequest &request, QObject *context, PublishThen then);

    /// Changes to rooms, with the events that members see.
    void createRoom(const Principal &who, const RoomDraft &draft, QObject *context, RoomDirectory::RoomThen then);
    void changeRoom(Room &room, const RoomDraft &draft, QObject *context, RoomDirectory::RoomThen then);
    void deleteRoom(Room &room, QObject *context, std::function<void(Result<void>)> then);
    /// Invites by name into a private room: NoSuchUser where no account and nobody online has it.
    void invite(Room &room, const Principal &by, const QString &name, QObject *context, std::function<void(Result<void>)> then);
    /// Puts a user out of a room: memberships, presence, subscriptions; tells them `kicked`.
    void putOut(Room &room, const Principal &by, const QString &name, const QString &reason, QObject *context,
        std::function<void(Result<void>)> then);

    [[nodiscard]] QList<Member> members(const Room &room) const;

    /// Feeds an event stream with the room's log from now on, or after `lastEventId` without gap or double; when that
    /// cannot be had, with `reset` first. The caller owns the end of the stream: unsubscribe() before it goes.
    void subscribeStream(Room &room, Connection &stream, std::optional<EntryId> lastEventId);
    void unsubscribeStream(Connection &stream);

    /// An announcement to every chat connection.
    void broadcast(const Frame &frame);
    void sendToUser(const QString &userId, const Frame &frame);

Q_SIGNALS:
    /// Files that no entry names any more; their bytes may go.
    void filesFreed(const QStringList &ids);

private:
    friend class ChatSession;
    HubServices m_services;
    std::unique_ptr<Presence> m_presence;
    std::unique_ptr<Publisher> m_publisher;
    class StreamFeeder;
    std::unique_ptr<StreamFeeder> m_feeder;
    QSet<ChatSession *> m_sessions;
};

} // namespace tertulia
