// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop.h"

#include "chat/chatwindow.h"
#include "client/chatclient.h"
#include "dashboard/dashboardwindow.h"
#include "output.h"
#include "protocol/names.h"
#include "signalwatcher.h"
#include "singleinstance.h"
#include "widgets/appearance.h"

#include <QApplication>
#include <QCheckBox>
#include <QCloseEvent>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QStyle>

using namespace Qt::StringLiterals;

namespace tertulia {

namespace {

/// How the person at this machine is called in the chat.
QString ownerName()
{
    const QByteArray variable = qEnvironmentVariableIsSet("USER") ? qgetenv("USER") : qgetenv("USERNAME");
    const Result<QString> name = normalizeUserName(QString::fromLocal8Bit(variable));
    return name ? *name : u"Host"_s;
}

/// Qt ends the process where it finds no display; a sentence is kinder.
bool hasDisplay()
{
#if defined(Q_OS_UNIX) && !defined(Q_OS_MACOS)
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY")
        || qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
#else
    return true;
#endif
}

} // namespace

Desktop::Desktop(QApplication &application, const HostOptions &options)
    : m_application(application)
    , m_preferencesFile(options.dataDirectory + u"/desktop.conf"_s)
    , m_server(options)
    , m_appearance(std::make_unique<Appearance>(application))
{
    readAppearance();
    m_window = std::make_unique<DashboardWindow>(*m_appearance);
    m_window->installEventFilter(this);
    connectHost();
    connectWindow();
    buildTray();
    QMetaObject::invokeMethod(&m_server.host(), &ChatHost::start);
}

Desktop::~Desktop()
{
    m_tray.hide();
}

void Desktop::readAppearance()
{
    const QSettings preferences(m_preferencesFile, QSettings::IniFormat);
    m_appearance->setTheme(ThemeChoice(preferences.value(u"theme"_s, int(m_appearance->theme())).toInt()));
    m_appearance->setLanguage(preferences.value(u"language"_s).toString());
    connect(m_appearance.get(), &Appearance::themeChanged, this, [this](ThemeChoice theme) {
        QSettings(m_preferencesFile, QSettings::IniFormat).setValue(u"theme"_s, int(theme));
    });
    connect(m_appearance.get(), &Appearance::languageChanged, this, [this](const QString &language) {
        QSettings(m_preferencesFile, QSettings::IniFormat).setValue(u"language"_s, language);
    });
}

void Desktop::connectHost()
{
    ChatHost *host = &m_server.host();
    DashboardWindow *window = m_window.get();
    connect(host, &ChatHost::stateChanged, window, &DashboardWindow::setHostState);
    connect(host, &ChatHost::stateChanged, this, &Desktop::noteState);
    connect(host, &ChatHost::connectionsChanged, window, &DashboardWindow::applyConnections);
    connect(host, &ChatHost::roomsChanged, window, &DashboardWindow::applyRooms);
    connect(host, &ChatHost::activityHappened, window, &DashboardWindow::addActivity);
    connect(host, &ChatHost::metricsSampled, window, &DashboardWindow::setMetrics);
    connect(host, &ChatHost::bansChanged, window, &DashboardWindow::setBans);
    connect(host, &ChatHost::knocked, window, &DashboardWindow::addKnock);
    connect(host, &ChatHost::knockGone, window, &DashboardWindow::removeKnock);
    connect(host, &ChatHost::settingsChanged, window, &DashboardWindow::setSettings);
    connect(host, &ChatHost::noteRaised, window, &DashboardWindow::showNote);
    connect(
        host, &ChatHost::ready, this, [](const QString &url) { printLine(stdout, u"Tertulia is ready at "_s + url); });
    connect(host, &ChatHost::ownerEntered, this, &Desktop::noteOwner);
    connect(host, &ChatHost::stopped, this, [this] {
        if (m_isQuitting)
            m_application.quit();
    });
}

void Desktop::connectWindow()
{
    ChatHost *host = &m_server.host();
    DashboardWindow *window = m_window.get();
    connect(window, &DashboardWindow::startRequested, host, &ChatHost::start);
    connect(window, &DashboardWindow::stopRequested, host, &ChatHost::stop);
    connect(window, &DashboardWindow::kickRequested, host, &ChatHost::kick);
    connect(window, &DashboardWindow::banRequested, host, &ChatHost::ban);
    connect(window, &DashboardWindow::unbanRequested, host, &ChatHost::unban);
    connect(window, &DashboardWindow::announceRequested, host, &ChatHost::announce);
    connect(window, &DashboardWindow::createRoomRequested, host, &ChatHost::createRoom);
    connect(window, &DashboardWindow::changeRoomRequested, host, &ChatHost::changeRoom);
    connect(window, &DashboardWindow::deleteRoomRequested, host, &ChatHost::deleteRoom);
    connect(window, &DashboardWindow::doorAnswered, host, &ChatHost::answerDoor);
    connect(window, &DashboardWindow::settingsChangeRequested, host, &ChatHost::changeSetting);
    connect(window, &DashboardWindow::openChatRequested, this, &Desktop::openChat);
    connect(window, &DashboardWindow::quitRequested, this, &Desktop::quit);
}

void Desktop::buildTray()
{
    if (!QSystemTrayIcon::isSystemTrayAvailable())
        return;
    m_trayMenu = std::make_unique<QMenu>();
    m_trayMenu->addAction(tr("Open dashboard"), this, &Desktop::raiseWindow);
    m_trayMenu->addAction(tr("Open chat"), this, &Desktop::openChat);
    m_trayMenu->addAction(tr("Invite…"), m_window.get(), &DashboardWindow::showInvite);
    m_trayMenu->addSeparator();
    m_trayMenu->addAction(tr("Quit"), this, &Desktop::quit);
    m_tray.setContextMenu(m_trayMenu.get());
    m_tray.setIcon(m_window->windowIcon().isNull() ? m_application.style()->standardIcon(QStyle::SP_ComputerIcon)
                                                   : m_window->windowIcon());
    m_tray.setToolTip(QCoreApplication::applicationName());
    connect(&m_tray, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger)
            raiseWindow();
    });
    m_tray.show();
}

void Desktop::noteState(const HostState &state)
{
    m_state = state;
    if (!state.serverName.isEmpty())
        m_tray.setToolTip(state.serverName);
}

void Desktop::show(bool minimized)
{
    if (!minimized || !m_tray.isVisible()) // hidden without a tray it could not be found again
        m_window->show();
}

void Desktop::raiseWindow()
{
    if (m_window->isMinimized())
        m_window->showNormal();
    m_window->show();
    m_window->raise();
    m_window->activateWindow();
}

void Desktop::noteOwner(const QString &url, const QString &token)
{
    m_own.base = QUrl(url);
    m_own.token = token;
    m_own.fingerprint = m_state.fingerprint;
    // A chat that was open before a stop comes back with the new token.
    if (m_chat && m_chat->isVisible())
        m_client->open(m_own);
}

void Desktop::openChat()
{
    if (!m_chat) {
        m_client = std::make_unique<ChatClient>();
        m_chat = std::make_unique<ChatWindow>(*m_client, *m_appearance);
        m_chat->restoreGeometry(
            QSettings(m_preferencesFile, QSettings::IniFormat).value(u"chat_geometry"_s).toByteArray());
        m_chat->installEventFilter(this);
        connect(m_chat.get(), &ChatWindow::attentionWanted, this, [this](const Notification &notification) {
            if (m_tray.isVisible())
                m_tray.showMessage(
                    notification.title.toHtmlEscaped(), notification.body.toHtmlEscaped(), m_window->windowIcon());
        });
    }
    if (m_client->state() == ChatClient::State::Idle || m_client->state() == ChatClient::State::Stopped)
        m_client->open(m_own);
    m_chat->show();
    m_chat->raise();
    m_chat->activateWindow();
}

void Desktop::quit()
{
    if (m_isQuitting)
        return;
    m_isQuitting = true;
    m_window->hide();
    if (m_chat)
        m_chat->close();
    if (m_client)
        m_client->close();
    QMetaObject::invokeMethod(&m_server.host(), &ChatHost::stop);
}

bool Desktop::eventFilter(QObject *watched, QEvent *event)
{
    if (m_chat && watched == m_chat.get() && event->type() == QEvent::Close)
        QSettings(m_preferencesFile, QSettings::IniFormat).setValue(u"chat_geometry"_s, m_chat->saveGeometry());
    if (watched != m_window.get())
        return QObject::eventFilter(watched, event);
    if (event->type() == QEvent::Show || event->type() == QEvent::Hide) {
        const bool isShown = event->type() == QEvent::Show;
        QMetaObject::invokeMethod(&m_server.host(), [host = &m_server.host(), isShown] { host->setWatched(isShown); });
    } else if (event->type() == QEvent::Close && !m_isQuitting) {
        event->ignore();
        if (staysInBackground())
            m_window->hide();
        else
            quit();
        return true;
    }
    return QObject::eventFilter(watched, event);
}

bool Desktop::staysInBackground()
{
    if (!m_tray.isVisible() || m_state.phase != HostPhase::Running)
        return false;
    QSettings preferences(m_preferencesFile, QSettings::IniFormat);
    const QVariant known = preferences.value(u"close_to_tray"_s);
    if (known.isValid())
        return known.toBool();
    QMessageBox question(QMessageBox::Question, m_state.serverName,
        tr("The chat is still open. Keep it running in the background?"), QMessageBox::NoButton, m_window.get());
    const QPushButton *keep = question.addButton(tr("Keep running"), QMessageBox::AcceptRole);
    question.addButton(tr("Stop and quit"), QMessageBox::DestructiveRole);
    auto *remember = new QCheckBox(tr("Do not ask again"), &question);
    question.setCheckBox(remember);
    question.exec();
    const bool keeps = question.clickedButton() == keep;
    if (remember->isChecked())
        preferences.setValue(u"close_to_tray"_s, keeps);
    return keeps;
}

int runDesktop(int &argc, char **argv, HostOptions options, bool startsMinimized)
{
    if (!hasDisplay()) {
        printTrouble(u"There is no display; start it with --headless."_s);
        return 1;
    }
    prepareProcess();
    QApplication application(argc, argv);
    QApplication::setQuitOnLastWindowClosed(false);
    SingleInstance instance(options.dataDirectory);
    if (instance.raiseOther())
        return 0;
    options.ownerName = ownerName();
    Desktop desktop(application, options);
    QObject::connect(&instance, &SingleInstance::raiseRequested, &desktop, &Desktop::raiseWindow);
    instance.listen();
    SignalWatcher signalWatcher;
    QObject::connect(&signalWatcher, &SignalWatcher::stopRequested, &desktop, &Desktop::quit);
    desktop.show(startsMinimized);
    return QApplication::exec();
}

} // namespace tertulia
