// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dashboard/settingsdialog.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QTabWidget>
#include <QVBoxLayout>

#include <limits>

namespace tertulia {

using namespace Qt::StringLiterals;

SettingsDialog::SettingsDialog(const QHash<QString, QString> &values, QWidget *parent)
    : QDialog(parent)
    , m_values(values)
{
    setWindowTitle(tr("Server settings"));
    auto *tabs = new QTabWidget;
    tabs->setAccessibleName(tr("Server settings"));
    QFormLayout *general = page(tabs, tr("Server"));
    add(general, u"server.name"_s, tr("&Name:"), Kind::Text, tr("What guests see"));
    add(general, u"server.port"_s, tr("&Port:"), Kind::Number, tr("Takes effect at the next start"));
    QFormLayout *access = page(tabs, tr("Access"));
    add(access, u"access.guests"_s, tr("Guests may enter with only a &name"), Kind::Switch);
    add(access, u"access.join_code"_s, tr("&Code to enter:"), Kind::Text, tr("None"));
    add(access, u"access.door"_s, tr("Newcomers wait at the &door until I let them in"), Kind::Switch);
    add(access, u"access.origins"_s, tr("Foreign web &origins:"), Kind::Text, u"https://example.org"_s);
    add(access, u"access.hosts"_s, tr("Other &host names:"), Kind::Text, u"chat.example.org"_s);
    QFormLayout *limits = page(tabs, tr("Limits"));
    add(limits, u"limits.messages_per_second"_s, tr("&Messages a second:"), Kind::Number,
        tr("For each connection; 0 = no limit"));
    add(limits, u"limits.burst"_s, tr("&Burst:"), Kind::Number, tr("Messages at once before the limit holds"));
    add(limits, u"limits.message_bytes"_s, tr("Longest message (&bytes):"), Kind::Number);
    add(limits, u"limits.connections"_s, tr("&Connections:"), Kind::Number);
    add(limits, u"limits.connections_per_user"_s, tr("Connections of one &user:"), Kind::Number);
    add(limits, u"limits.connections_per_address"_s, tr("Connections of one &address:"), Kind::Number,
        tr("0 = no limit"));
    add(limits, u"limits.upload_bytes"_s, tr("Largest &file (bytes):"), Kind::Number);
    add(limits, u"limits.room_history"_s, tr("Messages &kept in a room:"), Kind::Number, tr("0 = all"));

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(tabs, 1);
    layout->addWidget(buttons);
    resize(520, 440);
}

QFormLayout *SettingsDialog::page(QTabWidget *tabs, const QString &title)
{
    auto *widget = new QWidget;
    auto *form = new QFormLayout(widget);
    form->setContentsMargins(16, 16, 16, 16);
    form->setSpacing(10);
    tabs->addTab(widget, title);
    return form;
}

void SettingsDialog::add(QFormLayout *form, const QString &key, const QString &label, Kind kind, const QString &hint)
{
    const QString value = m_values.value(key);
    QWidget *widget = nullptr;
    if (kind == Kind::Switch) {
        auto *box = new QCheckBox(label);
        box->setChecked(value == "true"_L1 || value == "1"_L1);
        form->addRow(box);
        widget = box;
    } else if (kind == Kind::Number) {
        auto *box = new QSpinBox;
        box->setRange(0, std::numeric_limits<int>::max());
        box->setGroupSeparatorShown(key != "server.port"_L1);
        box->setValue(value.toInt());
        form->addRow(label, box);
        widget = box;
    } else {
        auto *edit = new QLineEdit(value);
        edit->setPlaceholderText(hint);
        form->addRow(label, edit);
        widget = edit;
    }
    widget->setToolTip(hint);
    widget->setObjectName(key);
    m_fields.append({key, kind, widget});
}

QString SettingsDialog::valueOf(const Field &field)
{
    switch (field.kind) {
    case Kind::Switch:
        return static_cast<QCheckBox *>(field.widget)->isChecked() ? u"true"_s : u"false"_s;
    case Kind::Number:
        return QString::number(static_cast<QSpinBox *>(field.widget)->value());
    case Kind::Text:
        return static_cast<QLineEdit *>(field.widget)->text().trimmed();
    }
    return {};
}

QHash<QString, QString> SettingsDialog::changes() const
{
    QHash<QString, QString> changed;
    for (const Field &field : m_fields) {
        const QString value = valueOf(field);
        const QString before = m_values.value(field.key);
        const bool isSameSwitch = field.kind == Kind::Switch
            && (before == "1"_L1 || before == "true"_L1) == (value == "true"_L1);
        const bool isSameNumber = field.kind == Kind::Number && before.toInt() == value.toInt();
        if (value != before && !isSameSwitch && !isSameNumber)
            changed.insert(field.key, value);
    }
    return changed;
}

} // namespace tertulia
