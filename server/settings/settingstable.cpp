// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/hostpolicy.h"
#include "identity/ipaddress.h"
#include "identity/originpolicy.h"
#include "protocol/names.h"
#include "settings/settings.h"

#include <QUrl>

#include <algorithm>
#include <limits>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kDay = 24 * 60 * 60 * 1000;
constexpr qint64 kMebibyte = 1024 * 1024;

Error notAllowed(const QString &allowed)
{
    return Error(ErrorCode::InvalidField, allowed);
}

Result<QString> anyText(const QString &text)
{
    return text;
}

Result<QString> shortText(const QString &text)
{
    if (text.isEmpty() || text.toUcs4().size() > 64)
        return notAllowed(u"1 to 64 characters"_s);
    return text;
}

Result<QString> listenAddress(const QString &text)
{
    if (text == u"localhost" || IpAddress::fromScopedText(text))
        return text;
    return notAllowed(u"an IP address of this machine, 0.0.0.0 for all, or localhost"_s);
}

Result<QString> roomName(const QString &text)
{
    const auto name = normalizeRoomName(text);
    if (!name)
        return notAllowed(u"names of 1 to 64 letters, digits, _ . -, separated by commas"_s);
    return *name;
}

Result<QString> originText(const QString &text)
{
    if (!OriginPolicy::isOrigin(text))
        return notAllowed(u"origins like https://chat.example or http://10.0.0.2:3000, separated by commas"_s);
    return text;
}

Result<QString> hostText(const QString &text)
{
    if (!HostPolicy::isHostName(text))
        return notAllowed(u"host names or IP addresses without a port, separated by commas"_s);
    return text;
}

Result<QString> joinCode(const QString &text)
{
    // It stands in an address, /j/CODE, and is read aloud.
    const bool isPlain = std::all_of(text.cbegin(), text.cend(), [](QChar letter) {
        return letter.unicode() < 128 && (letter.isLetterOrNumber() || letter == u'-' || letter == u'_');
    });
    if (!isPlain || text.size() > 64)
        return notAllowed(u"up to 64 of the letters A-Z and a-z, digits, - and _, or nothing"_s);
    return text;
}

Result<QString> addressOf(const QString &text, const QStringList &schemes, const QString &allowed)
{
    if (text.isEmpty())
        return text;
    const QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || !schemes.contains(url.scheme()) || url.host().isEmpty())
        return notAllowed(allowed);
    return text;
}

Result<QString> brokerAddress(const QString &text)
{
    return addressOf(text, {u"redis"_s}, u"redis://[:password@]host[:port][/db], or nothing"_s);
}

Result<QString> databaseAddress(const QString &text)
{
    return addressOf(
        text, {u"postgresql"_s, u"postgres"_s}, u"postgresql://user:password@host[:port]/db, or nothing"_s);
}

using S = ServerSettings;

QList<SettingInfo> serverRows()
{
    return {
        {.key = u"server.name"_s,
            .field = &S::name,
            .defaultText = u"Tertulia"_s,
            .description = u"The name that guests see."_s,
            .check = shortText},
        {.key = u"server.host"_s,
            .field = &S::host,
            .defaultText = u"0.0.0.0"_s,
            .description = u"The address to listen on; 0.0.0.0 is every address of this machine."_s,
            .check = listenAddress},
        {.key = u"server.port"_s,
            .field = &S::port,
            .defaultText = u"8000"_s,
            .description = u"The TCP port; 0 takes a free one."_s,
            .largest = 65535},
        {.key = u"server.rooms"_s,
            .field = &S::rooms,
            .description = u"Rooms that are made at start, beside general."_s,
            .check = roomName},
        {.key = u"server.tls"_s,
            .field = &S::tls,
            .defaultText = u"false"_s,
            .description = u"Serve https and wss; without a certificate a self-signed one is made."_s},
        {.key = u"server.certificate"_s,
            .field = &S::certificate,
            .description = u"A certificate chain in PEM."_s,
            .check = anyText},
        {.key = u"server.private_key"_s,
            .field = &S::privateKey,
            .description = u"The key of the certificate in PEM."_s,
            .check = anyText},
        {.key = u"server.broker"_s,
            .field = &S::broker,
            .description = u"The Redis that joins several servers."_s,
            .check = brokerAddress,
            .isSecret = true},
        {.key = u"server.database"_s,
            .field = &S::database,
            .description = u"The PostgreSQL that several servers share; otherwise SQLite in the data directory."_s,
            .check = databaseAddress,
            .isSecret = true},
    };
}

QList<SettingInfo> limitRows()
{
    constexpr qint64 many = 1'000'000;
    return {
        {.key = u"limits.messages_per_second"_s,
            .field = &S::messagesPerSecond,
            .defaultText = u"20"_s,
            .description = u"Messages a second that one connection may send on average; 0 is no limit."_s,
            .largest = many,
            .refusal = ErrorCode::RateLimited,
            .closing = CloseCode::PolicyViolation,
            .metricReason = "rate_limited"_ba},
        {.key = u"limits.burst"_s,
            .field = &S::burst,
            .defaultText = u"40"_s,
            .description = u"Messages that one connection may send at once."_s,
            .smallest = 1,
            .largest = many,
            .refusal = ErrorCode::RateLimited,
            .closing = CloseCode::PolicyViolation,
            .metricReason = "rate_limited"_ba},
        {.key = u"limits.message_bytes"_s,
            .field = &S::messageBytes,
            .defaultText = u"16384"_s,
            .description = u"The longest content of a chat message, in bytes of UTF-8."_s,
            .smallest = 1,
            .largest = 8 * kMebibyte,
            .refusal = ErrorCode::TooLarge,
            .metricReason = "too_large"_ba},
        {.key = u"limits.connections"_s,
            .field = &S::connections,
            .defaultText = u"20000"_s,
            .description = u"Connections that are open at once."_s,
            .smallest = 1,
            .largest = many,
            .refusal = ErrorCode::ServerFull,
            .metricReason = "server_full"_ba},
        {.key = u"limits.connections_per_user"_s,
            .field = &S::connectionsPerUser,
            .defaultText = u"16"_s,
            .description = u"Connections of one user; 0 is no limit."_s,
            .largest = many,
            .refusal = ErrorCode::TooManyRequests,
            .closing = CloseCode::TooManyConnections,
            .metricReason = "connections_per_user"_ba},
        {.key = u"limits.connections_per_address"_s,
            .field = &S::connectionsPerAddress,
            .defaultText = u"0"_s,
            .description = u"Connections from one address; 0 is no limit."_s,
            .largest = many,
            .refusal = ErrorCode::TooManyRequests,
            .closing = CloseCode::TooManyConnections,
            .metricReason = "connections_per_address"_ba},
        {.key = u"limits.outbound_bytes"_s,
            .field = &S::outboundBytes,
            .defaultText = u"1048576"_s,
            .description = u"Bytes that may wait for one reader before it is cut."_s,
            .smallest = 1024,
            .largest = 1024 * kMebibyte,
            .closing = CloseCode::SlowConsumer,
            .metricReason = "slow_consumer"_ba},
        {.key = u"limits.upload_bytes"_s,
            .field = &S::uploadBytes,
            .defaultText = u"26214400"_s,
            .description = u"The largest file that may be uploaded."_s,
            .smallest = 1,
            .largest = 1024 * kMebibyte,
            .refusal = ErrorCode::TooLarge,
            .metricReason = "too_large"_ba},
        {.key = u"limits.room_history"_s,
            .field = &S::roomHistory,
            .defaultText = u"0"_s,
            .description = u"Entries that are kept of each room; 0 keeps all."_s,
            .largest = std::numeric_limits<int>::max()},
        {.key = u"limits.rooms"_s,
            .field = &S::maxRooms,
            .defaultText = u"1000"_s,
            .description = u"Rooms that may exist."_s,
            .smallest = 1,
            .largest = many,
            .refusal = ErrorCode::TooManyRooms,
            .metricReason = "too_many_rooms"_ba},
    };
}

QList<SettingInfo> timeRows()
{
    return {
        {.key = u"heartbeat.interval_ms"_s,
            .field = &S::heartbeatInterval,
            .defaultText = u"25000"_s,
            .description = u"Time between two pings to a WebSocket, in milliseconds."_s,
            .smallest = 50,
            .largest = kDay},
        {.key = u"heartbeat.timeout_ms"_s,
            .field = &S::heartbeatTimeout,
            .defaultText = u"60000"_s,
            .description = u"Silence after which a WebSocket counts as lost, in milliseconds."_s,
            .smallest = 50,
            .largest = kDay},
        {.key = u"sse.keepalive_ms"_s,
            .field = &S::sseKeepalive,
            .defaultText = u"15000"_s,
            .description = u"Silence after which an event stream gets a comment, in milliseconds."_s,
            .smallest = 50,
            .largest = kDay},
        {.key = u"presence.grace_ms"_s,
            .field = &S::presenceGrace,
            .defaultText = u"5000"_s,
            .description = u"How long a lost connection may take to come back unnoticed, in milliseconds."_s,
            .largest = kDay},
    };
}

QList<SettingInfo> accessRows()
{
    return {
        {.key = u"access.guests"_s,
            .field = &S::guests,
            .defaultText = u"true"_s,
            .description = u"Whether guests may enter without an account."_s},
        {.key = u"access.join_code"_s,
            .field = &S::joinCode,
            .description = u"The code that guests must know; empty is none."_s,
            .check = joinCode,
            .isSecret = true},
        {.key = u"access.door"_s,
            .field = &S::door,
            .defaultText = u"false"_s,
            .description = u"Whether newcomers wait until the host admits them."_s},
        {.key = u"access.origins"_s,
            .field = &S::origins,
            .description = u"Origins of other pages that may use this server."_s,
            .check = originText},
        {.key = u"access.hosts"_s,
            .field = &S::hosts,
            .description = u"Further names under which this server is reached."_s,
            .check = hostText},
        {.key = u"access.session_hours"_s,
            .field = &S::sessionHours,
            .defaultText = u"168"_s,
            .description = u"How long a sign-in lasts, in hours."_s,
            .smallest = 1,
            .largest = 8760},
        {.key = u"rooms.create_by_joining"_s,
            .field = &S::createByJoining,
            .defaultText = u"true"_s,
            .description = u"Whether joining a room that does not exist makes it."_s},
    };
}

} // namespace

const QList<SettingInfo> &Settings::table()
{
    static const QList<SettingInfo> rows = serverRows() + limitRows() + timeRows() + accessRows();
    return rows;
}

} // namespace tertulia
