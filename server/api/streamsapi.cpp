// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/streamsapi.h"

#include "api/apigate.h"
#include "api/router.h"
#include "domain/chathub.h"
#include "domain/clock.h"
#include "domain/connectionregistry.h"
#include "domain/notificationcenter.h"
#include "domain/roomdirectory.h"
#include "domain/userdirectory.h"
#include "metrics/logbook.h"
#include "metrics/metrics.h"
#include "metrics/metricsticker.h"
#include "protocol/command.h"
#include "protocol/jsonwriter.h"
#include "transport/eventstreamconnection.h"

#include <algorithm>

namespace tertulia {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Frame resetFrame(quint64 lastId)
{
    QByteArray out;
    JsonWriter json(out);
    json.beginObject().field("last_id", lastId).endObject();
    return Frame(out, "reset"_ba, QByteArray::number(lastId));
}

Frame logFrame(const LogLine &line)
{
    QByteArray out;
    JsonWriter json(out);
    json.beginObject()
        .field("level", QByteArrayView(line.level))
        .field("category", QStringView(QString::fromUtf8(line.category)))
        .field("message", QStringView(line.message))
        .field("timestamp", QByteArrayView(toWire(line.timestamp)))
        .endObject();
    return Frame(out, "log"_ba, QByteArray::number(line.number));
}

Frame tickFrame(quint64 second, Timestamp time)
{
    QByteArray out;
    JsonWriter json(out);
    json.beginObject().field("time", QByteArrayView(toWire(time))).endObject();
    return Frame(out, "tick"_ba, QByteArray::number(second));
}

} // namespace

std::optional<quint64> lastEventId(const RequestHead &head)
{
    const QString text = head.hasHeader("Last-Event-ID") ? QString::fromUtf8(head.header("Last-Event-ID"))
                                                         : head.queryItem("last_event_id");
    if (text.isEmpty())
        return std::nullopt;
    bool ok = false;
    const quint64 id = text.toULongLong(&ok);
    return ok ? std::min<quint64>(id, kLargestId) : kLargestId;
}

/// One client of one stream.
class StreamsApi::Stream final : public ConnectionListener
{
public:
    Stream(StreamsApi &owner, EventStreamConnection &stream, Feed kind, const ApiCall &call)
        : connection(stream)
        , feed(kind)
        , principal(call.principal)
        , api(owner)
    {
        stream.setListener(this);
    }

    void textReceived(const QByteArray &) override { }
    void binaryReceived(const QByteArray &) override { }
    void ended(const ConnectionEnd &end) override { api.ended(*this, end); }

    EventStreamConnection &connection;
    Feed feed;
    Principal principal;
    ConnectionRecord *record = nullptr;
    RoomKey room = 0;
    QString roomName;
    quint64 sentTo = 0; ///< logs and ticks: the last id that was sent

private:
    StreamsApi &api;
};

StreamsApi::StreamsApi(const ApiServices &services, ApiGate &gate, Router &router, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_gate(gate)
    , m_startedAt(services.clock.now())
    , m_start(services.clock.steadyNow())
{
    const auto add = [this, &router](const QString &pattern, Access access, void (StreamsApi::*feed)(const ApiCall &)) {
        const auto handler = [this, feed](const ApiCall &call) {
            // A HEAD asks what the stream would be, not for the stream.
            if (call.head.method == "HEAD")
                return call.reply->send(
                    200, {{"Content-Type"_ba, "text/event-stream"_ba}, {"Cache-Control"_ba, "no-store"_ba}}, {});
            (this->*feed)(call);
        };
        router.add({"GET"_ba, pattern, access, handler, BodyKind::Json, true});
    };
    add(u"/events"_s, Access::User, &StreamsApi::openNotifications);
    add(u"/events/rooms/{room}"_s, Access::User, &StreamsApi::openRoomStream);
    add(u"/events/metrics"_s, Access::Admin, &StreamsApi::openMetrics);
    add(u"/events/logs"_s, Access::Admin, &StreamsApi::openLogs);
    add(u"/events/clock"_s, Access::Anyone, &StreamsApi::openClock);

    m_tick.setInterval(1s);
    m_tick.setTimerType(Qt::PreciseTimer);
    connect(&m_tick, &QTimer::timeout, this, &StreamsApi::tick);
    connect(&services.ticker, &MetricsTicker::sampled, this, &StreamsApi::sendMetrics);
    // Queued, always: a line may be logged while a line is being written to a stream.
    connect(&services.logBook, &LogBook::grew, this, qOverload<>(&StreamsApi::sendLogs), Qt::QueuedConnection);
}

StreamsApi::~StreamsApi()
{
    for (const auto &[stream, owned] : m_streams)
        stream->connection.setListener(nullptr);
}

StreamsApi::Stream *StreamsApi::open(const ApiCall &call, Feed feed)
{
    if (const auto outcome = m_gate.checkConnectionLimits(call.principal, call.address()); !outcome) {
        m_services.metrics.refused(errorSlug(outcome.error().code));
        call.fail(outcome.error());
        return nullptr;
    }
    EventStreamConnection *connection = call.reply->startEventStream();
    if (!connection)
        return nullptr;
    auto owned = std::make_unique<Stream>(*this, *connection, feed, call);
    Stream *stream = owned.get();
    std::optional<Principal> principal;
    if (!call.principal.user.id.isEmpty()) {
        principal = call.principal;
        // A guest who only listens keeps the name too.
        m_services.users.connected(principal->user.id);
    }
    QStringList rooms;
    if (feed == Feed::Room)
        rooms.append(call.parameter(u"room"_s));
    stream->record
        = &m_services.connections.add(*connection, TransportKind::EventStream, principal, [rooms] { return rooms; });
    m_streams.emplace(stream, std::move(owned));
    if (!m_tick.isActive())
        m_tick.start();
    return stream;
}

void StreamsApi::ended(Stream &stream, const ConnectionEnd &end)
{
    if (stream.feed == Feed::Notifications)
        m_services.notifications.unsubscribe(stream.connection);
    else if (stream.feed == Feed::Room)
        m_services.hub.unsubscribeStream(stream.connection);
    m_services.connections.remove(*stream.record, end.code);
    if (!stream.principal.user.id.isEmpty())
        m_services.users.disconnected(stream.principal.user.id);
    m_streams.erase(&stream);
    if (m_streams.empty())
        m_tick.stop();
}

void StreamsApi::openNotifications(const ApiCall &call)
{
    if (Stream *stream = open(call, Feed::Notifications))
        m_services.notifications.subscribe(stream->connection, call.principal, lastEventId(call.head));
}

void StreamsApi::openRoomStream(const ApiCall &call)
{
    m_gate.openRoom(call, call.parameter(u"room"_s), this, [this, call](const Result<Room *> &room) {
        if (!room)
            return call.fail(room.error());
        Stream *stream = open(call, Feed::Room);
        if (!stream)
            return;
        stream->room = (*room)->key();
        stream->roomName = (*room)->record.name;
        m_services.hub.subscribeStream(**room, stream->connection, lastEventId(call.head));
    });
}

void StreamsApi::openMetrics(const ApiCall &call)
{
    if (Stream *stream = open(call, Feed::Metrics))
        stream->connection.send(
            Frame(statsJson(m_services.ticker.latest(), m_services.ticker.roomRows()), "metrics"_ba));
}

void StreamsApi::openLogs(const ApiCall &call)
{
    Stream *stream = open(call, Feed::Logs);
    if (!stream)
        return;
    const quint64 last = m_services.logBook.lastNumber();
    stream->sentTo = lastEventId(call.head).value_or(last);
    // 0 stands for everything that is kept, however much went before.
    if (stream->sentTo == 0 && last > quint64(LogBook::kCapacity))
        stream->sentTo = last - quint64(LogBook::kCapacity) + 1;
    sendLogs(*stream);
}

void StreamsApi::openClock(const ApiCall &call)
{
    Stream *stream = open(call, Feed::Clock);
    if (!stream)
        return;
    const quint64 now = secondsSinceStart();
    stream->sentTo = lastEventId(call.head).value_or(now == 0 ? 0 : now - 1);
    sendTicks(*stream);
}

quint64 StreamsApi::secondsSinceStart() const
{
    return quint64(std::chrono::floor<std::chrono::seconds>(m_services.clock.steadyNow() - m_start).count());
}

void StreamsApi::tick()
{
    closeUnwelcome();
    for (const auto &[stream, owned] : m_streams) {
        if (stream->feed == Feed::Clock)
            sendTicks(*stream);
    }
}

void StreamsApi::closeUnwelcome()
{
    // Ended tokens and new bans close every connection wherever it is; that somebody may not read a room any more is
    // seen here. Closing tells the listener later, not within the loop.
    for (const auto &[stream, owned] : m_streams) {
        if (stream->feed == Feed::Room && !stream->connection.isClosing()
            && !m_services.hub.readableRoom(stream->roomName, stream->principal))
            stream->connection.close(CloseCode::Kicked, errorSlug(ErrorCode::Forbidden));
    }
}

void StreamsApi::sendMetrics(const MetricsSample &sample)
{
    Frame frame;
    for (const auto &[stream, owned] : m_streams) {
        if (stream->feed != Feed::Metrics)
            continue;
        if (frame.isNull())
            frame = Frame(statsJson(sample, m_services.ticker.roomRows()), "metrics"_ba);
        stream->connection.send(frame);
    }
}

void StreamsApi::sendLogs()
{
    for (const auto &[stream, owned] : m_streams) {
        if (stream->feed == Feed::Logs)
            sendLogs(*stream);
    }
}

void StreamsApi::sendLogs(Stream &stream)
{
    const auto lines = m_services.logBook.after(stream.sentTo);
    if (!lines) {
        stream.sentTo = m_services.logBook.lastNumber();
        stream.connection.send(resetFrame(stream.sentTo));
        return;
    }
    for (const LogLine &line : *lines) {
        stream.connection.send(logFrame(line));
        stream.sentTo = line.number;
    }
}

void StreamsApi::sendTicks(Stream &stream)
{
    const quint64 now = secondsSinceStart();
    if (stream.sentTo > now || now - stream.sentTo > kLongestClockReplay) {
        stream.sentTo = now;
        stream.connection.send(resetFrame(now));
        return;
    }
    while (stream.sentTo < now) {
        ++stream.sentTo;
        stream.connection.send(tickFrame(stream.sentTo, m_startedAt + std::chrono::seconds(stream.sentTo)));
    }
}

} // namespace tertulia
