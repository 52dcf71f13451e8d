// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chathost.h"
#include "client/serveraddress.h"
#include "serverthread.h"

#include <QMenu>
#include <QObject>
#include <QSystemTrayIcon>
#include <QUrl>

#include <memory>

class QApplication;

namespace tertulia {

class Appearance;
class ChatClient;
class ChatWindow;
class DashboardWindow;

/// The program with windows: the server in its thread, the dashboard, the tray. Main thread.
class Desktop final : public QObject
{
    Q_OBJECT

public:
    Desktop(QApplication &application, const HostOptions &options);
    ~Desktop() override;

    void show(bool minimized);
    void raiseWindow();

public Q_SLOTS:
    /// Stops the server, then ends the program.
    void quit();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void connectHost();
    void connectWindow();
    void buildTray();
    void openChat();
    void noteOwner(const QString &url, const QString &token);
    void noteState(const HostState &state);
    /// True where the window may go and the server stays.
    [[nodiscard]] bool staysInBackground();
    void readAppearance();

    QApplication &m_application;
    QString m_preferencesFile;
    ServerThread m_server;
    std::unique_ptr<Appearance> m_appearance;
    std::unique_ptr<DashboardWindow> m_window;
    std::unique_ptr<QMenu> m_trayMenu;
    QSystemTrayIcon m_tray;
    HostState m_state;
    ServerAddress m_own; ///< how the owner enters the own server
    std::unique_ptr<ChatClient> m_client; ///< made with the chat window, outlives it
    std::unique_ptr<ChatWindow> m_chat;
    bool m_isQuitting = false;
};

/// Opens the windows and serves until they are closed; returns the exit code.
[[nodiscard]] int runDesktop(int &argc, char **argv, HostOptions options, bool startsMinimized);

} // namespace tertulia
