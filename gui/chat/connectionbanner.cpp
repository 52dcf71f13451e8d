// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/connectionbanner.h"

#include "chat/clientsession.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace tertulia {

using namespace Qt::StringLiterals;

ConnectionBanner::ConnectionBanner(ChatClient &client, QWidget *parent)
    : QFrame(parent)
    , m_client(client)
    , m_text(new QLabel)
    , m_tryNow(new QPushButton)
    , m_signIn(new QPushButton)
{
    setProperty("banner", true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 6, 8, 6);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_tryNow);
    layout->addWidget(m_signIn);
    connect(m_tryNow, &QPushButton::clicked, &client, &ChatClient::tryNow);
    connect(m_signIn, &QPushButton::clicked, this, &ConnectionBanner::signInRequested);
    connect(&client, &ChatClient::stateChanged, this, &ConnectionBanner::refresh);
    connect(&client, &ChatClient::countdownChanged, this, &ConnectionBanner::refresh);
    connect(&client, &ChatClient::doorChanged, this, &ConnectionBanner::refresh);
    refresh();
}

QString ConnectionBanner::text() const
{
    return m_text->text();
}

QString ConnectionBanner::waitingText() const
{
    const QString lost = m_wasOnline ? tr("The connection was lost.") : tr("The server cannot be reached.");
    const int seconds = m_client.secondsToNextAttempt();
    QString text = seconds > 0
        ? tr("%1 Next attempt in %2 s (number %3).").arg(lost).arg(seconds).arg(m_client.attempts())
        : tr("%1 Trying again…").arg(lost);
    if (const int waiting = int(m_client.unsentCount()); waiting > 0)
        text += QString(u' ' % tr("%n message(s) will be sent on return.", nullptr, waiting));
    return text;
}

void ConnectionBanner::refresh()
{
    using State = ChatClient::State;
    const State state = m_client.state();
    m_wasOnline = m_wasOnline || state == State::Online;
    m_tryNow->setText(tr("Try now"));
    m_signIn->setText(tr("Enter again…"));
    m_tryNow->setVisible(state == State::Waiting || state == State::Stopped);
    m_signIn->setVisible(state == State::Stopped);
    switch (state) {
    case State::Waiting:
        m_text->setText(waitingText());
        break;
    case State::Connecting:
        m_text->setText(tr("Connecting…"));
        break;
    case State::Stopped:
        m_text->setText(tr("Disconnected: %1.").arg(ClientSession::explain(m_client.stopReason(), {})));
        break;
    case State::Online:
        m_text->setText(tr("You are at the door. The host will let you in."));
        break;
    case State::Idle:
        break;
    }
    // Before the first welcome an attempt shows too, or an empty window would explain nothing.
    const bool isShown = state == State::Waiting || state == State::Stopped || state == State::Connecting
        || (state == State::Online && m_client.isAtTheDoor());
    setVisible(isShown);
    m_text->setAccessibleName(m_text->text());
}

void ConnectionBanner::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        refresh();
    QFrame::changeEvent(event);
}

} // namespace tertulia
