// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/principal.h"
#include "protocol/result.h"
#include "storage/records.h"

#include <QByteArray>
#include <QHash>

#include <functional>

namespace tertulia {

class ChatHub;
struct ServerSettings;

/// Unread messages by room, for the rooms that a user was in or belongs to.
using UnreadCounts = QHash<RoomKey, int>;

/// Loads the user's read marks, where they are not loaded yet, and counts what came after them.
void readUnread(ChatHub &hub, const Principal &who, std::function<void(const Result<UnreadCounts> &)> then);

/// The JSON array of `welcome`: the user's own rooms first, then public ones, at most 100 in all; the rest is had from
/// GET /api/rooms.
[[nodiscard]] QByteArray welcomeRooms(ChatHub &hub, const Principal &who, const UnreadCounts &unread);

/// The first message of a chat connection. `token` is left out where empty.
[[nodiscard]] QByteArray encodeWelcome(const ServerSettings &settings, const QString &connectionId, const User &user,
    const QByteArray &roomsJson, const QString &token, Timestamp now);

} // namespace tertulia
