// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/connection.h"
#include "transport/bytestream.h"
#include "transport/outboundqueue.h"
#include "transport/transportshared.h"

#include <memory>

namespace tertulia {

class RequestHead;

/// One client of an event stream (WHATWG HTML section 9.2), from the end of its response's head. Chunked for HTTP/1.1,
/// bare for HTTP/1.0. The rules are a WebSocket's: gathered writes, slow readers cut. What the client sends is thrown
/// away.
class EventStreamConnection final : public Connection,
                                    public TransportClient,
                                    private ByteStreamListener,
                                    private TimerWheel::Entry
{
public:
    /// Sends `retry: 3000`.
    EventStreamConnection(TransportShared &shared, std::unique_ptr<ByteStream> stream, const RequestHead &head);
    ~EventStreamConnection() override;

    /// Hears ended() alone: a stream has no other direction.
    void setListener(ConnectionListener *listener) { m_listener = listener; }

    [[nodiscard]] Wire wire() const override { return Wire::EventStream; }
    void send(const Frame &frame) override;
    void sendBlock(const FrameBlock &block) override;
    void sendBulk(const Frame &frame) override;
    /// The code is for the listener's ended() alone: the client sees the end of the response.
    void sendBinary(const QByteArray &) override { } ///< a stream carries text alone
    void close(CloseCode code, const QByteArray &reason) override;
    [[nodiscard]] bool isClosing() const override { return m_phase != Phase::Open; }
    [[nodiscard]] qint64 pendingBytes() const override { return m_stream->pendingBytes(); }
    [[nodiscard]] const ConnectionTraffic &traffic() const override { return m_traffic; }
    [[nodiscard]] const Handshake &handshake() const override { return m_handshake; }

    void shutDown(CloseCode code) override { close(code, {}); }

private:
    using Time = TimerWheel::Clock::time_point;
    enum class Phase : quint8 { Open, Closing, Ended };

    void readable() override;
    void drained() override { }
    void timeReached() override;

    [[nodiscard]] bool admits();
    [[nodiscard]] QByteArray onWire(const QByteArray &chunk) const;
    void end();

    TransportShared &m_shared;
    std::unique_ptr<ByteStream> m_stream;
    ConnectionListener *m_listener = nullptr;
    ConnectionTraffic m_traffic;
    OutboundQueue m_out;
    Handshake m_handshake;
    ConnectionEnd m_end;
    Phase m_phase = Phase::Open;
    bool m_isChunked;
    int m_silentChecks = 0;
    quint64 m_seenOut = 0; ///< bytesOut at the last look: unchanged means silence
};

} // namespace tertulia
