// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/keyedrows.h"
#include "protocol/hostvalues.h"

#include <QAbstractTableModel>

namespace tertulia {

/// The host's live connections, one a row, by id.
class ConnectionModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        User,
        Transport,
        Address,
        Rooms,
        Since,
        RoundTrip,
        MessagesIn,
        MessagesOut,
        BytesIn,
        BytesOut,
        Waiting,
        ColumnCount,
    };
    enum Role {
        SortRole = Qt::UserRole, ///< a value that sorts as people expect
        IdRole,
        SearchRole, ///< user, address and rooms in one text
        SlowRole, ///< true = worth a warning
    };

    explicit ConnectionModel(QObject *parent = nullptr);

    void apply(const ConnectionChanges &changes);
    void clear();
    /// Moves the "connected for" column on; the caller's clock.
    void setNow(Timestamp now);
    [[nodiscard]] const ConnectionRow &row(int index) const { return m_rows.at(index); }
    [[nodiscard]] int rowOf(const QString &id) const { return int(m_rows.indexOf(id)); }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] QString text(const ConnectionRow &row, int column) const;
    [[nodiscard]] QVariant sortValue(const ConnectionRow &row, int column) const;

    KeyedRows<ConnectionRow, &ConnectionRow::id> m_rows;
    Timestamp m_now;
};

/// "WebSocket", "Event stream", "Long poll".
[[nodiscard]] QString transportName(const QString &transport);

} // namespace tertulia
