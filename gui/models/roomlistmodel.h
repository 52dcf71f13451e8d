// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/entry.h"

#include <QAbstractListModel>
#include <QList>

namespace tertulia {

/// A chat user's rooms: rooms by name, then direct conversations, with what is unread in each.
class RoomListModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { NameRole = Qt::UserRole, TitleRole, UnreadRole, MentionsRole, DirectRole, PrivateRole, TopicRole };

    explicit RoomListModel(QObject *parent = nullptr);

    /// Makes the list these, by inserting and removing what differs; unread counts of those that stay are kept.
    void setRooms(const QList<RoomInfo> &rooms);
    void upsert(const RoomInfo &room);
    void remove(const QString &name);
    /// What a direct conversation is called: the other's name.
    void setTitle(const QString &name, const QString &title);
    void setUnread(const QString &name, int unread, int mentions);
    void addUnread(const QString &name, bool isMention);

    [[nodiscard]] bool contains(const QString &name) const { return rowOf(name) >= 0; }
    [[nodiscard]] int rowOf(const QString &name) const;
    [[nodiscard]] RoomInfo info(const QString &name) const;
    /// "# general", or the other's name.
    [[nodiscard]] QString title(const QString &name) const;
    /// Mentions and direct messages over all rooms: what a badge shows.
    [[nodiscard]] int totalMentions() const;
    [[nodiscard]] bool hasUnread() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void unreadChanged();

private:
    struct Row {
        RoomInfo info;
        QString title;
        int unread = 0;
        int mentions = 0;
    };
    [[nodiscard]] int insertPosition(const RoomInfo &room) const;
    [[nodiscard]] QString titleOf(const Row &row) const;
    [[nodiscard]] QString accessibleText(const Row &row) const;

    QList<Row> m_rows;
};

} // namespace tertulia
