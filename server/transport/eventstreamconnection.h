// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/connection.h"
#include "transport/bytestream.h"
#include "transport/transportclient.h"

namespace tertulia {

/// One client of an event stream (WHATWG HTML section 9.2). Chunked for HTTP/1.1, bare for HTTP/1.0. The front's rules
/// hold as for a WebSocket: gathered writes, slow readers cut. What the client sends is thrown away.
class EventStreamConnection final : public Connection, public TransportClient, private ByteStreamListener
{
public:
    EventStreamConnection(TransportShared &shared, std::unique_ptr<ByteStream> stream, const RequestHead &head);
    ~EventStreamConnection() override;

    /// Hears ended() alone: a stream has no other direction.
    void setListener(ConnectionListener *listener) { m_listener = listener; }
    /// A `: comment` line, as a keepalive.
    void sendComment(const QByteArray &text);

    [[nodiscard]] Wire wire() const override { return Wire::EventStream; }
    void send(const Frame &frame) override;
    void sendBlock(const FrameBlock &block) override;
    void sendBulk(const Frame &frame) override;
    void close(CloseCode code, const QByteArray &reason) override;
    [[nodiscard]] bool isClosing() const override { return m_closing; }
    [[nodiscard]] qint64 pendingBytes() const override;
    [[nodiscard]] const ConnectionTraffic &traffic() const override { return m_traffic; }
    [[nodiscard]] const Handshake &handshake() const override { return m_handshake; }
};

} // namespace tertulia
