// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/errorcode.h"
#include "transport/requesthead.h"

#include <QByteArray>
#include <QIODevice>

#include <functional>
#include <memory>

namespace tertulia {

class EventStreamConnection;
class HttpChannel;

/// The answer to one request. Shared by whoever works on it and safe to keep: when the client has left, every call does
/// nothing. Server thread only.
///
/// It exists because QHttpServerResponder of Qt 6.4 holds a raw socket that dies with the client, answers HEAD with a
/// body and ignores `Connection: close` and HTTP/1.0. Date, Content-Length, nosniff and Referrer-Policy are always
/// sent; Content-Type is never guessed.
class HttpReply : public std::enable_shared_from_this<HttpReply>
{
public:
    HttpReply(HttpChannel &channel, const RequestHead &head);
    ~HttpReply();
    Q_DISABLE_COPY_MOVE(HttpReply)

    /// The client is there and nothing was answered yet.
    [[nodiscard]] bool isOpen() const { return m_channel && m_state == State::Open; }
    /// The client is there, whether or not the answer has begun.
    [[nodiscard]] bool isConnected() const { return m_channel != nullptr; }

    /// Sent with whatever answer follows: CORS, cookies.
    void addHeader(const QByteArray &name, const QByteArray &value);
    /// `gone` is called once when the client leaves before the answer is complete. With it set, a client that only
    /// ends its side (FIN) counts as gone too: what a waiting poll wants.
    void onGone(std::function<void()> gone) { m_gone = std::move(gone); }

    void send(int status, const HttpFields &headers, const QByteArray &body);
    void sendJson(int status, const QByteArray &json, const HttpFields &headers = {});
    /// RFC 9457; Retry-After is made from error.retryAfterMs.
    void sendProblem(const Error &error, const HttpFields &headers = {});

    /// An answer of unknown length: begin, write() pieces, end(). After a write() that returns false wait for
    /// `drained`. HTTP/1.0 gets the same without chunks. Dropping the reply before end() cuts the connection, so that
    /// the client sees that the answer is not whole.
    void beginChunked(int status, const HttpFields &headers, std::function<void()> drained);
    [[nodiscard]] bool write(const QByteArray &piece);
    void end();

    /// Sends the device (open, random access) from its start, in pieces as the socket drains; 206 or 416 where the
    /// request has a Range of one part. `headers` should hold Content-Type and may hold ETag.
    void sendDevice(std::unique_ptr<QIODevice> device, const HttpFields &headers);

    /// Sends the head of an event stream and `retry: 3000`, and turns the connection into one; the caller sets its
    /// listener before returning to the loop. nullptr when the client has left. Owned by the front.
    EventStreamConnection *startEventStream(const HttpFields &headers = {});

    /// For the body of an upload: no more pieces until resumeBody().
    void pauseBody();
    void resumeBody();

private:
    friend class HttpChannel;
    enum class State : quint8 { Open, Streaming, Done };

    [[nodiscard]] QByteArray headBytes(int status, const HttpFields &headers, qint64 length) const;
    void pumpDevice();
    void finish();
    void channelDrained();
    void channelGone();

    HttpChannel *m_channel; ///< null once the client or the connection's interest is gone
    HttpFields m_added;
    std::function<void()> m_gone;
    std::function<void()> m_drained;
    std::unique_ptr<QIODevice> m_device;
    qint64 m_deviceLeft = 0;
    QByteArray m_range;
    QByteArray m_ifRange;
    State m_state = State::Open;
    bool m_isHead;
    bool m_isHttp10;
    bool m_keepsAlive;
};

} // namespace tertulia
