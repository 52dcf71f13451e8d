// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/roomlistmodel.h"

#include "models/format.h"
#include "protocol/names.h"

#include <QSet>

#include <algorithm>
#include <tuple>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

bool comesBefore(const RoomInfo &left, const RoomInfo &right)
{
    return std::make_tuple(left.isDirect, foldName(left.name)) < std::make_tuple(right.isDirect, foldName(right.name));
}

} // namespace

RoomListModel::RoomListModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

int RoomListModel::rowOf(const QString &name) const
{
    for (int row = 0; row < rowCount(); ++row) {
        if (m_rows.at(row).info.name == name)
            return row;
    }
    return -1;
}

int RoomListModel::insertPosition(const RoomInfo &room) const
{
    const auto at = std::lower_bound(m_rows.cbegin(), m_rows.cend(), room,
        [](const Row &row, const RoomInfo &other) { return comesBefore(row.info, other); });
    return int(at - m_rows.cbegin());
}

void RoomListModel::setRooms(const QList<RoomInfo> &rooms)
{
    QSet<QString> present;
    for (const RoomInfo &room : rooms)
        present.insert(room.name);
    for (int row = rowCount() - 1; row >= 0; --row) {
        const QString name = m_rows.at(row).info.name;
        if (!present.contains(name))
            remove(name);
    }
    for (const RoomInfo &room : rooms)
        upsert(room);
}

void RoomListModel::upsert(const RoomInfo &room)
{
    const int row = rowOf(room.name);
    Row fresh;
    if (row >= 0) {
        if (m_rows.at(row).info.isDirect == room.isDirect) {
            m_rows[row].info = room;
            Q_EMIT dataChanged(index(row), index(row));
            return;
        }
        fresh = m_rows.at(row); // it belongs to the other part of the list
        remove(room.name);
    }
    fresh.info = room;
    const int at = insertPosition(room);
    beginInsertRows({}, at, at);
    m_rows.insert(at, fresh);
    endInsertRows();
    if (fresh.unread > 0)
        Q_EMIT unreadChanged();
}

void RoomListModel::remove(const QString &name)
{
    const int row = rowOf(name);
    if (row < 0)
        return;
    const bool hadUnread = m_rows.at(row).unread > 0;
    beginRemoveRows({}, row, row);
    m_rows.removeAt(row);
    endRemoveRows();
    if (hadUnread)
        Q_EMIT unreadChanged();
}

void RoomListModel::setTitle(const QString &name, const QString &title)
{
    const int row = rowOf(name);
    if (row < 0 || m_rows.at(row).title == title)
        return;
    m_rows[row].title = title;
    Q_EMIT dataChanged(index(row), index(row));
}

void RoomListModel::setUnread(const QString &name, int unread, int mentions)
{
    const int row = rowOf(name);
    if (row < 0 || (m_rows.at(row).unread == unread && m_rows.at(row).mentions == mentions))
        return;
    m_rows[row].unread = unread;
    m_rows[row].mentions = mentions;
    Q_EMIT dataChanged(index(row), index(row));
    Q_EMIT unreadChanged();
}

void RoomListModel::addUnread(const QString &name, bool isMention)
{
    const int row = rowOf(name);
    if (row < 0)
        return;
    const bool counts = isMention || m_rows.at(row).info.isDirect;
    setUnread(name, m_rows.at(row).unread + 1, m_rows.at(row).mentions + (counts ? 1 : 0));
}

RoomInfo RoomListModel::info(const QString &name) const
{
    const int row = rowOf(name);
    return row < 0 ? RoomInfo {} : m_rows.at(row).info;
}

QString RoomListModel::titleOf(const Row &row) const
{
    if (row.info.isDirect)
        return row.title.isEmpty() ? tr("Direct conversation") : row.title;
    return QString(u"# "_s % row.info.name);
}

QString RoomListModel::title(const QString &name) const
{
    const int row = rowOf(name);
    return row < 0 ? QString(u"# "_s % name) : titleOf(m_rows.at(row));
}

int RoomListModel::totalMentions() const
{
    int total = 0;
    for (const Row &row : m_rows)
        total += row.mentions;
    return total;
}

bool RoomListModel::hasUnread() const
{
    return std::any_of(m_rows.cbegin(), m_rows.cend(), [](const Row &row) { return row.unread > 0; });
}

QString RoomListModel::accessibleText(const Row &row) const
{
    QStringList parts {titleOf(row)};
    if (row.info.isPrivate && !row.info.isDirect)
        parts.append(tr("private"));
    if (row.unread > 0)
        parts.append(tr("%n unread", nullptr, row.unread));
    if (row.mentions > 0 && !row.info.isDirect)
        parts.append(tr("%n mention(s)", nullptr, row.mentions));
    return parts.join(u", "_s);
}

int RoomListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant RoomListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case TitleRole:
        return titleOf(row);
    case Qt::AccessibleTextRole:
        return accessibleText(row);
    case Qt::ToolTipRole:
        return plainToolTip(row.info.topic);
    case NameRole:
        return row.info.name;
    case UnreadRole:
        return row.unread;
    case MentionsRole:
        return row.mentions;
    case DirectRole:
        return row.info.isDirect;
    case PrivateRole:
        return row.info.isPrivate;
    case TopicRole:
        return row.info.topic;
    default:
        return {};
    }
}

} // namespace tertulia
