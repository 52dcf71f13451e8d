// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transport/eventstreamconnection.h"
#include "transport/frontserver.h"
#include "transport/websocketconnection.h"

#include <QTcpSocket>
#include <QTest>

#include <functional>

// A front on a free port and clients that write raw bytes to it.
namespace tertulia::test {

/// Hears one connection and remembers.
struct RecordingListener final : ConnectionListener {
    void textReceived(const QByteArray &utf8) override
    {
        texts << utf8;
        if (connection && echoes)
            connection->sendText(utf8);
    }
    void binaryReceived(const QByteArray &bytes) override { binaries << bytes; }
    void ended(const ConnectionEnd &how) override
    {
        end = how;
        hasEnded = true;
        connection = nullptr;
    }

    WebSocketConnection *connection = nullptr;
    QByteArrayList texts;
    QByteArrayList binaries;
    ConnectionEnd end;
    bool hasEnded = false;
    bool echoes = false;
};

struct RecordingSink final : UploadSink {
    void received(const QByteArray &piece) override { bytes.append(piece); }
    void finished() override
    {
        isFinished = true;
        if (reply)
            std::exchange(reply, nullptr)->send(201, {}, QByteArray::number(bytes.size()));
    }
    void aborted() override
    {
        isAborted = true;
        reply.reset();
    }

    QByteArray bytes;
    std::shared_ptr<HttpReply> reply;
    bool isFinished = false;
    bool isAborted = false;
};

/// The application's side: decides by what a test puts into it.
class TestApplication final : public FrontPolicy, public HttpHandler
{
public:
    std::optional<Error> refuseRequest(const RequestHead &head) override
    {
        return head.path == QStringLiteral("/forbidden") ? std::optional<Error>(ErrorCode::Forbidden) : std::nullopt;
    }
    std::optional<Error> refuseUpgrade(const RequestHead &head) override
    {
        return head.path == QStringLiteral("/ws") ? std::nullopt : std::optional<Error>(ErrorCode::NotFound);
    }
    ConnectionListener *upgraded(WebSocketConnection &connection, const RequestHead &) override
    {
        listener.connection = &connection;
        if (onUpgraded)
            onUpgraded(connection);
        return &listener;
    }
    void refused(const QHostAddress &, ErrorCode code) override { refusals << errorSlug(code); }
    qint64 bodyLimit(const RequestHead &) override { return 1000000; }
    UploadSink *beginUpload(const RequestHead &head, const std::shared_ptr<HttpReply> &reply) override
    {
        if (head.path == QStringLiteral("/denied")) {
            reply->sendProblem(ErrorCode::Unauthorized);
            return nullptr;
        }
        if (head.path != QStringLiteral("/upload"))
            return nullptr;
        sink.reply = reply;
        return &sink;
    }
    void handle(const HttpRequest &request, const std::shared_ptr<HttpReply> &reply) override
    {
        requests << request.head.target + ' ' + request.body;
        if (onRequest)
            onRequest(request, reply);
        else
            reply->send(200, {{"Content-Type", "text/plain"}}, "you asked " + request.head.target);
    }

    RecordingListener listener;
    RecordingSink sink;
    QByteArrayList refusals;
    QByteArrayList requests;
    std::function<void(WebSocketConnection &)> onUpgraded;
    std::function<void(const HttpRequest &, const std::shared_ptr<HttpReply> &)> onRequest;
};

/// One client; `received` grows as the loop turns.
class RawClient final : public QTcpSocket
{
public:
    explicit RawClient(const FrontServer &front)
    {
        connect(this, &QTcpSocket::readyRead, this, [this] { received.append(readAll()); });
        connectToHost(QHostAddress(QHostAddress::LocalHost), front.serverPort());
    }
    RawClient(const FrontServer &front, const QByteArray &bytes)
        : RawClient(front)
    {
        write(bytes);
    }
    [[nodiscard]] bool isGone() const { return state() == UnconnectedState; }
    /// What follows the response head.
    [[nodiscard]] QByteArray body() const
    {
        const qsizetype end = received.indexOf("\r\n\r\n");
        return end < 0 ? QByteArray() : received.sliced(end + 4);
    }

    QByteArray received;
};

inline QByteArray upgradeRequest(const QByteArray &path = "/ws")
{
    return "GET " + path
        + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
}

inline QByteArray getRequest(const QByteArray &target, const QByteArray &fields = {})
{
    return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n";
}

inline QByteArray postRequest(const QByteArray &target, const QByteArray &body, const QByteArray &fields = {})
{
    return "POST " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + QByteArray::number(body.size())
        + "\r\n" + fields + "\r\n" + body;
}

} // namespace tertulia::test
