// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/roommodel.h"
#include "protocol/entry.h"
#include "protocol/hostvalues.h"

#include <QHash>
#include <QMainWindow>
#include <QPointer>

class QLabel;

namespace tertulia {

class ActivityPane;
class Appearance;
class BansDialog;
class ConnectionDetails;
class ConnectionsPane;
class DashboardHeader;
class DashboardMenus;
class DoorBar;
class InviteDialog;
class MetricsPane;
class RoomsPane;

/// The host's window: shows the values it is given and says what the host wants. Decides nothing, knows no server.
class DashboardWindow final : public QMainWindow
{
    Q_OBJECT
public:
    explicit DashboardWindow(Appearance &appearance, QWidget *parent = nullptr);
    ~DashboardWindow() override;

    [[nodiscard]] QPointer<InviteDialog> inviteDialog() const { return m_invite; }

public Q_SLOTS:
    void setHostState(const tertulia::HostState &state);
    void applyConnections(const tertulia::ConnectionChanges &changes);
    void applyRooms(const tertulia::RoomChanges &changes);
    void addActivity(const QList<tertulia::ActivityEvent> &events);
    void setMetrics(const tertulia::MetricsSample &sample);
    void setBans(const QList<tertulia::Ban> &bans);
    void addKnock(const tertulia::DoorKnock &knock);
    void removeKnock(const QString &id);
    /// The server's settings as they are, by name; for the settings dialog.
    void setSettings(const QHash<QString, QString> &values);
    void showInvite();
    /// One sentence at the bottom for a few seconds: "Copied", or what the server answered.
    void showNote(const QString &text);

Q_SIGNALS:
    void startRequested();
    void stopRequested();
    void openChatRequested();
    void quitRequested();
    void kickRequested(const QString &connectionId, const QString &reason);
    void banRequested(const tertulia::Ban &draft);
    void unbanRequested(const QString &id);
    void announceRequested(const QString &title, const QString &body, tertulia::NotificationLevel level);
    void createRoomRequested(const tertulia::RoomInfo &draft, const QString &password);
    /// `name` is the room's present name. An empty password leaves it as it is.
    void changeRoomRequested(const QString &name, const tertulia::RoomInfo &draft, const QString &password);
    void deleteRoomRequested(const QString &name);
    void doorAnswered(const QString &id, bool admit);
    void settingsChangeRequested(const QString &key, const QString &value);

protected:
    void changeEvent(QEvent *event) override;

private:
    friend class DashboardMenus;

    void buildLayout();
    void connectPanes();
    void retranslate();
    void showStatus();
    void confirmStop();
    void askKick(const QList<ConnectionRow> &rows);
    void askBan(const QString &name, const QString &address);
    void askAnnouncement();
    void askRoom(const QString &name);
    void askDeleteRoom(const QString &name);
    void showBans();
    void showSettings();
    void showDetails(const ConnectionRow &row);
    void exportConnections();
    void usePort(quint16 port);
    void focusNextPane();

    Appearance &m_appearance;
    HostState m_state;
    MetricsSample m_metrics;
    QList<Ban> m_bans;
    QHash<QString, QString> m_settings;
    RoomModel m_rooms;
    DashboardHeader *m_header;
    DoorBar *m_door;
    MetricsPane *m_cards;
    RoomsPane *m_roomsPane;
    ConnectionsPane *m_connections;
    ActivityPane *m_activity;
    QLabel *m_status;
    DashboardMenus *m_menus;
    QPointer<InviteDialog> m_invite;
    QPointer<BansDialog> m_bansDialog;
    QPointer<ConnectionDetails> m_details;
};

} // namespace tertulia
