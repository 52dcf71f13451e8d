// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/connection.h"
#include "domain/messagegate.h"
#include "domain/principal.h"

#include <optional>

namespace tertulia {

class NotificationCenter;

/// One client of /ws/notifications: it only listens. What it says is thrown away, within the rate that holds for all.
/// Server thread.
class NotificationSession final : public ConnectionListener
{
public:
    NotificationSession(NotificationCenter &center, Connection &connection, const Principal &who,
        std::optional<quint64> after, const MessageGate &gate);

    void textReceived(const QByteArray &utf8) override;
    void binaryReceived(const QByteArray &bytes) override;
    void ended(const ConnectionEnd &end) override;

private:
    NotificationCenter &m_center;
    Connection &m_connection;
    MessageGate m_gate;
};

} // namespace tertulia
