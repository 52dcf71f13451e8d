// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dashboard/dashboardheader.h"

#include "dashboard/portprobe.h"
#include "models/format.h"
#include "widgets/icons.h"
#include "widgets/qrcode.h"
#include "widgets/statedot.h"

#include <QClipboard>
#include <QDateTime>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>

namespace tertulia {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
constexpr int kQrSide = 116;
constexpr double kHeadlineScale = 1.5;
} // namespace

QString inviteLinkOf(const QString &address, const QString &joinCode)
{
    if (joinCode.isEmpty())
        return address;
    const QString separator = address.endsWith(u'/') ? QString() : u"/"_s;
    return QString(address % separator % u"j/"_s % QString::fromLatin1(QUrl::toPercentEncoding(joinCode)));
}

DashboardHeader::DashboardHeader(QWidget *parent)
    : QFrame(parent)
    , m_dot(new StateDot)
    , m_headline(new QLabel)
    , m_details(new QLabel)
    , m_qrCode(new QLabel)
    , m_copy(new QPushButton(icon(Glyph::Copy), {}))
    , m_invite(new QPushButton(icon(Glyph::QrCode), {}))
    , m_chat(new QPushButton(icon(Glyph::Chat), {}))
    , m_start(new QPushButton(icon(Glyph::Play, Ink::OnAccent), {}))
    , m_stop(new QPushButton(icon(Glyph::Stop), {}))
    , m_usePort(new QPushButton)
{
    setProperty("card", true);
    for (QLabel *label : {m_headline, m_details}) {
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->setWordWrap(true);
    }
    m_details->setProperty("muted", true);
    m_stop->setProperty("danger", true);
    m_start->setProperty("primary", true);
    m_usePort->setProperty("primary", true);
    m_qrCode->setFixedSize(kQrSide, kQrSide);
    m_qrCode->setAlignment(Qt::AlignCenter);

    auto *texts = new QVBoxLayout;
    texts->setSpacing(4);
    texts->addStretch(1);
    texts->addWidget(m_headline);
    texts->addWidget(m_details);
    texts->addStretch(1);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 4, 8, 4);
    layout->setSpacing(8);
    layout->addWidget(m_dot);
    layout->addSpacing(4);
    layout->addLayout(texts, 1);
    for (QPushButton *button : {m_copy, m_invite, m_chat, m_usePort, m_start, m_stop})
        layout->addWidget(button);
    layout->addWidget(m_qrCode);

    connect(m_copy, &QPushButton::clicked, this, &DashboardHeader::copyLink);
    connect(m_invite, &QPushButton::clicked, this, &DashboardHeader::inviteRequested);
    connect(m_chat, &QPushButton::clicked, this, &DashboardHeader::openChatRequested);
    connect(m_start, &QPushButton::clicked, this, &DashboardHeader::startRequested);
    connect(m_stop, &QPushButton::clicked, this, &DashboardHeader::stopRequested);
    connect(m_usePort, &QPushButton::clicked, this, [this] { Q_EMIT otherPortRequested(m_otherPort); });
    m_clock.setInterval(1s);
    connect(&m_clock, &QTimer::timeout, this, &DashboardHeader::showDetails);
    retranslate();
}

QString DashboardHeader::address() const
{
    return m_state.phase == HostPhase::Running && !m_state.addresses.isEmpty() ? m_state.addresses.first().url
                                                                               : QString();
}

QString DashboardHeader::inviteLink() const
{
    const QString base = address();
    return base.isEmpty() ? base : inviteLinkOf(base, m_state.joinCode);
}

void DashboardHeader::copyLink()
{
    if (inviteLink().isEmpty())
        return;
    QGuiApplication::clipboard()->setText(inviteLink());
    Q_EMIT linkCopied();
}

void DashboardHeader::setHostState(const HostState &state)
{
    const bool hasJustFailed = state.phase == HostPhase::Failed && m_state.phase != HostPhase::Failed;
    m_state = state;
    if (state.phase != HostPhase::Failed)
        m_otherPort = 0;
    else if (hasJustFailed)
        m_otherPort = state.port != 0 && isPortTaken(state.port) ? nextFreePort(state.port) : 0;
    if (state.phase == HostPhase::Running)
        m_clock.start();
    else
        m_clock.stop();
    showState();
}

void DashboardHeader::showState()
{
    const bool isRunning = m_state.phase == HostPhase::Running;
    const bool canStart = m_state.phase == HostPhase::Stopped || m_state.phase == HostPhase::Failed;
    QFont font = QWidget::font();
    font.setPointSizeF(font.pointSizeF() * kHeadlineScale);
    font.setBold(true);
    m_headline->setFont(font);
    switch (m_state.phase) {
    case HostPhase::Running:
        m_headline->setText(address().isEmpty() ? tr("Running") : tr("Running at %1").arg(address()));
        m_dot->setMark(StateDot::Mark::Good, tr("The server is running"));
        break;
    case HostPhase::Starting:
        m_headline->setText(tr("Starting…"));
        m_dot->setMark(StateDot::Mark::Busy, tr("The server is starting"));
        break;
    case HostPhase::Stopping:
        m_headline->setText(tr("Stopping…"));
        m_dot->setMark(StateDot::Mark::Busy, tr("The server is stopping"));
        break;
    case HostPhase::Failed:
        m_headline->setText(
            m_otherPort != 0 ? tr("Another program uses port %1").arg(m_state.port) : tr("Could not start"));
        m_dot->setMark(StateDot::Mark::Bad, tr("The server could not start"));
        break;
    case HostPhase::Stopped:
        m_headline->setText(tr("Stopped"));
        m_dot->setMark(StateDot::Mark::Off, tr("The server is stopped"));
        break;
    }
    m_start->setText(m_state.phase == HostPhase::Failed ? tr("Try again") : tr("Start"));
    m_start->setVisible(canStart);
    m_usePort->setVisible(m_otherPort != 0);
    m_usePort->setText(tr("Use port %1").arg(m_otherPort));
    for (QWidget *widget : {m_copy, m_invite, m_chat, m_stop})
        widget->setVisible(!canStart);
    for (QWidget *widget : {m_copy, m_invite, m_chat, m_stop})
        widget->setEnabled(isRunning);
    showDetails();
    showQrCode();
}

void DashboardHeader::showDetails()
{
    switch (m_state.phase) {
    case HostPhase::Failed:
        m_details->setText(m_state.failure);
        return;
    case HostPhase::Stopped:
        m_details->setText(tr("Nobody can connect. Start the server and share its address."));
        return;
    case HostPhase::Starting:
    case HostPhase::Stopping:
        m_details->setText(m_state.serverName);
        return;
    case HostPhase::Running:
        break;
    }
    QStringList parts;
    if (!m_state.serverName.isEmpty())
        parts.append(m_state.serverName);
    if (!m_state.addresses.isEmpty() && m_state.addresses.first().isLoopback)
        parts.append(tr("only from this computer"));
    else if (!m_state.addresses.isEmpty() && !m_state.addresses.first().interfaceName.isEmpty())
        parts.append(m_state.addresses.first().interfaceName);
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    if (toMilliseconds(m_state.startedAt) > 0)
        parts.append(tr("up for %1").arg(formatDuration((now - toMilliseconds(m_state.startedAt)) / 1000)));
    if (!m_state.joinCode.isEmpty())
        parts.append(tr("code %1").arg(m_state.joinCode));
    parts.append(m_state.guestsAllowed ? tr("guests allowed") : tr("accounts only"));
    if (m_state.doorEnabled)
        parts.append(tr("newcomers wait at the door"));
    parts.append(m_state.fingerprint.isEmpty() ? tr("not encrypted on this network") : tr("encrypted"));
    m_details->setText(parts.join(u" · "_s));
}

void DashboardHeader::showQrCode()
{
    const QString link = inviteLink();
    const QImage code = link.isEmpty() ? QImage() : makeQrCodeWithin(link, kQrSide);
    m_qrCode->setVisible(!code.isNull());
    if (!code.isNull())
        m_qrCode->setPixmap(QPixmap::fromImage(code));
}

void DashboardHeader::retranslate()
{
    m_copy->setText(tr("Copy link"));
    m_copy->setToolTip(tr("Copy the link for guests (Ctrl+Shift+C)"));
    m_invite->setText(tr("Invite…"));
    m_invite->setToolTip(tr("Show the QR code and the address in large (Ctrl+I)"));
    m_chat->setText(tr("Open chat"));
    m_chat->setToolTip(tr("Open the chat window (Ctrl+Enter)"));
    m_stop->setText(tr("Stop"));
    m_stop->setToolTip(tr("Stop the server: everyone is disconnected"));
    m_qrCode->setAccessibleName(tr("QR code of the link for guests"));
    m_qrCode->setToolTip(tr("Scan to join"));
    showState();
}

void DashboardHeader::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    else if (event->type() == QEvent::FontChange)
        showState();
    QFrame::changeEvent(event);
}

} // namespace tertulia
