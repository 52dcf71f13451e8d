// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dashboard/dashboardwindow.h"

#include "dashboard/activitypane.h"
#include "dashboard/connectiondetails.h"
#include "dashboard/connectionspane.h"
#include "dashboard/dashboardheader.h"
#include "dashboard/dashboardmenus.h"
#include "dashboard/doorbar.h"
#include "dashboard/hostdialogs.h"
#include "dashboard/invitedialog.h"
#include "dashboard/metricspane.h"
#include "dashboard/roomspane.h"
#include "dashboard/settingsdialog.h"
#include "models/format.h"
#include "widgets/appearance.h"
#include "widgets/icons.h"

#include <QApplication>
#include <QEvent>
#include <QFileDialog>
#include <QLabel>
#include <QListView>
#include <QMessageBox>
#include <QPushButton>
#include <QSaveFile>
#include <QSplitter>
#include <QStatusBar>
#include <QTableView>
#include <QVBoxLayout>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {
constexpr int kNoteMs = 5000;
} // namespace

DashboardWindow::DashboardWindow(Appearance &appearance, QWidget *parent)
    : QMainWindow(parent)
    , m_appearance(appearance)
    , m_header(new DashboardHeader)
    , m_door(new DoorBar)
    , m_cards(new MetricsPane)
    , m_roomsPane(new RoomsPane(m_rooms))
    , m_connections(new ConnectionsPane)
    , m_activity(new ActivityPane)
    , m_status(new QLabel)
{
    setWindowIcon(applicationIcon());
    buildLayout();
    m_menus = new DashboardMenus(*this);
    connectPanes();
    retranslate();
    resize(1280, 840);
}

DashboardWindow::~DashboardWindow() = default;

void DashboardWindow::buildLayout()
{
    auto *right = new QSplitter(Qt::Vertical);
    right->addWidget(m_connections);
    right->addWidget(m_activity);
    right->setStretchFactor(0, 3);
    right->setStretchFactor(1, 2);
    right->setHandleWidth(10);
    right->setChildrenCollapsible(false);
    auto *lower = new QSplitter(Qt::Horizontal);
    lower->addWidget(m_roomsPane);
    lower->addWidget(right);
    lower->setStretchFactor(0, 1);
    lower->setStretchFactor(1, 4);
    lower->setHandleWidth(12);
    lower->setChildrenCollapsible(false);
    lower->setSizes({270, 990});
    right->setSizes({330, 190});

    auto *center = new QWidget;
    auto *layout = new QVBoxLayout(center);
    layout->setContentsMargins(14, 12, 14, 8);
    layout->setSpacing(8);
    layout->addWidget(m_header);
    layout->addWidget(m_door);
    layout->addWidget(m_cards);
    layout->addWidget(lower, 1);
    m_cards->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setCentralWidget(center);
    m_status->setTextFormat(Qt::PlainText);
    statusBar()->addPermanentWidget(m_status);
    statusBar()->setSizeGripEnabled(false);
}

void DashboardWindow::connectPanes()
{
    connect(m_header, &DashboardHeader::startRequested, this, &DashboardWindow::startRequested);
    connect(m_header, &DashboardHeader::stopRequested, this, &DashboardWindow::confirmStop);
    connect(m_header, &DashboardHeader::openChatRequested, this, &DashboardWindow::openChatRequested);
    connect(m_header, &DashboardHeader::inviteRequested, this, &DashboardWindow::showInvite);
    connect(m_header, &DashboardHeader::otherPortRequested, this, &DashboardWindow::usePort);
    connect(m_header, &DashboardHeader::linkCopied, this, [this] { showNote(tr("Link copied")); });
    connect(m_door, &DoorBar::answered, this, &DashboardWindow::doorAnswered);
    connect(m_roomsPane, &RoomsPane::createRequested, this, [this] { askRoom({}); });
    connect(m_roomsPane, &RoomsPane::editRequested, this, &DashboardWindow::askRoom);
    connect(m_roomsPane, &RoomsPane::deleteRequested, this, &DashboardWindow::askDeleteRoom);
    connect(m_roomsPane, &RoomsPane::filterRequested, m_connections, &ConnectionsPane::setFilter);
    connect(m_connections, &ConnectionsPane::kickRequested, this, &DashboardWindow::askKick);
    connect(m_connections, &ConnectionsPane::banRequested, this,
        [this](const ConnectionRow &row) { askBan(row.user, row.address); });
    connect(m_connections, &ConnectionsPane::detailsRequested, this, &DashboardWindow::showDetails);
    connect(m_connections, &ConnectionsPane::exportRequested, this, &DashboardWindow::exportConnections);
    connect(m_connections, &ConnectionsPane::pausedChanged, m_menus, &DashboardMenus::setPaused);
}

void DashboardWindow::setHostState(const HostState &state)
{
    m_state = state;
    m_header->setHostState(state);
    m_menus->setHostState(state);
    m_connections->setServerAddress(m_header->address());
    m_activity->setServerAddress(m_header->address());
    if (m_invite)
        m_invite->setHostState(state);
    if (state.phase == HostPhase::Stopped || state.phase == HostPhase::Failed) {
        m_connections->clear();
        m_rooms.clear();
        m_door->clear();
        m_cards->clear();
        m_metrics = {};
    }
    retranslate();
}

void DashboardWindow::applyConnections(const ConnectionChanges &changes)
{
    m_connections->apply(changes);
    if (!m_details)
        return;
    for (const ConnectionRow &row : changes.upserted) {
        if (row.id == m_details->connectionId())
            m_details->setRow(row);
    }
    if (changes.removed.contains(m_details->connectionId()))
        m_details->setGone();
}

void DashboardWindow::applyRooms(const RoomChanges &changes)
{
    m_rooms.apply(changes);
}

void DashboardWindow::addActivity(const QList<ActivityEvent> &events)
{
    m_activity->append(events);
}

void DashboardWindow::setMetrics(const MetricsSample &sample)
{
    m_metrics = sample;
    m_cards->append(sample);
    if (m_invite)
        m_invite->setPeopleInside(sample.usersOnline);
    showStatus();
}

void DashboardWindow::setBans(const QList<Ban> &bans)
{
    m_bans = bans;
    if (m_bansDialog)
        m_bansDialog->setBans(bans);
}

void DashboardWindow::addKnock(const DoorKnock &knock)
{
    m_door->add(knock);
}

void DashboardWindow::removeKnock(const QString &id)
{
    m_door->remove(id);
}

void DashboardWindow::setSettings(const QHash<QString, QString> &values)
{
    m_settings = values;
}

void DashboardWindow::showInvite()
{
    if (!m_invite) {
        m_invite = new InviteDialog(this);
        m_invite->setAttribute(Qt::WA_DeleteOnClose);
    }
    m_invite->setHostState(m_state);
    m_invite->setPeopleInside(m_metrics.usersOnline);
    m_invite->show();
    m_invite->raise();
    m_invite->activateWindow();
}

void DashboardWindow::showNote(const QString &text)
{
    statusBar()->showMessage(text, kNoteMs);
}

void DashboardWindow::showStatus()
{
    if (m_state.phase != HostPhase::Running) {
        m_status->setText(tr("Not listening"));
        return;
    }
    QStringList parts {tr("Port %1").arg(m_state.port)};
    if (m_metrics.residentMemoryBytes > 0) {
        parts.append(tr("RAM %1").arg(formatBytes(double(m_metrics.residentMemoryBytes))));
        parts.append(tr("CPU %1 %").arg(formatNumber(m_metrics.cpuPercent)));
        parts.append(tr("%1 waiting to be sent").arg(formatBytes(double(m_metrics.outboundQueueBytes))));
        parts.append(m_metrics.storeHealthy ? tr("store: %1").arg(formatMilliseconds(m_metrics.storeCommitP99Ms))
                                            : tr("▲ the store does not answer"));
    }
    m_status->setText(parts.join(u" · "_s));
}

void DashboardWindow::confirmStop()
{
    const int inside = m_metrics.usersOnline;
    if (inside == 0) {
        Q_EMIT stopRequested();
        return;
    }
    auto *box = new QMessageBox(QMessageBox::Question, tr("Stop the server"),
        tr("%n person(s) will lose the connection. Stop all the same?", nullptr, inside), QMessageBox::Cancel, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton *stop = box->addButton(tr("Stop"), QMessageBox::DestructiveRole);
    box->setDefaultButton(QMessageBox::Cancel);
    connect(stop, &QPushButton::clicked, this, &DashboardWindow::stopRequested);
    box->open();
}

void DashboardWindow::askKick(const QList<ConnectionRow> &rows)
{
    QStringList names;
    for (const ConnectionRow &row : rows)
        names.append(row.user);
    auto *dialog = new KickDialog(names, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, rows] {
        for (const ConnectionRow &row : rows)
            Q_EMIT kickRequested(row.id, dialog->reason());
    });
    dialog->open();
}

void DashboardWindow::askBan(const QString &name, const QString &address)
{
    auto *dialog = new BanDialog(name, address, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { Q_EMIT banRequested(dialog->draft()); });
    dialog->open();
}

void DashboardWindow::askAnnouncement()
{
    auto *dialog = new AnnounceDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this,
        [this, dialog] { Q_EMIT announceRequested(dialog->title(), dialog->body(), dialog->level()); });
    dialog->open();
}

void DashboardWindow::askRoom(const QString &name)
{
    const int row = m_rooms.rowOf(name);
    const auto present = row < 0 ? std::nullopt : std::optional(m_rooms.row(row));
    auto *dialog = new RoomDialog(present, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, present] {
        if (present)
            Q_EMIT changeRoomRequested(present->name, dialog->draft(), dialog->password());
        else
            Q_EMIT createRoomRequested(dialog->draft(), dialog->password());
    });
    dialog->open();
}

void DashboardWindow::askDeleteRoom(const QString &name)
{
    if (name.isEmpty())
        return;
    auto *box = new QMessageBox(QMessageBox::Warning, tr("Delete room"),
        tr("Delete # %1 with all its messages? This cannot be undone.").arg(name), QMessageBox::Cancel, this);
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton *remove = box->addButton(tr("Delete"), QMessageBox::DestructiveRole);
    box->setDefaultButton(QMessageBox::Cancel);
    connect(remove, &QPushButton::clicked, this, [this, name] { Q_EMIT deleteRoomRequested(name); });
    box->open();
}

void DashboardWindow::showBans()
{
    if (!m_bansDialog) {
        m_bansDialog = new BansDialog(this);
        m_bansDialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_bansDialog, &BansDialog::addRequested, this, [this] { askBan({}, {}); });
        connect(m_bansDialog, &BansDialog::unbanRequested, this, &DashboardWindow::unbanRequested);
    }
    m_bansDialog->setBans(m_bans);
    m_bansDialog->show();
    m_bansDialog->raise();
}

void DashboardWindow::showSettings()
{
    auto *dialog = new SettingsDialog(m_settings, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        const QHash<QString, QString> changes = dialog->changes();
        for (auto change = changes.cbegin(); change != changes.cend(); ++change)
            Q_EMIT settingsChangeRequested(change.key(), change.value());
    });
    dialog->open();
}

void DashboardWindow::showDetails(const ConnectionRow &row)
{
    delete m_details;
    m_details = new ConnectionDetails(row, this);
    m_details->setAttribute(Qt::WA_DeleteOnClose);
    m_details->show();
}

void DashboardWindow::exportConnections()
{
    auto *dialog = new QFileDialog(this, tr("Export the connections"), u"connections.csv"_s, tr("CSV tables (*.csv)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"csv"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        QSaveFile file(path);
        const bool isSaved = file.open(QIODevice::WriteOnly) && file.write(m_connections->toCsv()) >= 0
            && file.commit();
        showNote(isSaved ? tr("Saved") : tr("The file could not be written."));
    });
    dialog->open();
}

void DashboardWindow::usePort(quint16 port)
{
    Q_EMIT settingsChangeRequested(u"server.port"_s, QString::number(port));
    Q_EMIT startRequested();
}

void DashboardWindow::focusNextPane()
{
    const QList<QWidget *> panes = {m_roomsPane->view(), m_connections->view(), m_activity->view()};
    const qsizetype now = panes.indexOf(QApplication::focusWidget());
    panes.at((now + 1) % panes.size())->setFocus(Qt::ShortcutFocusReason);
}

void DashboardWindow::retranslate()
{
    const QString name = m_state.serverName.isEmpty() ? u"Tertulia"_s : m_state.serverName;
    setWindowTitle(tr("%1 — Dashboard").arg(name));
    showStatus();
}

void DashboardWindow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        m_menus->retranslate();
        retranslate();
    }
    QMainWindow::changeEvent(event);
}

} // namespace tertulia
