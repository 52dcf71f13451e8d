// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dashboard/connectiondetails.h"

#include "models/connectionmodel.h"
#include "models/format.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>

namespace tertulia {

using namespace Qt::StringLiterals;

ConnectionDetails::ConnectionDetails(const ConnectionRow &row, QWidget *parent)
    : QDialog(parent)
    , m_id(row.id)
    , m_form(new QFormLayout(this))
    , m_gone(new QLabel(tr("This connection has ended.")))
{
    const QStringList names = {tr("User:"), tr("Role:"), tr("Transport:"), tr("Address:"), tr("Path:"), tr("Client:"),
        tr("Rooms:"), tr("Connected:"), tr("Round trip:"), tr("Messages:"), tr("Bytes:"), tr("Waiting:"), tr("Id:")};
    m_gone->setProperty("danger", true);
    m_gone->hide();
    m_form->addRow(m_gone);
    for (const QString &name : names) {
        auto *value = new QLabel;
        value->setTextFormat(Qt::PlainText); // much of it is what a stranger sent
        value->setWordWrap(true);
        value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        value->setAccessibleName(name);
        m_form->addRow(name, value);
        m_values.append(value);
    }
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_form->addRow(buttons);
    setMinimumWidth(460);
    setRow(row);
}

void ConnectionDetails::setRow(const ConnectionRow &row)
{
    setWindowTitle(tr("Connection of %1").arg(row.user));
    const QString role = row.role == Role::Admin ? tr("Host") : row.role == Role::Member ? tr("Member") : tr("Guest");
    const QStringList texts = {row.user, role, transportName(row.transport),
        QString(row.address % u':' % QString::number(row.port)), row.path, row.userAgent, row.rooms.join(u", "_s),
        formatFullDate(row.connectedAt), row.roundTripMs < 0 ? tr("unknown") : formatMilliseconds(row.roundTripMs),
        tr("%1 in, %2 out").arg(row.messagesIn).arg(row.messagesOut),
        tr("%1 in, %2 out").arg(formatBytes(double(row.bytesIn)), formatBytes(double(row.bytesOut))),
        formatBytes(double(row.queuedBytes)), row.id};
    for (qsizetype i = 0; i < texts.size(); ++i)
        m_values.at(i)->setText(texts.at(i));
}

void ConnectionDetails::setGone()
{
    m_gone->show();
}

} // namespace tertulia
