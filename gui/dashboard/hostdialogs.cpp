// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dashboard/hostdialogs.h"

#include "models/format.h"
#include "protocol/names.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTime>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMostReason = 120; // a close reason holds 123 bytes
constexpr qint64 kMinuteMs = 60'000;

/// OK and Cancel, the first with the deed's own name.
QDialogButtonBox *buttonsFor(QDialog *dialog, const QString &deed, bool isDangerous)
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    QPushButton *ok = buttons->button(QDialogButtonBox::Ok);
    ok->setText(deed);
    ok->setProperty(isDangerous ? "danger" : "primary", true);
    if (isDangerous) // Enter in a hurry must do no harm
        buttons->button(QDialogButtonBox::Cancel)->setDefault(true);
    QObject::connect(buttons, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    return buttons;
}

} // namespace

KickDialog::KickDialog(const QStringList &names, QWidget *parent)
    : QDialog(parent)
    , m_reason(new QLineEdit)
{
    setWindowTitle(tr("Kick"));
    auto *text = new QLabel(names.size() == 1
            ? tr("Disconnect %1? They can come back unless you ban them.").arg(names.first())
            : tr("Disconnect %n connection(s)? They can come back unless you ban them.", nullptr, int(names.size())));
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    m_reason->setMaxLength(kMostReason);
    m_reason->setPlaceholderText(tr("They will read it"));
    auto *form = new QFormLayout;
    form->addRow(tr("&Reason:"), m_reason);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(text);
    layout->addLayout(form);
    layout->addWidget(buttonsFor(this, tr("Kick"), true));
    setMinimumWidth(420);
}

QString KickDialog::reason() const
{
    return m_reason->text().trimmed();
}

BanDialog::BanDialog(const QString &name, const QString &address, QWidget *parent)
    : QDialog(parent)
    , m_kind(new QComboBox)
    , m_name(new QLineEdit(name))
    , m_address(new QLineEdit(address))
    , m_reason(new QLineEdit)
    , m_duration(new QComboBox)
{
    setWindowTitle(tr("Ban"));
    m_kind->addItem(tr("This name"), true);
    m_kind->addItem(tr("This address"), false);
    m_duration->addItem(tr("10 minutes"), 10 * kMinuteMs);
    m_duration->addItem(tr("1 hour"), 60 * kMinuteMs);
    m_duration->addItem(tr("1 day"), 24 * 60 * kMinuteMs);
    m_duration->addItem(tr("For ever"), 0);
    m_duration->setCurrentIndex(1);
    m_reason->setMaxLength(kMostReason);
    m_address->setPlaceholderText(u"192.168.1.0/24"_s);
    auto *form = new QFormLayout(this);
    form->addRow(tr("Keep &out:"), m_kind);
    form->addRow(tr("&Name:"), m_name);
    form->addRow(tr("&Address:"), m_address);
    form->addRow(tr("For &how long:"), m_duration);
    form->addRow(tr("&Reason:"), m_reason);
    auto *buttons = buttonsFor(this, tr("Ban"), true);
    m_ok = buttons->button(QDialogButtonBox::Ok);
    form->addRow(buttons);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &BanDialog::check);
    connect(m_name, &QLineEdit::textChanged, this, &BanDialog::check);
    connect(m_address, &QLineEdit::textChanged, this, &BanDialog::check);
    if (name.isEmpty() && !address.isEmpty())
        m_kind->setCurrentIndex(1);
    setMinimumWidth(420);
    check();
}

void BanDialog::check()
{
    const bool byName = m_kind->currentData().toBool();
    m_name->setEnabled(byName);
    m_address->setEnabled(!byName);
    m_ok->setEnabled(!(byName ? m_name : m_address)->text().trimmed().isEmpty());
}

Ban BanDialog::draft() const
{
    Ban ban;
    if (m_kind->currentData().toBool())
        ban.name = m_name->text().trimmed();
    else
        ban.address = m_address->text().trimmed();
    ban.reason = m_reason->text().trimmed();
    if (const qint64 length = m_duration->currentData().toLongLong(); length > 0)
        ban.until = fromMilliseconds(QDateTime::currentMSecsSinceEpoch() + length);
    return ban;
}

BansDialog::BansDialog(QWidget *parent)
    : QDialog(parent)
    , m_list(new QListWidget)
    , m_empty(new QLabel(tr("Nobody is banned.")))
    , m_lift(new QPushButton(tr("Lift ban")))
{
    setWindowTitle(tr("Bans"));
    m_list->setAccessibleName(tr("Bans"));
    m_empty->setProperty("muted", true);
    auto *add = new QPushButton(tr("New ban…"));
    auto *close = new QDialogButtonBox(QDialogButtonBox::Close);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(add);
    buttons->addWidget(m_lift);
    buttons->addStretch(1);
    buttons->addWidget(close);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_empty);
    layout->addLayout(buttons);
    connect(add, &QPushButton::clicked, this, &BansDialog::addRequested);
    connect(close, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_lift, &QPushButton::clicked, this, [this] {
        if (const QListWidgetItem *item = m_list->currentItem())
            Q_EMIT unbanRequested(item->data(Qt::UserRole).toString());
    });
    connect(m_list, &QListWidget::currentRowChanged, m_lift, [this](int row) { m_lift->setEnabled(row >= 0); });
    setBans({});
    resize(560, 340);
}

void BansDialog::setBans(const QList<Ban> &bans)
{
    m_list->clear();
    for (const Ban &ban : bans) {
        const QString who = ban.name.isEmpty() ? ban.address : ban.name;
        const QString until = toMilliseconds(ban.until) == 0 ? tr("for ever")
                                                             : tr("until %1").arg(formatFullDate(ban.until));
        QStringList parts {who, until};
        if (!ban.reason.isEmpty())
            parts.append(ban.reason);
        auto *item = new QListWidgetItem(parts.join(u" · "_s), m_list);
        item->setData(Qt::UserRole, ban.id);
    }
    m_empty->setVisible(bans.isEmpty());
    m_lift->setEnabled(false);
}

AnnounceDialog::AnnounceDialog(QWidget *parent)
    : QDialog(parent)
    , m_title(new QLineEdit)
    , m_body(new QPlainTextEdit)
    , m_level(new QComboBox)
{
    setWindowTitle(tr("Announce to everyone"));
    m_level->addItem(tr("Information"), int(NotificationLevel::Info));
    m_level->addItem(tr("Warning"), int(NotificationLevel::Warning));
    m_level->addItem(tr("Alert"), int(NotificationLevel::Alert));
    m_body->setTabChangesFocus(true);
    auto *form = new QFormLayout(this);
    form->addRow(tr("&Title:"), m_title);
    form->addRow(tr("&Message:"), m_body);
    form->addRow(tr("&Level:"), m_level);
    auto *buttons = buttonsFor(this, tr("Send"), false);
    QPushButton *send = buttons->button(QDialogButtonBox::Ok);
    send->setEnabled(false);
    connect(m_title, &QLineEdit::textChanged, send,
        [send](const QString &text) { send->setEnabled(!text.trimmed().isEmpty()); });
    form->addRow(buttons);
    resize(460, 280);
}

QString AnnounceDialog::title() const
{
    return m_title->text().trimmed();
}

QString AnnounceDialog::body() const
{
    return m_body->toPlainText().trimmed();
}

NotificationLevel AnnounceDialog::level() const
{
    return NotificationLevel(m_level->currentData().toInt());
}

RoomDialog::RoomDialog(const std::optional<RoomRow> &present, QWidget *parent)
    : QDialog(parent)
    , m_name(new QLineEdit)
    , m_topic(new QLineEdit)
    , m_password(new QLineEdit)
    , m_private(new QCheckBox(tr("&Private: only for who is invited")))
    , m_readOnly(new QCheckBox(tr("Read &only: only its owner and the host write")))
    , m_slowMode(new QSpinBox)
    , m_problem(new QLabel)
{
    setWindowTitle(present ? tr("Edit room") : tr("New room"));
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setPlaceholderText(present && present->hasPassword ? tr("Leave empty to keep it") : tr("None"));
    m_slowMode->setRange(0, 3600);
    m_slowMode->setSuffix(tr(" s"));
    m_slowMode->setSpecialValueText(tr("Off"));
    m_problem->setProperty("danger", true);
    m_problem->setWordWrap(true);
    if (present) {
        m_name->setText(present->name);
        m_name->setEnabled(false);
        m_topic->setText(present->topic);
        m_private->setChecked(present->isPrivate);
        m_readOnly->setChecked(present->readOnly);
        m_slowMode->setValue(present->slowModeSeconds);
    }
    auto *form = new QFormLayout(this);
    form->addRow(tr("&Name:"), m_name);
    form->addRow(m_problem);
    form->addRow(tr("&Topic:"), m_topic);
    form->addRow(tr("Pass&word:"), m_password);
    form->addRow(m_private);
    form->addRow(m_readOnly);
    form->addRow(tr("&Slow mode:"), m_slowMode);
    auto *buttons = buttonsFor(this, present ? tr("Save") : tr("Create"), false);
    QPushButton *ok = buttons->button(QDialogButtonBox::Ok);
    form->addRow(buttons);
    const auto check = [this, ok](const QString &text) {
        const bool isValid = normalizeRoomName(text).isOk();
        ok->setEnabled(isValid);
        m_problem->setText(isValid || text.isEmpty() ? QString() : tr("Only letters, digits, and _ . - (up to 64)"));
    };
    connect(m_name, &QLineEdit::textChanged, this, check);
    check(m_name->text());
    setMinimumWidth(440);
}

RoomInfo RoomDialog::draft() const
{
    RoomInfo room;
    room.name = m_name->text().trimmed();
    room.topic = m_topic->text().trimmed();
    room.isPrivate = m_private->isChecked();
    room.readOnly = m_readOnly->isChecked();
    room.slowModeSeconds = m_slowMode->value();
    room.hasPassword = !password().isEmpty();
    return room;
}

QString RoomDialog::password() const
{
    return m_password->text();
}

} // namespace tertulia
