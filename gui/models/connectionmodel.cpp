// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/connectionmodel.h"

#include "models/format.h"

#include <QCoreApplication>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kWorthAWarningBytes = 64 * 1024;
constexpr int kSlowRoundTripMs = 250;

bool isSlow(const ConnectionRow &row)
{
    return row.queuedBytes >= kWorthAWarningBytes || row.roundTripMs >= kSlowRoundTripMs;
}

} // namespace

QString transportName(const QString &transport)
{
    if (transport == "websocket"_L1)
        return u"WebSocket"_s;
    if (transport == "sse"_L1)
        return QCoreApplication::translate("ConnectionModel", "Event stream");
    if (transport == "longpoll"_L1)
        return QCoreApplication::translate("ConnectionModel", "Long poll");
    return transport;
}

ConnectionModel::ConnectionModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void ConnectionModel::apply(const ConnectionChanges &changes)
{
    for (const QString &id : changes.removed) {
        const int index = rowOf(id);
        if (index < 0)
            continue;
        beginRemoveRows({}, index, index);
        m_rows.removeAt(index);
        endRemoveRows();
    }
    QList<ConnectionRow> added;
    int first = -1;
    int last = -1;
    for (const ConnectionRow &row : changes.upserted) {
        const int index = rowOf(row.id);
        if (index < 0) {
            added.append(row);
        } else if (!(m_rows.at(index) == row)) {
            m_rows.replace(index, row);
            first = first < 0 ? index : std::min(first, index);
            last = std::max(last, index);
        }
    }
    if (first >= 0)
        Q_EMIT dataChanged(index(first, 0), index(last, ColumnCount - 1));
    for (const ConnectionRow &row : added) {
        if (const int index = rowOf(row.id); index >= 0) { // twice in one delivery
            m_rows.replace(index, row);
            continue;
        }
        beginInsertRows({}, rowCount(), rowCount());
        m_rows.append(row);
        endInsertRows();
    }
}

void ConnectionModel::clear()
{
    if (m_rows.size() == 0)
        return;
    beginRemoveRows({}, 0, rowCount() - 1);
    m_rows.clear();
    endRemoveRows();
}

void ConnectionModel::setNow(Timestamp now)
{
    m_now = now;
    if (m_rows.size() > 0)
        Q_EMIT dataChanged(index(0, Since), index(rowCount() - 1, Since), {Qt::DisplayRole});
}

int ConnectionModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int ConnectionModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString ConnectionModel::text(const ConnectionRow &row, int column) const
{
    switch (column) {
    case User:
        return isSlow(row) ? QString(u"▲ "_s % row.user) : row.user;
    case Transport:
        return transportName(row.transport);
    case Address:
        return row.address;
    case Rooms:
        return row.rooms.join(u", "_s);
    case Since:
        return formatDuration((toMilliseconds(m_now) - toMilliseconds(row.connectedAt)) / 1000);
    case RoundTrip:
        return row.roundTripMs < 0 ? u"–"_s : formatMilliseconds(row.roundTripMs);
    case MessagesIn:
        return QLocale().toString(row.messagesIn);
    case MessagesOut:
        return QLocale().toString(row.messagesOut);
    case BytesIn:
        return formatBytes(double(row.bytesIn));
    case BytesOut:
        return formatBytes(double(row.bytesOut));
    case Waiting:
        return formatBytes(double(row.queuedBytes));
    default:
        return {};
    }
}

QVariant ConnectionModel::sortValue(const ConnectionRow &row, int column) const
{
    switch (column) {
    case User:
        return row.user;
    case Since:
        return -toMilliseconds(row.connectedAt); // longest last, as its text grows
    case RoundTrip:
        return row.roundTripMs;
    case MessagesIn:
        return row.messagesIn;
    case MessagesOut:
        return row.messagesOut;
    case BytesIn:
        return row.bytesIn;
    case BytesOut:
        return row.bytesOut;
    case Waiting:
        return row.queuedBytes;
    default:
        return text(row, column);
    }
}

QVariant ConnectionModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ConnectionRow &row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter) | int(index.column() >= Since ? Qt::AlignRight : Qt::AlignLeft);
    case Qt::AccessibleTextRole: {
        const QString header = headerData(index.column(), Qt::Horizontal).toString();
        return QString(header % u": "_s % text(row, index.column()));
    }
    case Qt::ToolTipRole:
        if (index.column() == User && isSlow(row))
            return tr("Slow: answers late or does not read what it is sent");
        if (index.column() == Rooms)
            return plainToolTip(row.rooms.join(u'\n'));
        return index.column() == Since ? formatFullDate(row.connectedAt) : QVariant();
    case SortRole:
        return sortValue(row, index.column());
    case IdRole:
        return row.id;
    case SearchRole:
        return QString(row.user % u'\n' % row.address % u'\n' % row.rooms.join(u'\n') % u'\n' % row.transport);
    case SlowRole:
        return isSlow(row);
    default:
        return {};
    }
}

QVariant ConnectionModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter) | int(section >= Since ? Qt::AlignRight : Qt::AlignLeft);
    if (role != Qt::DisplayRole)
        return {};
    const std::array<QString, ColumnCount> titles = {tr("User"), tr("Transport"), tr("Address"), tr("Rooms"),
        tr("Connected"), tr("Round trip"), tr("Msgs in"), tr("Msgs out"), tr("Bytes in"), tr("Bytes out"),
        tr("Waiting")};
    return titles.at(std::size_t(section));
}

} // namespace tertulia
