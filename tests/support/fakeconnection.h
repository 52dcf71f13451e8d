// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/connection.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <optional>

namespace tertulia {

/// A connection that keeps what it was told instead of writing it.
class FakeConnection final : public Connection
{
public:
    explicit FakeConnection(Wire wire = Wire::WebSocket)
        : m_wire(wire)
    {
        m_handshake.address = QStringLiteral("192.0.2.1");
    }

    [[nodiscard]] Wire wire() const override { return m_wire; }
    void send(const Frame &frame) override { keep(frame); }
    void sendBlock(const FrameBlock &block) override
    {
        ++blocks;
        for (const Frame &frame : block.frames())
            keep(frame);
    }
    void sendBulk(const Frame &frame) override { keep(frame); }
    void sendBinary(const QByteArray &bytes) override { binary.append(bytes); }
    void close(CloseCode code, const QByteArray &reason) override
    {
        if (closedWith)
            return;
        closedWith = code;
        closeReason = reason;
    }
    [[nodiscard]] bool isClosing() const override { return closedWith.has_value(); }
    [[nodiscard]] qint64 pendingBytes() const override { return 0; }
    [[nodiscard]] const ConnectionTraffic &traffic() const override { return m_traffic; }
    [[nodiscard]] const Handshake &handshake() const override { return m_handshake; }

    /// All messages so far as objects; `take` forgets them.
    [[nodiscard]] QList<QJsonObject> take() { return std::exchange(messages, {}); }
    [[nodiscard]] QJsonObject last(const QString &type) const
    {
        for (auto message = messages.crbegin(); message != messages.crend(); ++message) {
            if (message->value(QLatin1StringView("type")).toString() == type)
                return *message;
        }
        return {};
    }

    QList<QJsonObject> messages;
    QList<QByteArray> binary;
    int blocks = 0;
    std::optional<CloseCode> closedWith;
    QByteArray closeReason;

private:
    void keep(const Frame &frame)
    {
        if (m_wire == Wire::EventStream && frame.event().isEmpty())
            return;
        messages.append(QJsonDocument::fromJson(frame.json()).object());
    }

    Wire m_wire;
    Handshake m_handshake;
    ConnectionTraffic m_traffic;
};

} // namespace tertulia
