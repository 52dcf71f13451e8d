// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/roomheader.h"

#include "models/format.h"
#include "widgets/icons.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace tertulia {

using namespace Qt::StringLiterals;

RoomHeader::RoomHeader(QWidget *parent)
    : QFrame(parent)
    , m_title(new QLabel)
    , m_details(new QLabel)
    , m_search(new QToolButton)
    , m_members(new QToolButton)
    , m_leave(new QToolButton)
{
    m_title->setTextFormat(Qt::PlainText);
    m_details->setTextFormat(Qt::PlainText);
    m_details->setProperty("muted", true);
    m_details->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.25);
    large.setBold(true);
    m_title->setFont(large);
    m_search->setIcon(icon(Glyph::Search));
    m_members->setIcon(icon(Glyph::People));
    m_leave->setIcon(icon(Glyph::Door));
    m_members->setCheckable(true);
    m_members->setChecked(true);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(1);
    texts->addWidget(m_title);
    texts->addWidget(m_details);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 8, 10, 8);
    layout->setSpacing(6);
    layout->addLayout(texts, 1);
    for (QToolButton *button : {m_search, m_members, m_leave})
        layout->addWidget(button);
    connect(m_search, &QToolButton::clicked, this, &RoomHeader::searchRequested);
    connect(m_leave, &QToolButton::clicked, this, &RoomHeader::leaveRequested);
    retranslate();
}

void RoomHeader::show(const QString &title, const QString &topic, int members)
{
    m_title->setText(title.simplified());
    m_topic = topic.simplified();
    m_count = members;
    const QString count = tr("%n member(s)", nullptr, m_count);
    m_details->setToolTip(plainToolTip(m_topic));
    m_details->setText(m_topic.isEmpty() ? count : QString(count % u" · "_s % m_topic));
}

void RoomHeader::retranslate()
{
    m_search->setToolTip(tr("Search in this room (Ctrl+F)"));
    m_search->setAccessibleName(tr("Search in this room"));
    m_members->setToolTip(tr("Show or hide the members"));
    m_members->setAccessibleName(tr("Members"));
    m_leave->setToolTip(tr("Leave this room"));
    m_leave->setAccessibleName(tr("Leave this room"));
    show(m_title->text(), m_topic, m_count);
}

void RoomHeader::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QFrame::changeEvent(event);
}

} // namespace tertulia
