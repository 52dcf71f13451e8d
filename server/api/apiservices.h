// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace tertulia {

struct ServerSettings;
class AccountService;
class BanList;
class ChatHub;
class Clock;
class ConnectionRegistry;
class Door;
class LogBook;
class Metrics;
class MetricsTicker;
class NotificationCenter;
class OriginPolicy;
class PasswordHasher;
class RoomDirectory;
class Store;
class UserDirectory;

/// Everything that the API needs to work; references live as long as the server.
struct ApiServices {
    const ServerSettings &settings;
    Clock &clock;
    Store &store;
    Metrics &metrics;
    MetricsTicker &ticker;
    LogBook &logBook;
    OriginPolicy &origins;
    PasswordHasher &hasher;
    BanList &bans;
    Door &door;
    AccountService &accounts;
    UserDirectory &users;
    RoomDirectory &rooms;
    ChatHub &hub;
    ConnectionRegistry &connections;
    NotificationCenter &notifications;
    QString filesDirectory; ///< where the bytes of uploads are kept; made at need
};

} // namespace tertulia
