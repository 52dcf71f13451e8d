// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the kernel alone costs: the yardstick that tests/bench/run holds the server against.
//   floor send      one send() for each member and message
//   floor coalesce  one send() for each member and turn of the loop
// It answers what `tertulia bench` asks, as cheaply as can be: every chat command goes to all in its room as one frame,
// as long as an entry of the server, made once. Nobody is checked, nothing is stored, nothing is acknowledged. It takes a
// free port, and prints it.
#include "bench/wireformat.h"

#include <QCryptographicHash>

#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#include <unordered_map>
#include <utility>
#include <vector>

namespace {

using namespace tertulia::bench;

struct Peer;

struct Room {
    std::vector<Peer *> sockets;
    std::vector<Peer *> streams;
    std::string socketBytes; ///< of this turn
    std::string streamBytes;
    bool isDirty = false;
};

struct Peer {
    enum class Kind : unsigned char { Http, Echo, Socket, Stream };

    int descriptor = -1;
    Kind kind = Kind::Http;
    Room *room = nullptr;
    bool isGone = false;
    std::string input;
    std::string output; ///< what the socket did not take
};

/// A server's frame: the head, then the bytes.
void appendFrame(std::string &out, unsigned opcode, std::string_view payload)
{
    out.push_back(char(0x80 | opcode));
    if (payload.size() < 126) {
        out.push_back(char(payload.size()));
    } else {
        out.push_back(126);
        out.push_back(char(payload.size() >> 8));
        out.push_back(char(payload.size() & 0xff));
    }
    out += payload;
}

class Floor
{
public:
    explicit Floor(bool coalesces)
        : m_coalesces(coalesces)
        , m_epoll(epoll_create1(0))
    {
    }
    /// The port; 0 = it failed.
    int listenAnywhere();
    void run();

private:
    void acceptAll();
    void readFrom(Peer &peer);
    void handleRequest(Peer &peer);
    void handleFrames(Peer &peer);
    void answerUpgrade(Peer &peer, std::string_view head);
    void publish(Room &room, std::string_view text);
    void flushRooms();
    void write(Peer &peer, std::string_view bytes);
    void writeWaiting(Peer &peer);
    void enter(Peer &peer, std::string_view target);
    void drop(Peer &peer);
    void watch(Peer &peer, bool alsoWrite, int operation) const;

    const bool m_coalesces;
    const int m_epoll;
    int m_listener = -1;
    std::unordered_map<std::string, std::unique_ptr<Room>> m_rooms;
    std::vector<Room *> m_dirty;
    std::vector<Peer *> m_gone;
    std::array<char, 65536> m_buffer {};
};

int Floor::listenAnywhere()
{
    m_listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto *generic = reinterpret_cast<sockaddr *>(&address);
    if (bind(m_listener, generic, size) != 0 || listen(m_listener, 4096) != 0 || getsockname(m_listener, generic, &size) != 0)
        return 0;
    epoll_event event {};
    event.events = EPOLLIN;
    epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_listener, &event);
    return ntohs(address.sin_port);
}

void Floor::watch(Peer &peer, bool alsoWrite, int operation) const
{
    epoll_event event {};
    event.events = EPOLLIN | (alsoWrite ? unsigned(EPOLLOUT) : 0U);
    event.data.ptr = &peer;
    epoll_ctl(m_epoll, operation, peer.descriptor, &event);
}

void Floor::acceptAll()
{
    const int on = 1;
    for (;;) {
        const int descriptor = accept4(m_listener, nullptr, nullptr, SOCK_NONBLOCK);
        if (descriptor < 0)
            return;
        setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        auto *peer = new Peer;
        peer->descriptor = descriptor;
        watch(*peer, false, EPOLL_CTL_ADD);
    }
}

void Floor::drop(Peer &peer)
{
    if (std::exchange(peer.isGone, true))
        return;
    if (peer.room)
        std::erase(peer.kind == Peer::Kind::Stream ? peer.room->streams : peer.room->sockets, &peer);
    close(peer.descriptor);
    m_gone.push_back(&peer);
}

void Floor::write(Peer &peer, std::string_view bytes)
{
    ssize_t sent = 0;
    if (peer.output.empty()) {
        sent = send(peer.descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent == ssize_t(bytes.size()) || (sent < 0 && errno != EAGAIN))
            return; // reading finds out why
        watch(peer, true, EPOLL_CTL_MOD);
    }
    peer.output += bytes.substr(sent > 0 ? std::size_t(sent) : 0);
}

void Floor::writeWaiting(Peer &peer)
{
    const ssize_t sent = send(peer.descriptor, peer.output.data(), peer.output.size(), MSG_NOSIGNAL);
    peer.output.erase(0, sent > 0 ? std::size_t(sent) : 0);
    if (peer.output.empty())
        watch(peer, false, EPOLL_CTL_MOD);
}

void Floor::enter(Peer &peer, std::string_view target)
{
    std::size_t start = target.find("room=");
    start = start == target.npos ? target.rfind('/') + 1 : start + 5;
    const std::string name(target.substr(start, target.find_first_of("& ?", start) - start));
    auto &room = m_rooms[name];
    if (!room)
        room = std::make_unique<Room>();
    peer.room = room.get();
    (peer.kind == Peer::Kind::Stream ? room->streams : room->sockets).push_back(&peer);
}

void Floor::answerUpgrade(Peer &peer, std::string_view head)
{
    const std::size_t start = head.find("Sec-WebSocket-Key: ") + 19;
    QByteArray key(head.data() + start, qsizetype(head.find("\r\n", start) - start));
    key += "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    std::string answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ";
    answer += QCryptographicHash::hash(key, QCryptographicHash::Sha1).toBase64().toStdString() + "\r\n\r\n";
    if (peer.kind == Peer::Kind::Socket)
        appendFrame(answer, ServerFrame::Text, "{\"type\":\"welcome\"}");
    if (peer.room)
        appendFrame(answer, ServerFrame::Text, "{\"type\":\"joined\"}");
    write(peer, answer);
}

void Floor::handleRequest(Peer &peer)
{
    const std::size_t end = peer.input.find("\r\n\r\n");
    if (end == std::string::npos)
        return;
    const std::string head = peer.input.substr(0, end + 4);
    const std::string_view target = std::string_view(head).substr(0, head.find(" HTTP"));
    peer.input.clear(); // a request comes in one piece and nothing comes behind it
    if (head.starts_with("POST ")) {
        const std::string_view body = "{\"token\":\"t\"}";
        write(peer, "HTTP/1.1 201 Created\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body));
    } else if (target.starts_with("GET /events")) {
        peer.kind = Peer::Kind::Stream;
        enter(peer, target);
        write(peer, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
    } else {
        peer.kind = target == "GET /ws/echo" ? Peer::Kind::Echo : Peer::Kind::Socket;
        if (target.find("room=") != target.npos)
            enter(peer, target);
        answerUpgrade(peer, head);
    }
}

void Floor::handleFrames(Peer &peer)
{
    std::string &input = peer.input;
    std::size_t at = 0;
    while (!peer.isGone && input.size() - at >= 6) {
        const auto byte = [&input, at](std::size_t i) { return static_cast<unsigned char>(input[at + i]); };
        std::size_t length = byte(1) & 0x7fU;
        std::size_t head = 2;
        if (length == 126) {
            length = std::size_t(byte(2)) << 8 | byte(3);
            head = 4;
        }
        if (input.size() - at < head + 4 + length)
            break;
        const char *mask = input.data() + at + head;
        char *payload = input.data() + at + head + 4;
        for (std::size_t i = 0; i < length; ++i)
            payload[i] = char(payload[i] ^ mask[i & 3]);
        const unsigned opcode = byte(0) & 0x0fU;
        at += head + 4 + length;
        std::string answer;
        if (opcode == ServerFrame::Text && peer.room)
            publish(*peer.room, std::string_view(payload, length));
        else if (opcode == ServerFrame::Text)
            appendFrame(answer, ServerFrame::Text, std::string_view(payload, length));
        else if (opcode == ServerFrame::Close)
            appendFrame(answer, ServerFrame::Close, std::string_view(payload, length));
        if (!answer.empty())
            write(peer, answer);
        if (opcode == ServerFrame::Close)
            drop(peer);
    }
    input.erase(0, at);
}

void Floor::publish(Room &room, std::string_view text)
{
    // What the server adds to a message: id, user and time.
    static constexpr std::string_view kRest = ",\"id\":1234567,\"user\":\"zT012345-1234\",\"timestamp\":\"2026-11-21T09:30:00.123Z\"}";
    std::string entry(text.substr(0, text.size() - 1));
    entry += kRest;
    if (!std::exchange(room.isDirty, true))
        m_dirty.push_back(&room);
    if (!room.sockets.empty())
        appendFrame(room.socketBytes, ServerFrame::Text, entry);
    if (!room.streams.empty()) {
        const std::string event = "event: chat\nid: 1234567\ndata: " + entry + "\n\n";
        std::array<char, 16> size {};
        std::snprintf(size.data(), size.size(), "%zx\r\n", event.size());
        room.streamBytes += size.data() + event + "\r\n";
    }
    if (!m_coalesces)
        flushRooms();
}

void Floor::flushRooms()
{
    for (Room *room : std::exchange(m_dirty, {})) {
        for (Peer *peer : room->sockets)
            write(*peer, room->socketBytes);
        for (Peer *peer : room->streams)
            write(*peer, room->streamBytes);
        room->socketBytes.clear();
        room->streamBytes.clear();
        room->isDirty = false;
    }
}

void Floor::readFrom(Peer &peer)
{
    const ssize_t count = recv(peer.descriptor, m_buffer.data(), m_buffer.size(), 0);
    if (count <= 0) {
        if (count == 0 || errno != EAGAIN)
            drop(peer);
        return;
    }
    peer.input.append(m_buffer.data(), std::size_t(count));
    if (peer.kind == Peer::Kind::Http)
        handleRequest(peer);
    else
        handleFrames(peer);
    if (peer.input.empty())
        std::string().swap(peer.input);
}

void Floor::run()
{
    std::array<epoll_event, 512> events;
    for (;;) {
        const int count = epoll_wait(m_epoll, events.data(), int(events.size()), -1);
        for (int i = 0; i < count; ++i) {
            const epoll_event &event = events[std::size_t(i)];
            auto *peer = static_cast<Peer *>(event.data.ptr);
            if (!peer) {
                acceptAll();
                continue;
            }
            if (!peer->isGone && (event.events & EPOLLOUT))
                writeWaiting(*peer);
            if (!peer->isGone && (event.events & (EPOLLIN | EPOLLHUP | EPOLLERR)))
                readFrom(*peer);
        }
        flushRooms();
        for (Peer *peer : std::exchange(m_gone, {}))
            delete peer;
    }
}

} // namespace

int main(int argc, char **argv)
{
    const std::string_view how = argc == 2 ? argv[1] : "";
    if (how != "send" && how != "coalesce") {
        std::fputs("usage: floor send|coalesce\n", stderr);
        return 2;
    }
    rlimit limit {};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    Floor floor(how == "coalesce");
    const int port = floor.listenAnywhere();
    if (port == 0) {
        std::perror("floor");
        return 1;
    }
    std::printf("%d\n", port);
    std::fflush(stdout);
    floor.run();
}
