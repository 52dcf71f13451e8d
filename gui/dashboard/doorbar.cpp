// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dashboard/doorbar.h"

#include "models/format.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include <algorithm>

namespace tertulia {

DoorBar::DoorBar(QWidget *parent)
    : QFrame(parent)
    , m_text(new QLabel)
    , m_admit(new QPushButton)
    , m_refuse(new QPushButton)
{
    setProperty("banner", true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_admit->setProperty("primary", true);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_admit);
    layout->addWidget(m_refuse);
    connect(m_admit, &QPushButton::clicked, this, [this] { answer(true); });
    connect(m_refuse, &QPushButton::clicked, this, [this] { answer(false); });
    showFirst();
}

void DoorBar::add(const DoorKnock &knock)
{
    const auto known
        = std::find_if(m_knocks.begin(), m_knocks.end(), [&](const DoorKnock &other) { return other.id == knock.id; });
    if (known != m_knocks.end())
        *known = knock;
    else
        m_knocks.append(knock);
    showFirst();
}

void DoorBar::remove(const QString &id)
{
    m_knocks.removeIf([&](const DoorKnock &knock) { return knock.id == id; });
    showFirst();
}

void DoorBar::clear()
{
    m_knocks.clear();
    showFirst();
}

void DoorBar::answer(bool admit)
{
    if (m_knocks.isEmpty())
        return;
    const QString id = m_knocks.takeFirst().id;
    showFirst();
    Q_EMIT answered(id, admit);
}

void DoorBar::showFirst()
{
    setVisible(!m_knocks.isEmpty());
    m_admit->setText(tr("Let in"));
    m_refuse->setText(tr("Refuse"));
    if (m_knocks.isEmpty())
        return;
    const DoorKnock &first = m_knocks.first();
    const int more = int(m_knocks.size()) - 1;
    const QString name = first.name.simplified();
    m_text->setText(more == 0 ? tr("%1 is at the door (%2).").arg(name, first.address)
                              : tr("%1 is at the door (%2), and %n more.", nullptr, more).arg(name, first.address));
    m_text->setToolTip(plainToolTip(first.userAgent));
    m_admit->setAccessibleName(tr("Let %1 in").arg(name));
    m_refuse->setAccessibleName(tr("Refuse %1").arg(name));
}

void DoorBar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        showFirst();
    QFrame::changeEvent(event);
}

} // namespace tertulia
