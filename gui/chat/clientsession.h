// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/conversation.h"
#include "client/chatclient.h"
#include "client/restclient.h"
#include "models/roomlistmodel.h"

#include <QHash>
#include <QObject>

namespace tertulia {

/// Keeps the models of a chat window in step with what its client hears. No widgets.
class ClientSession final : public QObject
{
    Q_OBJECT
public:
    explicit ClientSession(ChatClient &client, QObject *parent = nullptr);

    [[nodiscard]] ChatClient &client() { return m_client; }
    [[nodiscard]] RestClient &rest() { return m_rest; }
    [[nodiscard]] RoomListModel &rooms() { return m_rooms; }
    /// The room's, made when first asked for.
    [[nodiscard]] Conversation *conversation(const QString &room);
    /// The room's if there is one.
    [[nodiscard]] Conversation *known(const QString &room) const { return m_conversations.value(room); }
    [[nodiscard]] QString currentRoom() const { return m_current; }

    /// Makes it the room that is looked at, and joins it.
    void openRoom(const QString &room, const QString &password = {});
    void leaveRoom(const QString &room);
    /// Begins (or finds) the conversation with one person; opened as soon as the server has named its room.
    void openDirect(const QString &name, const QString &firstMessage);
    /// Whether the reader is looking: only then messages count as read.
    void setAttended(bool attended);

    void say(const QString &room, const QString &content, EntryId replyTo);
    void edit(const QString &room, EntryId target, const QString &content);
    void remove(const QString &room, EntryId target);
    void toggleReaction(const QString &room, EntryId target, const QString &emoji);
    void retry(const QString &room, const QString &ref);
    void loadOlder(const QString &room);
    /// The older pages until `id` is there (bounded), then found().
    void reveal(const QString &room, EntryId id);

    /// What a refusal's code means, in the language of the interface.
    [[nodiscard]] static QString explain(const QString &code, const QString &otherwise);

Q_SIGNALS:
    void currentRoomChanged(const QString &room);
    /// The room's head changed: topic, members, name.
    void conversationChanged(const QString &room);
    void olderArrived(const QString &room);
    void found(const QString &room, tertulia::EntryId id);
    /// A room asks for a password, or the one given was wrong.
    void passwordNeeded(const QString &room);
    void trouble(const QString &text);
    /// Something that deserves a desktop notification.
    void attentionWanted(const tertulia::Notification &notification);

private:
    void connectClient();
    void welcomed(const Welcome &welcome);
    void fetchRooms();
    void joined(const Joined &joined);
    void entryArrived(const Entry &entry);
    void chatArrived(const Entry &entry);
    void presenceChanged(const PresenceChange &presence);
    void roomChanged(const RoomChange &change);
    void acknowledged(const QString &ref, const QString &room, EntryId id, Timestamp timestamp);
    void refused(const QString &ref, const Refusal &refusal);
    void forget(const QString &room, const QString &why);
    void markRead();
    void nameDirect(const QString &room);
    void notifyOf(const Entry &entry, bool isMention, bool isDirect);

    ChatClient &m_client;
    RestClient m_rest;
    RoomListModel m_rooms;
    QHash<QString, Conversation *> m_conversations; // children
    QHash<QString, QString> m_pending; // ref of a message under way -> its room
    QHash<QString, QString> m_directs; // ref of a first direct message -> to whom
    QString m_current;
    bool m_isAttended = false;
};

} // namespace tertulia
