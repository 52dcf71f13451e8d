// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/turnflusher.h"

#include <QCoreApplication>
#include <QEvent>

namespace tertulia {

namespace {

const QEvent::Type kFlush = QEvent::Type(QEvent::registerEventType());

} // namespace

void TurnFlusher::add(Client &client)
{
    if (client.m_place != Client::kAbsent)
        return;
    client.m_place = m_clients.size();
    m_clients.push_back(&client);
    if (!m_isPosted) {
        m_isPosted = true;
        QCoreApplication::postEvent(this, new QEvent(kFlush));
    }
}

void TurnFlusher::remove(Client &client)
{
    if (client.m_place == Client::kAbsent)
        return;
    m_clients[client.m_place] = nullptr;
    client.m_place = Client::kAbsent;
}

bool TurnFlusher::event(QEvent *event)
{
    if (event->type() != kFlush)
        return QObject::event(event);
    for (std::size_t i = 0; i < m_clients.size(); ++i) { // may grow meanwhile
        if (Client *client = m_clients[i]) {
            client->m_place = Client::kAbsent;
            client->turnEnded();
        }
    }
    m_clients.clear();
    m_isPosted = false;
    return true;
}

} // namespace tertulia
