// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/room.h"
#include "protocol/command.h"
#include "protocol/result.h"
#include "storage/store.h"

#include <QString>

#include <memory>
#include <optional>

namespace tertulia {

class ChatHub;
class ChatSession;

/// One chat connection on its way into one room: reads what it has to be shown, then enters, subscribes and answers
/// `joined` in one turn, so that the answer and what follows it leave no gap and repeat nothing. Keeps itself alive
/// until it is done or the session ended. Server thread.
class RoomEntry : public std::enable_shared_from_this<RoomEntry>
{
public:
    RoomEntry(ChatHub &hub, std::shared_ptr<ChatSession> session, Room &room, const JoinCommand &command, QString ref);
    ~RoomEntry();
    Q_DISABLE_COPY_MOVE(RoomEntry)

    void start();

private:
    /// What the store told; absent parts were not asked for.
    struct Page {
        std::optional<QList<Entry>> entries;
        MessagePage messages;
        int unread = 0;
    };
    [[nodiscard]] bool canRecover(const Room &room) const;
    static Result<Page> read(Storage &storage, RoomKey key, std::optional<EntryId> since, bool withMessages,
        const QString &userId, std::optional<EntryId> mark);
    void finish(const Result<Page> &result);
    void finishNow(Room &room);
    void enter(Room &room, const QByteArray &shown, EntryId lastId, int unread);

    ChatHub &m_hub;
    std::shared_ptr<ChatSession> m_session;
    RoomKey m_key;
    JoinCommand m_command;
    QString m_ref;
    EntryHold m_hold;
};

} // namespace tertulia
