// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/activitymodel.h"

#include "models/format.h"

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

/// Texts that strangers chose stand in one line.
QString oneLine(const QString &text)
{
    return text.simplified();
}

} // namespace

ActivityModel::ActivityModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

void ActivityModel::append(const QList<ActivityEvent> &events)
{
    const QList<ActivityEvent> newest = events.size() > kMost ? events.last(kMost) : events;
    if (newest.isEmpty())
        return;
    const int surplus = int(m_events.size()) + int(newest.size()) - kMost;
    if (surplus > 0) {
        beginRemoveRows({}, 0, surplus - 1);
        m_events.erase(m_events.begin(), m_events.begin() + surplus);
        endRemoveRows();
    }
    beginInsertRows({}, rowCount(), rowCount() + int(newest.size()) - 1);
    m_events.insert(m_events.end(), newest.cbegin(), newest.cend());
    endInsertRows();
}

void ActivityModel::clear()
{
    if (m_events.empty())
        return;
    beginRemoveRows({}, 0, rowCount() - 1);
    m_events.clear();
    endRemoveRows();
}

int ActivityModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_events.size());
}

QVariant ActivityModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ActivityEvent &event = m_events[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return QString(formatTimeWithSeconds(event.time) % u"  "_s % sentence(event));
    case SentenceRole:
        return sentence(event);
    case KindRole:
        return int(event.kind);
    case TimeRole:
        return formatTimeWithSeconds(event.time);
    default:
        return {};
    }
}

QString ActivityModel::kindName(ActivityKind kind)
{
    switch (kind) {
    case ActivityKind::Connected:
        return tr("Connected");
    case ActivityKind::Disconnected:
        return tr("Closed");
    case ActivityKind::Joined:
        return tr("Joined");
    case ActivityKind::Left:
        return tr("Left");
    case ActivityKind::Refused:
        return tr("Refused");
    case ActivityKind::Kicked:
        return tr("Kicked");
    case ActivityKind::Banned:
        return tr("Banned");
    case ActivityKind::SlowConsumer:
        return tr("Too slow");
    case ActivityKind::Room:
        return tr("Room");
    case ActivityKind::Server:
        return tr("Server");
    }
    return {};
}

QString ActivityModel::sentence(const ActivityEvent &event)
{
    const QString user = event.user.isEmpty() ? tr("Somebody") : oneLine(event.user);
    const QString address = oneLine(event.address);
    const QString room = oneLine(event.room);
    const QString detail = oneLine(event.detail);
    switch (event.kind) {
    case ActivityKind::Connected:
        return tr("%1 connected from %2").arg(user, address);
    case ActivityKind::Disconnected:
        return detail.isEmpty() ? tr("%1 is gone").arg(user) : tr("%1 is gone (%2)").arg(user, detail);
    case ActivityKind::Joined:
        return tr("%1 joined # %2").arg(user, room);
    case ActivityKind::Left:
        return tr("%1 left # %2").arg(user, room);
    case ActivityKind::Refused:
        return tr("A visitor from %1 was refused (%2)").arg(address, detail);
    case ActivityKind::Kicked:
        return detail.isEmpty() ? tr("%1 was kicked").arg(user) : tr("%1 was kicked: %2").arg(user, detail);
    case ActivityKind::Banned:
        return tr("%1 was banned (%2)").arg(event.user.isEmpty() ? address : user, detail);
    case ActivityKind::SlowConsumer:
        return tr("%1 reads too slowly and was cut off (%2)").arg(user, detail);
    case ActivityKind::Room:
        return tr("Room # %1: %2").arg(room, detail);
    case ActivityKind::Server:
        return detail;
    }
    return {};
}

} // namespace tertulia
