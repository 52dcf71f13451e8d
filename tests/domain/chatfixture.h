// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/chathub.h"
#include "domain/chatsession.h"
#include "domain/connectionregistry.h"
#include "domain/door.h"
#include "domain/notificationcenter.h"
#include "domain/roomdirectory.h"
#include "domain/userdirectory.h"
#include "identity/passwordhasher.h"
#include "metrics/metrics.h"
#include "settings/serversettings.h"
#include "storage/openstore.h"
#include "support/fakeclock.h"
#include "support/fakeconnection.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace tertulia {

/// The rooms over a real store in a temporary directory.
class ChatFixture
{
public:
    ChatFixture()
    {
        using namespace Qt::StringLiterals;
        using namespace std::chrono_literals;
        settings.name = u"Test"_s;
        settings.messageBytes = 16384;
        settings.maxRooms = 1000;
        settings.presenceGrace = 30ms;
        settings.guests = true;
        settings.createByJoining = true;
        directory = std::move(*DataDirectory::open(folder.path()));
        store = std::move(*openStore(*directory, clock));
        metrics = std::make_unique<Metrics>(clock);
        rooms = std::make_unique<RoomDirectory>(*store, settings, clock);
        connections = std::make_unique<ConnectionRegistry>(clock);
        users = std::make_unique<UserDirectory>(clock);
        notifications = std::make_unique<NotificationCenter>(*store, clock);
        hasher = std::make_unique<PasswordHasher>(PasswordCost::cheapest());
        door = std::make_unique<Door>(clock);
        bool isLoaded = false;
        rooms->load(rooms.get(), [&isLoaded](const Result<void> &result) { isLoaded = result.isOk(); });
        if (!QTest::qWaitFor([&isLoaded] { return isLoaded; }))
            qFatal("The rooms were not loaded.");
        hub = std::make_unique<ChatHub>(HubServices {
            settings, clock, *store, *metrics, *rooms, *connections, *users, *notifications, *hasher, *door});
    }

    /// A client with a session; ends it when it goes.
    class Client
    {
    public:
        Client(ChatFixture &fixture, const QString &name, Role role = Role::Member)
        {
            const User user {u"id-" + name, name, role};
            if (role != Role::Guest)
                fixture.users->putAccount(user);
            SignedIn who;
            who.principal.user = user;
            ConnectionRecord &record = fixture.connections->add(connection, TransportKind::WebSocket, who.principal);
            m_listener = fixture.hub->open(connection, record, who, {});
        }
        ~Client() { end(1000, true); }
        Q_DISABLE_COPY_MOVE(Client)

        void say(const QByteArray &json) { m_listener->textReceived(json); }
        void end(int code, bool wasClean)
        {
            if (auto *listener = std::exchange(m_listener, nullptr))
                listener->ended({code, wasClean});
        }
        /// Waits for a message of that type and takes everything up to it away.
        QJsonObject await(const QString &type)
        {
            using namespace Qt::StringLiterals;
            QJsonObject found;
            (void)QTest::qWaitFor([&] {
                while (!connection.messages.isEmpty() && found.isEmpty()) {
                    const QJsonObject message = connection.messages.takeFirst();
                    if (message.value("type"_L1).toString() == type)
                        found = message;
                }
                return !found.isEmpty();
            });
            return found;
        }
        QJsonObject join(const QByteArray &room)
        {
            say("{\"type\":\"join\",\"room\":\"" + room + "\"}");
            return await(QStringLiteral("joined"));
        }

        FakeConnection connection;

    private:
        ConnectionListener *m_listener = nullptr;
    };

    QTemporaryDir folder;
    FakeClock clock;
    ServerSettings settings;
    std::unique_ptr<DataDirectory> directory;
    std::unique_ptr<SqlStore> store;
    std::unique_ptr<Metrics> metrics;
    std::unique_ptr<RoomDirectory> rooms;
    std::unique_ptr<ConnectionRegistry> connections;
    std::unique_ptr<UserDirectory> users;
    std::unique_ptr<NotificationCenter> notifications;
    std::unique_ptr<PasswordHasher> hasher;
    std::unique_ptr<Door> door;
    std::unique_ptr<ChatHub> hub;
};

} // namespace tertulia
