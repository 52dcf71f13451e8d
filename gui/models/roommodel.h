// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/keyedrows.h"
#include "protocol/hostvalues.h"

#include <QAbstractTableModel>

namespace tertulia {

/// The host's rooms, one a row, by name.
class RoomModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Name, Members, Rate, ColumnCount };
    enum Role { SortRole = Qt::UserRole, NameRole };

    explicit RoomModel(QObject *parent = nullptr);

    void apply(const RoomChanges &changes);
    void clear();
    [[nodiscard]] const RoomRow &row(int index) const { return m_rows.at(index); }
    [[nodiscard]] int rowOf(const QString &name) const { return int(m_rows.indexOf(name)); }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] QString toolTip(const RoomRow &row) const;

    KeyedRows<RoomRow, &RoomRow::name> m_rows;
};

} // namespace tertulia
