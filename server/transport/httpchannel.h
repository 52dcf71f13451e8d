// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transport/bytestream.h"
#include "transport/frontpolicy.h"
#include "transport/httpguard.h"
#include "transport/httphandler.h"
#include "transport/transportshared.h"

#include <memory>

namespace tertulia {

class QtEngines;

/// What every channel of one front works with.
struct FrontContext {
    FrontPolicy &policy;
    HttpHandler &handler;
    TransportShared &shared;
    QtEngines &engines;
};

/// One client that speaks HTTP: from the first byte until it goes, or becomes a WebSocket or an event stream. Reads one
/// request at a time, so that answers are in order and a client's pipelined requests wait in its own socket.
class HttpChannel final : public TransportClient, private ByteStreamListener, private TimerWheel::Entry
{
public:
    enum class Speaks : quint8 {
        Everything,
        RedirectOnly, ///< plain HTTP on a port that speaks TLS: every request is sent to https
    };

    HttpChannel(const FrontContext &context, std::unique_ptr<ByteStream> stream, Speaks speaks);
    ~HttpChannel() override;

    void start();
    /// Answers 503 and ends, whatever comes: there is no room for one more.
    void refuseFull();

    void shutDown(CloseCode code) override;

    // For the HttpReply of the request under way.
    void write(const QByteArray &head, const QByteArray &body);
    [[nodiscard]] bool isWritable() const;
    /// The connection cannot go on after the answer that is sent now.
    [[nodiscard]] bool mustClose() const;
    void replyFinished(bool keepsAlive);
    /// Keeps a reply that writes by itself until it is done.
    void keepReply(std::shared_ptr<HttpReply> reply) { m_reply = std::move(reply); }
    void replyAbandoned();
    void replyCut();
    /// Ends an answer that cannot be completed so that the client sees it.
    void cut();
    void setBodyPaused(bool paused);
    EventStreamConnection *becomeEventStream(const QByteArray &headBytes);

private:
    enum class Phase : quint8 { Head, Body, Upload, Handshake, Answering, Draining, Lingering, Ended };

    void readable() override;
    void drained() override;
    void timeReached() override;

    void receive(QByteArrayView input);
    void readHead(QByteArrayView &input);
    void readBody(QByteArrayView &input);
    void keepForLater(QByteArrayView &input);
    void requestBegins();
    void beginBody();
    void requestComplete();
    void nextRequest();
    void redirectToTls();
    void shakeHands();
    void becomeWebSocket(const QByteArray &response);
    void refuse(const Error &error);
    void linger();
    void inputEnded(bool orderly);
    void setPhase(Phase phase, std::chrono::milliseconds limit);
    void endUpload();
    void detachReply();
    void end();

    FrontContext m_context;
    std::unique_ptr<ByteStream> m_stream;
    std::shared_ptr<HttpReply> m_reply; ///< kept while the body comes and while it writes by itself
    HttpReply *m_replying = nullptr; ///< the one under way, whoever keeps it
    UploadSink *m_sink = nullptr;
    HttpGuard m_guard;
    QByteArray m_body;
    QByteArray m_waiting; ///< of later requests
    qint64 m_bodyLeft = 0;
    qint64 m_queued = 0; ///< bytes written so far, whether or not the socket took them
    qint64 m_lastTaken = 0; ///< bytes that the socket had taken when it was looked at last
    TimerWheel::Clock::time_point m_bodyBy; ///< when the whole body must be here
    Phase m_phase = Phase::Head;
    Speaks m_speaks;
    bool m_isReceiving = false;
    bool m_inputEnded = false;
    bool m_isStopping = false;
    bool m_isBodyPaused = false;

    friend class HttpReply;
};

} // namespace tertulia
