// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/connection.h"
#include "domain/messagegate.h"

#include <QJsonObject>

namespace tertulia {

/// What an echo endpoint does with what it gets.
enum class EchoKind : quint8 {
    Service, ///< /ws and /ws/{client_id}: welcome, ping, message
    Mirror, ///< /ws/echo: everything back unchanged
};

/// One client of the echo endpoints. Server thread.
class EchoSession final : public ConnectionListener
{
public:
    /// `clientId` is a whole number in digits, or empty.
    EchoSession(
        Connection &connection, EchoKind kind, const QByteArray &clientId, const Clock &clock, const MessageGate &gate);

    void textReceived(const QByteArray &utf8) override;
    void binaryReceived(const QByteArray &bytes) override;
    void ended(const ConnectionEnd &end) override;

private:
    void welcome(const QByteArray &clientId);
    void answer(const QJsonObject &message);

    Connection &m_connection;
    EchoKind m_kind;
    const Clock &m_clock;
    MessageGate m_gate;
};

} // namespace tertulia
