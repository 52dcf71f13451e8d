// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/restclient.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QListView;
class QListWidget;
class QListWidgetItem;
class QPushButton;
class QSortFilterProxyModel;

namespace tertulia {

class RoomListModel;

/// Ctrl+K: the first letters of a room or a person, then Enter. What names no room may be made one.
class QuickSwitcher final : public QDialog
{
    Q_OBJECT
public:
    explicit QuickSwitcher(RoomListModel &rooms, QWidget *parent = nullptr);

Q_SIGNALS:
    void roomChosen(const QString &name);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void choose();
    void filter(const QString &text);

    QSortFilterProxyModel *m_filtered;
    QLineEdit *m_text;
    QListView *m_list;
    QLabel *m_hint;
};

/// Full-text search in one room.
class SearchDialog final : public QDialog
{
    Q_OBJECT
public:
    SearchDialog(RestClient &rest, const QString &room, const QString &title, QWidget *parent = nullptr);

Q_SIGNALS:
    void messageChosen(const QString &room, tertulia::EntryId id);

private:
    void search();
    void showFound(const QList<Message> &messages);

    RestClient &m_rest;
    const QString m_room;
    QLineEdit *m_text;
    QListWidget *m_results;
    QLabel *m_status;
};

/// Where to connect and as whom. Signs in before it closes when a password is given, so that a mistake can be mended.
class ConnectDialog final : public QDialog
{
    Q_OBJECT
public:
    explicit ConnectDialog(const ServerAddress &present, QWidget *parent = nullptr);

    /// With a token where a password was given.
    [[nodiscard]] ServerAddress address() const { return m_address; }

private:
    void tryToEnter();
    void check();

    ServerAddress m_address;
    RestClient m_rest;
    QLineEdit *m_server;
    QLineEdit *m_name;
    QLineEdit *m_password;
    QLineEdit *m_code;
    QLabel *m_problem;
    QPushButton *m_enter;
};

} // namespace tertulia
