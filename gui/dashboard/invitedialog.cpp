// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dashboard/invitedialog.h"

#include "dashboard/dashboardheader.h"
#include "widgets/icons.h"
#include "widgets/qrcode.h"
#include "widgets/theme.h"

#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QMessageBox>
#include <QPainter>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

constexpr int kQrSide = 280;
constexpr int kPosterSide = 900;
constexpr int kAddressPoints = 22;

/// "192.168.1.34:8000": what a person types.
QString spoken(const QString &url)
{
    QString text = url;
    if (text.startsWith("http://"_L1))
        text.remove(0, 7);
    while (text.endsWith(u'/'))
        text.chop(1);
    return text;
}

QFont scaled(QFont font, int points, bool bold)
{
    font.setPointSize(points);
    font.setBold(bold);
    return font;
}

} // namespace

InviteDialog::InviteDialog(QWidget *parent)
    : QDialog(parent)
    , m_qrCode(new QLabel)
    , m_title(new QLabel(tr("Join from any device on this network")))
    , m_steps(new QLabel(tr("1. Connect to the same Wi-Fi or cable   2. Scan the code, or type:")))
    , m_address(new QLabel)
    , m_code(new QLabel)
    , m_verified(new QLabel)
    , m_inside(new QLabel)
    , m_addresses(new QComboBox)
    , m_copy(new QPushButton(icon(Glyph::Copy, Ink::OnAccent), tr("Copy link")))
    , m_projector(new QPushButton(tr("Full screen")))
    , m_save(new QPushButton(tr("Save image…")))
    , m_help(new QPushButton(tr("Cannot connect?")))
{
    setWindowTitle(tr("Invite"));
    buildLayout();
    connect(m_addresses, &QComboBox::currentIndexChanged, this, &InviteDialog::showChosen);
    connect(m_copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(link()); });
    connect(m_projector, &QPushButton::clicked, this, &InviteDialog::showFullScreen);
    connect(m_save, &QPushButton::clicked, this, &InviteDialog::saveImage);
    connect(m_help, &QPushButton::clicked, this, &InviteDialog::showHelp);
}

void InviteDialog::buildLayout()
{
    const int base = font().pointSize();
    m_title->setFont(scaled(font(), base + 4, true));
    m_address->setFont(scaled(font(), kAddressPoints, true));
    m_code->setFont(scaled(font(), base + 5, true));
    m_steps->setProperty("muted", true);
    m_inside->setProperty("muted", true);
    m_steps->setWordWrap(true);
    m_verified->setWordWrap(true);
    m_address->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_code->setTextInteractionFlags(Qt::TextSelectableByMouse);
    for (QLabel *label : {m_address, m_code, m_verified, m_inside})
        label->setTextFormat(Qt::PlainText);
    m_qrCode->setFixedSize(kQrSide, kQrSide);
    m_qrCode->setAlignment(Qt::AlignCenter);
    m_qrCode->setAccessibleName(tr("QR code of the link for guests"));
    m_addresses->setAccessibleName(tr("Address to show"));
    m_copy->setProperty("primary", true);
    m_copy->setDefault(true);

    auto *buttons = new QHBoxLayout;
    for (QPushButton *button : {m_copy, m_projector, m_save, m_help})
        buttons->addWidget(button);
    buttons->addStretch(1);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(10);
    for (QLabel *label : {m_title, m_steps, m_address, m_code})
        texts->addWidget(label);
    texts->addWidget(m_addresses);
    texts->addWidget(m_verified);
    texts->addWidget(m_inside);
    texts->addStretch(1);
    texts->addLayout(buttons);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(20, 20, 20, 20);
    layout->setSpacing(20);
    layout->addWidget(m_qrCode, 0, Qt::AlignTop);
    layout->addLayout(texts, 1);
}

void InviteDialog::setHostState(const HostState &state)
{
    m_state = state;
    const QString chosen = chosenAddress();
    const QSignalBlocker blocker(m_addresses);
    m_addresses->clear();
    for (const HostAddress &address : state.addresses) {
        QString text = spoken(address.url);
        if (!address.interfaceName.isEmpty())
            text = tr("%1 on %2", "address on network interface").arg(text, address.interfaceName);
        if (address.isRecommended)
            text = tr("%1 (recommended)").arg(text);
        else if (address.isLoopback)
            text = tr("%1 (this computer only)").arg(text);
        else if (address.isVirtual)
            text = tr("%1 (virtual network)").arg(text);
        m_addresses->addItem(text, address.url);
    }
    m_addresses->setCurrentIndex(std::max(0, m_addresses->findData(chosen)));
    showChosen();
}

void InviteDialog::setPeopleInside(int count)
{
    m_inside->setText(tr("%n inside now", nullptr, count));
}

QString InviteDialog::chosenAddress() const
{
    return m_addresses->currentData().toString();
}

QString InviteDialog::link() const
{
    const QString address = chosenAddress();
    return address.isEmpty() ? address : inviteLinkOf(address, m_state.joinCode);
}

void InviteDialog::showChosen()
{
    const bool isRunning = m_state.phase == HostPhase::Running && !link().isEmpty();
    const QImage code = isRunning ? makeQrCodeWithin(link(), kQrSide) : QImage();
    m_qrCode->setPixmap(QPixmap::fromImage(code));
    m_qrCode->setVisible(!code.isNull());
    m_address->setText(isRunning ? spoken(chosenAddress()) : tr("The server is not running."));
    m_code->setText(tr("Code %1").arg(m_state.joinCode));
    m_code->setVisible(isRunning && !m_state.joinCode.isEmpty());
    const int index = m_addresses->currentIndex();
    const bool isVerified = index >= 0 && index < m_state.addresses.size() && m_state.addresses.at(index).isVerified;
    m_verified->setText(isVerified ? tr("✔ Verified: another device came in through this address")
                                   : tr("No other device has come in through this address yet"));
    QPalette palette = m_verified->palette();
    palette.setColor(QPalette::WindowText, isVerified ? currentTokens().ok : currentTokens().muted);
    m_verified->setPalette(palette);
    for (QPushButton *button : {m_copy, m_projector, m_save})
        button->setEnabled(isRunning);
}

QImage InviteDialog::poster() const
{
    const QImage code = makeQrCodeWithin(link(), kPosterSide);
    QImage image(kPosterSide, kPosterSide + 200, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.drawImage((kPosterSide - code.width()) / 2, (kPosterSide - code.height()) / 2, code);
    painter.setPen(Qt::black);
    QFont large = font();
    large.setPixelSize(56);
    large.setBold(true);
    painter.setFont(large);
    painter.drawText(QRect(0, kPosterSide, kPosterSide, 80), Qt::AlignCenter, spoken(chosenAddress()));
    if (!m_state.joinCode.isEmpty())
        painter.drawText(QRect(0, kPosterSide + 90, kPosterSide, 80), Qt::AlignCenter, m_state.joinCode);
    return image;
}

void InviteDialog::saveImage()
{
    auto *dialog = new QFileDialog(this, tr("Save the invitation"), u"tertulia.png"_s, tr("PNG images (*.png)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"png"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        if (!poster().save(path, "PNG"))
            QMessageBox::warning(this, tr("Invite"), tr("The image could not be saved there."));
    });
    dialog->open();
}

void InviteDialog::showFullScreen()
{
    auto *view = new ProjectorView(link(), spoken(chosenAddress()), m_state.joinCode, this);
    view->setAttribute(Qt::WA_DeleteOnClose);
    view->QWidget::showFullScreen();
}

void InviteDialog::showHelp()
{
    const QString port = QString::number(m_state.port);
    auto *box = new QMessageBox(QMessageBox::Information, tr("Cannot connect?"),
        tr("What stops other devices, the most frequent first"), QMessageBox::Ok, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    const QStringList hints = {tr("• The device is on another network: use the same Wi-Fi or cable."),
        tr("• The firewall of this computer: let TCP port %1 in.").arg(port), u"    sudo ufw allow %1/tcp"_s.arg(port),
        u"    sudo firewall-cmd --add-port=%1/tcp"_s.arg(port),
        tr("• Guest and school Wi-Fi often keeps devices apart: try a hotspot or a cable."),
        tr("• A VPN on either side hides the network: switch it off, or choose another address above.")};
    box->setInformativeText(hints.join(u'\n'));
    QPushButton *copy = box->addButton(tr("Copy the ufw command"), QMessageBox::ActionRole);
    connect(copy, &QPushButton::clicked, this,
        [port] { QGuiApplication::clipboard()->setText(u"sudo ufw allow %1/tcp"_s.arg(port)); });
    box->open();
}

ProjectorView::ProjectorView(const QString &link, const QString &address, const QString &code, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_link(link)
    , m_address(address)
    , m_code(code)
{
    setWindowTitle(tr("Invite"));
    setAccessibleName(tr("Join at %1").arg(address));
}

void ProjectorView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Qt::white);
    const QImage code = makeQrCodeWithin(m_link, height() * 6 / 10);
    painter.drawImage((width() - code.width()) / 2, height() / 20, code);
    painter.setPen(Qt::black);
    QRect below(0, height() / 20 + code.height(), width(), height() - height() / 20 - code.height());
    const QString text = m_code.isEmpty() ? m_address : QString(m_address % u'\n' % m_code);
    QFont large = font();
    large.setBold(true);
    int points = 96;
    do { // as large as fits
        large.setPointSize(points);
        points -= 4;
    } while (points > 12 && !below.contains(QFontMetrics(large).boundingRect(below, Qt::AlignCenter, text)));
    painter.setFont(large);
    painter.drawText(below, Qt::AlignCenter, text);
}

void ProjectorView::keyPressEvent(QKeyEvent *)
{
    close();
}

void ProjectorView::mousePressEvent(QMouseEvent *)
{
    close();
}

} // namespace tertulia
