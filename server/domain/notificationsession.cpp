// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/notificationsession.h"

#include "domain/notificationcenter.h"

namespace tertulia {

NotificationSession::NotificationSession(NotificationCenter &center, Connection &connection, const Principal &who,
    std::optional<quint64> after, const MessageGate &gate)
    : m_center(center)
    , m_connection(connection)
    , m_gate(gate)
{
    m_center.subscribe(m_connection, who, after);
}

void NotificationSession::textReceived(const QByteArray &)
{
    // The verdict changes nothing here: the gate itself answers and closes who sends too much.
    static_cast<void>(m_gate.letsPass(m_connection));
}

void NotificationSession::binaryReceived(const QByteArray &)
{
    m_connection.close(CloseCode::UnsupportedData, "text_only");
}

void NotificationSession::ended(const ConnectionEnd &)
{
    m_center.unsubscribe(m_connection);
}

} // namespace tertulia
