// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/roommodel.h"

#include "models/format.h"

#include <QLocale>

namespace tertulia {

using namespace Qt::StringLiterals;

RoomModel::RoomModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void RoomModel::apply(const RoomChanges &changes)
{
    for (const QString &name : changes.removed) {
        const int index = rowOf(name);
        if (index < 0)
            continue;
        beginRemoveRows({}, index, index);
        m_rows.removeAt(index);
        endRemoveRows();
    }
    for (const RoomRow &row : changes.upserted) {
        const int at = rowOf(row.name);
        if (at < 0) {
            beginInsertRows({}, rowCount(), rowCount());
            m_rows.append(row);
            endInsertRows();
        } else if (!(m_rows.at(at) == row)) {
            m_rows.replace(at, row);
            Q_EMIT dataChanged(index(at, 0), index(at, ColumnCount - 1));
        }
    }
}

void RoomModel::clear()
{
    if (m_rows.size() == 0)
        return;
    beginRemoveRows({}, 0, rowCount() - 1);
    m_rows.clear();
    endRemoveRows();
}

int RoomModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int RoomModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString RoomModel::toolTip(const RoomRow &row) const
{
    QStringList lines;
    if (!row.topic.isEmpty())
        lines.append(row.topic);
    if (!row.owner.isEmpty())
        lines.append(tr("Owner: %1").arg(row.owner));
    if (row.isDirect)
        lines.append(tr("Direct conversation"));
    else if (row.isPrivate)
        lines.append(tr("Private: only for who is invited"));
    if (row.hasPassword)
        lines.append(tr("Asks for a password"));
    if (row.readOnly)
        lines.append(tr("Read only"));
    if (row.slowModeSeconds > 0)
        lines.append(tr("Slow mode: one message every %1 s").arg(row.slowModeSeconds));
    return lines.join(u'\n');
}

QVariant RoomModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const RoomRow &row = m_rows.at(index.row());
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        if (column == Name)
            return row.isDirect ? row.name : QString(u"# "_s % row.name);
        return QLocale().toString(column == Members ? row.members : row.messagesPerMinute);
    case SortRole:
        return column == Name ? QVariant(row.name) : QVariant(column == Members ? row.members : row.messagesPerMinute);
    case Qt::ToolTipRole:
        return plainToolTip(toolTip(row));
    case Qt::AccessibleTextRole:
        if (column == Name)
            return QString(row.name % u". "_s % toolTip(row));
        return QString(
            headerData(column, Qt::Horizontal).toString() % u": "_s % data(index, Qt::DisplayRole).toString());
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter) | int(column == Name ? Qt::AlignLeft : Qt::AlignRight);
    case NameRole:
        return row.name;
    default:
        return {};
    }
}

QVariant RoomModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter) | int(section == Name ? Qt::AlignLeft : Qt::AlignRight);
    if (role == Qt::ToolTipRole && section == Rate)
        return tr("Messages a minute");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Room");
    case Members:
        return tr("Members");
    default:
        return tr("msg/min");
    }
}

} // namespace tertulia
