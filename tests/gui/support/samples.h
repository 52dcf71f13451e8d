// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/entry.h"
#include "protocol/hostvalues.h"

#include <QDateTime>

namespace tertulia::samples {

using namespace Qt::StringLiterals;

inline Timestamp ago(qint64 seconds)
{
    return fromMilliseconds(QDateTime::currentMSecsSinceEpoch() - seconds * 1000);
}

inline HostState running()
{
    HostState state;
    state.phase = HostPhase::Running;
    state.serverName = u"Aula 3"_s;
    state.port = 8000;
    HostAddress wlan;
    wlan.url = u"http://192.168.1.34:8000/"_s;
    wlan.interfaceName = u"wlan0"_s;
    wlan.isRecommended = true;
    wlan.isVerified = true;
    HostAddress loopback;
    loopback.url = u"http://127.0.0.1:8000/"_s;
    loopback.interfaceName = u"lo"_s;
    loopback.isLoopback = true;
    state.addresses = {wlan, loopback};
    state.startedAt = ago(8040);
    return state;
}

inline ConnectionRow connection(const QString &id, const QString &user)
{
    ConnectionRow row;
    row.id = id;
    row.user = user;
    row.role = Role::Guest;
    row.transport = u"websocket"_s;
    row.address = u"192.168.1.44"_s;
    row.port = 51234;
    row.path = u"/ws/chat"_s;
    row.userAgent = u"Mozilla/5.0"_s;
    row.rooms = {u"general"_s};
    row.connectedAt = ago(720);
    row.roundTripMs = 4;
    row.messagesIn = 37;
    row.messagesOut = 412;
    row.bytesIn = 5120;
    row.bytesOut = 61440;
    return row;
}

inline RoomRow room(const QString &name, int members, int rate)
{
    RoomRow row;
    row.name = name;
    row.members = members;
    row.messagesPerMinute = rate;
    return row;
}

inline Message message(EntryId id, const QString &user, const QString &content, Timestamp time)
{
    Message message;
    message.room = u"general"_s;
    message.id = id;
    message.user = user;
    message.content = content;
    message.timestamp = time;
    return message;
}

inline Entry chat(EntryId id, const QString &user, const QString &content)
{
    Entry entry;
    entry.room = u"general"_s;
    entry.id = id;
    entry.user = user;
    entry.content = content;
    entry.timestamp = ago(0);
    return entry;
}

} // namespace tertulia::samples
