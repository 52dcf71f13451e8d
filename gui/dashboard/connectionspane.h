// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/connectionmodel.h"

#include <QHash>
#include <QSet>
#include <QTimer>
#include <QWidget>

class QLabel;
class QLineEdit;
class QMenu;
class QSortFilterProxyModel;
class QTableView;
class QToolButton;

namespace tertulia {

class EmptyState;

/// The live connections: filter, order, pause, columns, and what may be done to one or several.
class ConnectionsPane final : public QWidget
{
    Q_OBJECT
public:
    explicit ConnectionsPane(QWidget *parent = nullptr);

    void apply(const ConnectionChanges &changes);
    void clear();
    /// For the command lines that are copied.
    void setServerAddress(const QString &url);

    void focusFilter();
    void setFilter(const QString &text);
    [[nodiscard]] bool isPaused() const;
    void setPaused(bool paused);
    [[nodiscard]] QList<ConnectionRow> selected() const;
    [[nodiscard]] const ConnectionModel &model() const { return m_model; }
    [[nodiscard]] QTableView *view() const { return m_view; }
    /// What the table shows now, as CSV (RFC 4180); a cell that a spreadsheet would take for a formula gets a quote.
    [[nodiscard]] QByteArray toCsv() const;

Q_SIGNALS:
    void detailsRequested(const tertulia::ConnectionRow &row);
    void kickRequested(const QList<tertulia::ConnectionRow> &rows);
    void banRequested(const tertulia::ConnectionRow &row);
    void pausedChanged(bool paused);
    void exportRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildView();
    void buildColumnsMenu();
    void retranslate();
    void fitColumns();
    void showMenu(const QPoint &position);
    void showCounts();
    void keepForLater(const ConnectionChanges &changes);
    void copy(const QString &text);
    [[nodiscard]] QString commandLine(const ConnectionRow &row) const;

    ConnectionModel m_model;
    QSortFilterProxyModel *m_filtered;
    QHash<QString, ConnectionRow> m_laterRows; // what came while paused
    QSet<QString> m_laterRemoved;
    QString m_serverAddress;
    QTimer m_clock;
    QLabel *m_title;
    QLineEdit *m_filter;
    QToolButton *m_pause;
    QToolButton *m_columns;
    QToolButton *m_export;
    QMenu *m_columnsMenu;
    QTableView *m_view;
    EmptyState *m_empty;
};

/// `text` as one word of a POSIX shell, whatever is in it.
[[nodiscard]] QString shellQuoted(const QString &text);

} // namespace tertulia
