// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/transferbar.h"

#include "chat/clientsession.h"
#include "client/restclient.h"
#include "widgets/icons.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>

namespace tertulia {

TransferBar::TransferBar(Transfer *transfer, const QString &name, QWidget *parent)
    : QFrame(parent)
    , m_transfer(transfer)
    , m_name(name)
    , m_label(new QLabel(name))
    , m_progress(new QProgressBar)
{
    setProperty("card", true);
    m_label->setTextFormat(Qt::PlainText);
    m_progress->setAccessibleName(tr("Progress of %1").arg(name));
    m_progress->setRange(0, 0);
    auto *cancel = new QToolButton;
    cancel->setIcon(icon(Glyph::Close));
    cancel->setProperty("flat", true);
    cancel->setToolTip(tr("Cancel"));
    cancel->setAccessibleName(tr("Cancel %1").arg(name));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 4, 6, 4);
    layout->addWidget(m_label, 1);
    layout->addWidget(m_progress, 1);
    layout->addWidget(cancel);
    connect(transfer, &Transfer::progressed, this, [this](qint64 bytes, qint64 total) {
        if (total <= 0)
            return;
        m_progress->setRange(0, 1000);
        m_progress->setValue(int(bytes * 1000 / total));
    });
    connect(transfer, &Transfer::finished, this, &TransferBar::finished);
    connect(cancel, &QToolButton::clicked, this, [this] {
        if (m_transfer)
            m_transfer->cancel();
        deleteLater();
    });
}

void TransferBar::finished(const QString &error)
{
    m_transfer = nullptr;
    if (error.isEmpty()) {
        deleteLater();
        return;
    }
    m_progress->hide();
    m_label->setWordWrap(true);
    m_label->setText(tr("%1 failed: %2").arg(m_name, ClientSession::explain(error, error)));
}

} // namespace tertulia
