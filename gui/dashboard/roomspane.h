// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/roommodel.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QSortFilterProxyModel;
class QTableView;

namespace tertulia {

class EmptyState;

/// The rooms, and what may be done with one.
class RoomsPane final : public QWidget
{
    Q_OBJECT
public:
    explicit RoomsPane(RoomModel &model, QWidget *parent = nullptr);

    /// The chosen room's name; empty = none.
    [[nodiscard]] QString currentRoom() const;
    [[nodiscard]] QTableView *view() const { return m_view; }

Q_SIGNALS:
    void createRequested();
    void editRequested(const QString &name);
    void deleteRequested(const QString &name);
    /// Show only this room's connections.
    void filterRequested(const QString &name);

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void fitColumns();
    void showMenu(const QPoint &position);

    RoomModel &m_model;
    QSortFilterProxyModel *m_sorted;
    QLabel *m_title;
    QTableView *m_view;
    EmptyState *m_empty;
    QPushButton *m_create;
};

} // namespace tertulia
