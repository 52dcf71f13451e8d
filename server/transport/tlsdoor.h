// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transport/bytestream.h"
#include "transport/transportshared.h"

#include <QSslConfiguration>
#include <QSslSocket>

#include <functional>
#include <memory>

namespace tertulia {

/// A fresh connection on a port that speaks TLS: waits for its first byte, which tells TLS (0x16, RFC 8446 section 5.1)
/// from plain HTTP, and for the end of the TLS handshake.
class TlsDoor final : public TransportClient, private TimerWheel::Entry
{
public:
    enum class Found : quint8 { Encrypted, Plain };
    using Entered = std::function<void(std::unique_ptr<ByteStream>, Found)>;

    TlsDoor(TransportShared &shared, const QSslConfiguration &configuration, qintptr descriptor, Entered entered);
    ~TlsDoor() override;

    void shutDown(CloseCode) override { end(); }

private:
    void firstByte();
    void enterPlain();
    void startEncryption();
    void timeReached() override { end(); }
    void end();

    TransportShared &m_shared;
    QSslConfiguration m_configuration;
    Entered m_entered;
    std::unique_ptr<QSslSocket> m_socket;
    QObject m_context; ///< of the socket's connections
    bool m_hasEnded = false;
};

} // namespace tertulia
