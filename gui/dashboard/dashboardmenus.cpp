// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dashboard/dashboardmenus.h"

#include "dashboard/connectionspane.h"
#include "dashboard/dashboardheader.h"
#include "dashboard/dashboardwindow.h"
#include "dashboard/roomspane.h"
#include "widgets/appearance.h"
#include "widgets/icons.h"

#include <QActionGroup>
#include <QApplication>
#include <QDesktopServices>
#include <QMenuBar>
#include <QMessageBox>
#include <QUrl>

namespace tertulia {

using namespace Qt::StringLiterals;

DashboardMenus::DashboardMenus(DashboardWindow &window)
    : QObject(&window)
    , m_window(window)
    , m_file(window.menuBar()->addMenu(QString()))
    , m_server(window.menuBar()->addMenu(QString()))
    , m_rooms(window.menuBar()->addMenu(QString()))
    , m_view(window.menuBar()->addMenu(QString()))
    , m_help(window.menuBar()->addMenu(QString()))
{
    m_announce = m_file->addAction(icon(Glyph::Megaphone), {}, &window, &DashboardWindow::askAnnouncement);
    m_export = m_file->addAction(QString(), &window, &DashboardWindow::exportConnections);
    m_file->addSeparator();
    m_settings = m_file->addAction(QString(), &window, &DashboardWindow::showSettings);
    m_settings->setShortcut(Qt::CTRL | Qt::Key_Comma);
    m_file->addSeparator();
    m_quit = m_file->addAction(QString(), &window, &DashboardWindow::quitRequested);
    m_quit->setShortcut(QKeySequence::Quit);
    buildServerMenu();
    buildRoomsMenu();
    buildViewMenu();
    buildHelpMenu();
    retranslate();
    setHostState({});
}

void DashboardMenus::buildServerMenu()
{
    m_start = m_server->addAction(icon(Glyph::Play), {}, &m_window, &DashboardWindow::startRequested);
    m_stop = m_server->addAction(icon(Glyph::Stop), {}, &m_window, &DashboardWindow::confirmStop);
    m_server->addSeparator();
    m_copyLink = m_server->addAction(icon(Glyph::Copy), {}, m_window.m_header, &DashboardHeader::copyLink);
    m_copyLink->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_C);
    m_invite = m_server->addAction(icon(Glyph::QrCode), {}, &m_window, &DashboardWindow::showInvite);
    m_invite->setShortcut(Qt::CTRL | Qt::Key_I);
    m_openChat = m_server->addAction(icon(Glyph::Chat), {}, &m_window, &DashboardWindow::openChatRequested);
    m_openChat->setShortcut(Qt::CTRL | Qt::Key_Return);
    m_server->addSeparator();
    m_bans = m_server->addAction(QString(), &m_window, &DashboardWindow::showBans);
}

void DashboardMenus::buildRoomsMenu()
{
    m_newRoom = m_rooms->addAction(icon(Glyph::Plus), {}, &m_window, [this] { m_window.askRoom({}); });
    m_newRoom->setShortcut(QKeySequence::New);
    m_editRoom = m_rooms->addAction(icon(Glyph::Edit), {}, &m_window, [this] {
        if (const QString room = m_window.m_roomsPane->currentRoom(); !room.isEmpty())
            m_window.askRoom(room);
    });
    m_deleteRoom = m_rooms->addAction(
        QString(), &m_window, [this] { m_window.askDeleteRoom(m_window.m_roomsPane->currentRoom()); });
    connect(m_rooms, &QMenu::aboutToShow, this, [this] {
        const bool hasRoom = !m_window.m_roomsPane->currentRoom().isEmpty();
        m_editRoom->setEnabled(hasRoom);
        m_deleteRoom->setEnabled(hasRoom);
    });
}

void DashboardMenus::buildViewMenu()
{
    m_filter = m_view->addAction(icon(Glyph::Search), {}, m_window.m_connections, &ConnectionsPane::focusFilter);
    m_filter->setShortcut(QKeySequence::Find);
    m_pause = m_view->addAction(QString());
    m_pause->setShortcut(Qt::CTRL | Qt::Key_P);
    m_pause->setCheckable(true);
    connect(m_pause, &QAction::toggled, m_window.m_connections, &ConnectionsPane::setPaused);
    m_nextPane = m_view->addAction(QString(), &m_window, &DashboardWindow::focusNextPane);
    m_nextPane->setShortcut(Qt::Key_F6);
    m_view->addSeparator();
    m_theme = m_view->addMenu(QString());
    auto *themes = new QActionGroup(this);
    for (const ThemeChoice choice : {ThemeChoice::System, ThemeChoice::Light, ThemeChoice::Dark}) {
        QAction *action
            = m_theme->addAction(QString(), &m_window, [this, choice] { m_window.m_appearance.setTheme(choice); });
        action->setCheckable(true);
        action->setChecked(m_window.m_appearance.theme() == choice);
        themes->addAction(action);
        m_themes.append(action);
    }
    connect(&m_window.m_appearance, &Appearance::themeChanged, this,
        [this](ThemeChoice choice) { m_themes.at(int(choice))->setChecked(true); });
    m_language = m_view->addMenu(QString());
    auto *languages = new QActionGroup(this);
    for (const QString &language : {QString(), u"es"_s, u"en"_s}) {
        QAction *action = m_language->addAction(
            QString(), &m_window, [this, language] { m_window.m_appearance.setLanguage(language); });
        action->setCheckable(true);
        action->setData(language);
        action->setChecked(m_window.m_appearance.language() == language);
        languages->addAction(action);
        m_languages.append(action);
    }
    connect(&m_window.m_appearance, &Appearance::languageChanged, this, [this](const QString &language) {
        for (QAction *action : std::as_const(m_languages))
            action->setChecked(action->data().toString() == language);
    });
}

void DashboardMenus::buildHelpMenu()
{
    m_documentation = m_help->addAction(QString(), &m_window, [this] {
        // Our own server's page, by an address that our own server gave.
        QDesktopServices::openUrl(QUrl(m_address).resolved(QUrl(u"docs"_s)));
    });
    m_help->addSeparator();
    m_about = m_help->addAction(QString(), this, &DashboardMenus::showAbout);
    m_aboutQt = m_help->addAction(QString(), &m_window, [this] { QMessageBox::aboutQt(&m_window); });
}

void DashboardMenus::showAbout()
{
    auto *box = new QMessageBox(QMessageBox::NoIcon, tr("About Tertulia"),
        tr("Tertulia %1").arg(QStringLiteral(TERTULIA_VERSION)), QMessageBox::Close, &m_window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIconPixmap(applicationIcon().pixmap(64, 64));
    box->setInformativeText(
        tr("Hosts a chat on the local network and shows it live. It sends nothing to anyone outside it: "
           "no telemetry.\n\nFree software under the GNU General Public License, version 3 or later."));
    box->open();
}

void DashboardMenus::setHostState(const HostState &state)
{
    const bool isRunning = state.phase == HostPhase::Running;
    m_address = isRunning && !state.addresses.isEmpty() ? state.addresses.first().url : QString();
    m_start->setEnabled(state.phase == HostPhase::Stopped || state.phase == HostPhase::Failed);
    m_stop->setEnabled(isRunning);
    for (QAction *action : {m_announce, m_copyLink, m_invite, m_openChat, m_newRoom, m_documentation})
        action->setEnabled(isRunning);
}

void DashboardMenus::setPaused(bool paused)
{
    m_pause->setChecked(paused);
}

void DashboardMenus::retranslate()
{
    m_file->setTitle(tr("&File"));
    m_server->setTitle(tr("&Server"));
    m_rooms->setTitle(tr("&Rooms"));
    m_view->setTitle(tr("&View"));
    m_help->setTitle(tr("&Help"));
    m_theme->setTitle(tr("&Theme"));
    m_language->setTitle(tr("&Language"));
    m_announce->setText(tr("&Announce to everyone…"));
    m_export->setText(tr("&Export connections…"));
    m_settings->setText(tr("&Settings…"));
    m_quit->setText(tr("&Quit"));
    m_start->setText(tr("&Start"));
    m_stop->setText(tr("S&top…"));
    m_copyLink->setText(tr("&Copy link"));
    m_invite->setText(tr("&Invite (QR)…"));
    m_openChat->setText(tr("&Open chat"));
    m_bans->setText(tr("&Bans…"));
    m_newRoom->setText(tr("&New room…"));
    m_editRoom->setText(tr("&Edit room…"));
    m_deleteRoom->setText(tr("&Delete room…"));
    m_filter->setText(tr("&Filter connections"));
    m_pause->setText(tr("&Pause the table"));
    m_nextPane->setText(tr("&Next pane"));
    m_documentation->setText(tr("API &documentation"));
    m_about->setText(tr("&About Tertulia"));
    m_aboutQt->setText(tr("About &Qt"));
    const QStringList themes = {tr("&System"), tr("&Light"), tr("&Dark")};
    for (qsizetype i = 0; i < themes.size(); ++i)
        m_themes.at(i)->setText(themes.at(i));
    const QStringList languages = {tr("&System"), u"Español"_s, u"English"_s};
    for (qsizetype i = 0; i < languages.size(); ++i)
        m_languages.at(i)->setText(languages.at(i));
}

} // namespace tertulia
