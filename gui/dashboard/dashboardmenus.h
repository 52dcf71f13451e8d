// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/hostvalues.h"

#include <QObject>

class QAction;
class QMenu;

namespace tertulia {

class DashboardWindow;

/// The dashboard's menu bar: its actions, their shortcuts and which of them make sense now.
class DashboardMenus final : public QObject
{
    Q_OBJECT
public:
    explicit DashboardMenus(DashboardWindow &window);

    void retranslate();
    void setHostState(const HostState &state);
    void setPaused(bool paused);

private:
    void buildServerMenu();
    void buildRoomsMenu();
    void buildViewMenu();
    void buildHelpMenu();
    void showAbout();

    DashboardWindow &m_window;
    QMenu *m_file;
    QMenu *m_server;
    QMenu *m_rooms;
    QMenu *m_view;
    QMenu *m_theme;
    QMenu *m_language;
    QMenu *m_help;
    QAction *m_announce;
    QAction *m_export;
    QAction *m_settings;
    QAction *m_quit;
    QAction *m_start;
    QAction *m_stop;
    QAction *m_copyLink;
    QAction *m_invite;
    QAction *m_openChat;
    QAction *m_bans;
    QAction *m_newRoom;
    QAction *m_editRoom;
    QAction *m_deleteRoom;
    QAction *m_filter;
    QAction *m_pause;
    QAction *m_nextPane;
    QAction *m_documentation;
    QAction *m_about;
    QAction *m_aboutQt;
    QList<QAction *> m_themes;
    QList<QAction *> m_languages;
    QString m_address;
};

} // namespace tertulia
