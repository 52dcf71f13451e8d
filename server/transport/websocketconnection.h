// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/connection.h"
#include "transport/bytestream.h"
#include "transport/framereader.h"
#include "transport/outboundqueue.h"
#include "transport/transportshared.h"

#include <memory>

namespace tertulia {

class RequestHead;

/// One WebSocket client, from the end of its opening handshake.
///
/// The handshake is QWebSocketServer's; the frames are read and written here, over the bare stream, since QWebSocket
/// of Qt 6.4 cannot do what the contract says: it keeps 19 KiB for an idle client (1-2 here), takes unmasked frames and
/// endless fragments, buffers pongs without bound, does not free a reader that was told to close, and ends TCP before
/// its close code has arrived.
class WebSocketConnection final : public Connection,
                                  public TransportClient,
                                  private ByteStreamListener,
                                  private TimerWheel::Entry
{
public:
    WebSocketConnection(TransportShared &shared, std::unique_ptr<ByteStream> stream, const RequestHead &head);
    ~WebSocketConnection() override;

    /// Nothing is read before this; `early` are bytes that came together with the handshake. nullptr: nobody hears.
    void start(ConnectionListener *listener, QByteArrayView early);

    [[nodiscard]] Wire wire() const override { return Wire::WebSocket; }
    void send(const Frame &frame) override;
    void sendBlock(const FrameBlock &block) override;
    void sendBulk(const Frame &frame) override;
    /// One frame of each kind, as send().
    void sendText(const QByteArray &utf8);
    void sendBinary(const QByteArray &bytes) override;
    /// One or more whole frames, made by webSocketTextFrame() or webSocketBinaryFrame(), shared by many connections.
    void sendEncoded(const QByteArray &frames, qsizetype messages = 1);
    void close(CloseCode code, const QByteArray &reason) override;
    [[nodiscard]] bool isClosing() const override { return m_phase != Phase::Open; }
    [[nodiscard]] qint64 pendingBytes() const override { return m_stream ? m_stream->pendingBytes() : 0; }
    [[nodiscard]] const ConnectionTraffic &traffic() const override { return m_traffic; }
    [[nodiscard]] const Handshake &handshake() const override { return m_handshake; }

    void shutDown(CloseCode code) override { close(code, "server_stopping"); }

private:
    using Time = TimerWheel::Clock::time_point;
    enum class Phase : quint8 {
        Open,
        CloseSent, ///< waiting for the peer's close frame
        Finished, ///< both close frames are through; waiting for the end of TCP
        Ended,
    };

    void readable() override;
    void drained() override;
    void timeReached() override;

    void process(QByteArrayView input);
    void handle(FrameReader::Event event);
    void answerPing(const QByteArray &payload);
    void takePong(const QByteArray &payload);
    void peerClosed(const QByteArray &reason);
    [[nodiscard]] bool countControlFrame();
    [[nodiscard]] bool admits();
    void noteMessageProgress();
    void sendPing(Time now);
    void schedule();
    [[nodiscard]] Time messageDeadline() const;
    void finish();
    void end();

    TransportShared &m_shared;
    std::unique_ptr<ByteStream> m_stream;
    ConnectionListener *m_listener = nullptr;
    ConnectionTraffic m_traffic;
    OutboundQueue m_out;
    FrameReader m_reader;
    Handshake m_handshake;
    ConnectionEnd m_end;
    Phase m_phase = Phase::Open;
    bool m_isMidMessage = false;
    bool m_isReadingPaused = false;
    int m_controlFrames = 0; ///< in the second that began at m_controlSecond
    quint32 m_pingNumber = 0;
    qint64 m_seenPending = 0; ///< while reading is paused: what waited at the last look
    QByteArray m_lastPing; ///< unanswered while the socket takes nothing; a later one replaces it
    bool m_hasUnansweredPing = false;
    Time m_controlSecond;
    Time m_lastHeard;
    Time m_messageBegan;
    Time m_nextPing;
    Time m_pingSent; ///< zero = no ping is under way
    Time m_closeBy;
};

/// One unmasked binary frame.
[[nodiscard]] QByteArray webSocketBinaryFrame(const QByteArray &payload);

} // namespace tertulia
