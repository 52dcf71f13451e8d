// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The transport alone, to measure it against bare epoll: relay PORT
//   /ws/echo           every message back
//   /ws?room=R         every message to all in the room, one block a turn
//   GET /sse?room=R    the same as an event stream
//   GET /hello         a small answer
#include "domain/connection.h"
#include "transport/epolldispatcher.h"
#include "transport/eventstreamconnection.h"
#include "transport/frontserver.h"
#include "transport/websocketconnection.h"

#include <QCoreApplication>

#include <cstdio>
#include <unordered_map>
#include <vector>

namespace {

using namespace tertulia;
using namespace Qt::StringLiterals;

struct Room {
    std::vector<Connection *> members;
    FrameBlock pending;
};

class Relay final : public FrontPolicy, public HttpHandler, public QObject
{
public:
    std::optional<Error> refuseRequest(const RequestHead &) override { return std::nullopt; }
    std::optional<Error> refuseUpgrade(const RequestHead &) override { return std::nullopt; }
    void refused(const QHostAddress &, ErrorCode) override { }
    qint64 bodyLimit(const RequestHead &) override { return 1024 * 1024; }
    UploadSink *beginUpload(const RequestHead &, const std::shared_ptr<HttpReply> &) override { return nullptr; }
    ConnectionListener *upgraded(WebSocketConnection &connection, const RequestHead &head) override;
    void handle(const HttpRequest &request, const std::shared_ptr<HttpReply> &reply) override;

    void publish(Room &room, const QByteArray &text)
    {
        if (room.pending.isEmpty())
            m_dirty.push_back(&room);
        room.pending.append(Frame(text));
        if (!std::exchange(m_isPosted, true))
            QMetaObject::invokeMethod(this, [this] { flush(); }, Qt::QueuedConnection);
    }
    void flush()
    {
        m_isPosted = false;
        for (Room *room : std::exchange(m_dirty, {})) {
            for (Connection *member : room->members)
                member->sendBlock(room->pending);
            room->pending.clear();
        }
    }

private:
    std::unordered_map<QString, Room> m_rooms;
    std::vector<Room *> m_dirty;
    bool m_isPosted = false;
};

class Echo final : public ConnectionListener
{
public:
    explicit Echo(WebSocketConnection &connection)
        : m_connection(connection)
    {
    }
    void textReceived(const QByteArray &utf8) override { m_connection.sendText(utf8); }
    void binaryReceived(const QByteArray &bytes) override { m_connection.sendBinary(bytes); }
    void ended(const ConnectionEnd &) override { delete this; }

private:
    WebSocketConnection &m_connection;
};

class Member final : public ConnectionListener
{
public:
    Member(Relay &relay, Room &room, Connection &connection)
        : m_relay(relay)
        , m_room(room)
        , m_connection(connection)
    {
        m_room.members.push_back(&connection);
    }
    void textReceived(const QByteArray &utf8) override { m_relay.publish(m_room, utf8); }
    void binaryReceived(const QByteArray &) override { }
    void ended(const ConnectionEnd &) override
    {
        std::erase(m_room.members, &m_connection);
        delete this;
    }

private:
    Relay &m_relay;
    Room &m_room;
    Connection &m_connection;
};

ConnectionListener *Relay::upgraded(WebSocketConnection &connection, const RequestHead &head)
{
    if (head.path == u"/ws/echo"_s)
        return new Echo(connection);
    return new Member(*this, m_rooms[head.queryItem("room")], connection);
}

void Relay::handle(const HttpRequest &request, const std::shared_ptr<HttpReply> &reply)
{
    if (request.head.path == u"/sse"_s) {
        if (EventStreamConnection *stream = reply->startEventStream())
            stream->setListener(new Member(*this, m_rooms[request.head.queryItem("room")], *stream));
    } else if (request.head.path == u"/hello"_s) {
        reply->send(200, {{"Content-Type", "text/plain"}}, "hello " + request.body);
    } else {
        reply->sendProblem(ErrorCode::NotFound);
    }
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication::setEventDispatcher(new EpollDispatcher);
    const QCoreApplication application(argc, argv);
    Relay relay;
    FrontServer front(relay, relay, TransportLimits {});
    const quint16 port = argc > 1 ? QByteArray(argv[1]).toUShort() : 0;
    if (!front.start(QHostAddress(QHostAddress::LocalHost), port)) {
        std::fprintf(stderr, "%s\n", qPrintable(front.errorString()));
        return 1;
    }
    std::printf("%d\n", int(front.serverPort()));
    std::fflush(stdout);
    return QCoreApplication::exec();
}
