// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/metrics.h"

#include "metrics/processusage.h"
#include "metrics/prometheustext.h"
#include "protocol/closecode.h"
#include "protocol/jsonwriter.h"

#include <algorithm>
#include <cmath>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array kTransports {Transport::WebSocket, Transport::EventStream, Transport::LongPoll};

bool isCodeOfTheContract(int code)
{
    switch (code) {
    case int(CloseCode::Normal):
    case int(CloseCode::GoingAway):
    case int(CloseCode::ProtocolError):
    case int(CloseCode::UnsupportedData):
    case 1005: // the peer gave none
    case 1006: // lost
    case int(CloseCode::InvalidPayload):
    case int(CloseCode::PolicyViolation):
    case int(CloseCode::MessageTooBig):
    case int(CloseCode::InternalError):
    case int(CloseCode::InvalidToken):
    case int(CloseCode::Kicked):
    case int(CloseCode::SlowConsumer):
    case int(CloseCode::TooManyConnections):
        return true;
    default:
        return false;
    }
}

double milliseconds(std::chrono::nanoseconds duration)
{
    return double(duration.count()) / 1e6;
}

/// To three decimals: nobody reads a rate more exactly.
double rounded(double value)
{
    return std::round(value * 1000) / 1000;
}

} // namespace

QByteArray transportName(Transport transport)
{
    switch (transport) {
    case Transport::WebSocket:
        return "websocket"_ba;
    case Transport::EventStream:
        return "sse"_ba;
    case Transport::LongPoll:
        return "longpoll"_ba;
    }
    return {};
}

Metrics::Metrics(const Clock &clock)
    : m_clock(clock)
    , m_startedAt(clock.steadyNow())
{
    // Here, not above: the counters that it reads are declared after it.
    m_last = totals(processUsage().cpuSeconds);
}

void Metrics::closed(int code)
{
    ++m_closes[isCodeOfTheContract(code) ? code : 0];
}

int Metrics::connectionsInAll() const
{
    return m_connections[0] + m_connections[1] + m_connections[2];
}

Metrics::Totals Metrics::totals(double cpuSeconds) const
{
    return {m_clock.steadyNow(), m_messagesReceived, m_deliveries, m_bytesReceived, m_bytesSent, cpuSeconds};
}

MetricsSample Metrics::sample()
{
    const ProcessUsage usage = processUsage();
    const Totals now = totals(usage.cpuSeconds);
    const double seconds = std::chrono::duration<double>(now.at - m_last.at).count();
    const auto rate = [seconds](auto later, auto earlier) {
        return seconds > 0 ? rounded(double(later - earlier) / seconds) : 0.0;
    };

    MetricsSample sample;
    sample.time = m_clock.now();
    sample.uptimeSeconds = std::chrono::floor<std::chrono::seconds>(now.at - m_startedAt).count();
    sample.websockets = connections(Transport::WebSocket);
    sample.eventStreams = connections(Transport::EventStream);
    sample.longPolls = connections(Transport::LongPoll);
    sample.usersOnline = m_usersOnline;
    sample.rooms = m_rooms;
    sample.messagesInPerSecond = rate(now.messagesReceived, m_last.messagesReceived);
    sample.deliveriesPerSecond = rate(now.deliveries, m_last.deliveries);
    sample.bytesInPerSecond = rate(now.bytesReceived, m_last.bytesReceived);
    sample.bytesOutPerSecond = rate(now.bytesSent, m_last.bytesSent);
    sample.fanoutP50Ms = rounded(milliseconds(m_fanout.quantile(0.5)));
    sample.fanoutP99Ms = rounded(milliseconds(m_fanout.quantile(0.99)));
    sample.loopLagP99Ms = rounded(milliseconds(m_loopLag.quantile(0.99)));
    sample.storeCommitP99Ms = rounded(milliseconds(m_commit.quantile(0.99)));
    sample.outboundQueueBytes = m_outboundQueueBytes;
    sample.messagesReceivedTotal = m_messagesReceived;
    sample.deliveriesTotal = m_deliveries;
    sample.slowConsumersTotal = m_slowConsumers;
    for (auto refused = m_refused.cbegin(); refused != m_refused.cend(); ++refused)
        sample.refusedTotal.insert(QString::fromLatin1(refused.key()), refused.value());
    sample.residentMemoryBytes = usage.residentBytes;
    sample.cpuPercent = rate(now.cpuSeconds * 100, m_last.cpuSeconds * 100);
    sample.storeHealthy = m_storeHealthy;

    m_last = now;
    m_fanout.resetWindow();
    m_commit.resetWindow();
    m_loopLag.resetWindow();
    return sample;
}

QByteArray Metrics::prometheusText() const
{
    PrometheusText out;
    out.head("tertulia_connections", "gauge", "Live connections by transport.");
    for (const Transport transport : kTransports)
        out.sample("tertulia_connections", "transport", transportName(transport),
            quint64(std::max(0, connections(transport))));
    const auto gauge = [&out](QByteArrayView name, QByteArrayView help, double value) {
        out.head(name, "gauge", help);
        out.sample(name, value);
    };
    const auto counter = [&out](QByteArrayView name, QByteArrayView help, quint64 value) {
        out.head(name, "counter", help);
        out.sample(name, value);
    };
    gauge("tertulia_users_online", "Users with at least one connection.", m_usersOnline);
    gauge("tertulia_rooms", "Rooms that exist.", m_rooms);
    gauge("tertulia_outbound_queue_bytes", "Bytes that wait for readers.", double(m_outboundQueueBytes));
    counter("tertulia_messages_received_total", "Messages from clients.", m_messagesReceived);
    counter("tertulia_deliveries_total", "Messages written to connections.", m_deliveries);
    counter("tertulia_bytes_sent_total", "Bytes written to clients.", m_bytesSent);
    counter("tertulia_bytes_received_total", "Bytes read from clients.", m_bytesReceived);
    counter("tertulia_slow_consumers_total", "Connections cut because they did not read.", m_slowConsumers);

    out.head("tertulia_closes_total", "counter", "WebSockets closed, by close code.");
    for (const auto &[code, count] : m_closes)
        out.sample("tertulia_closes_total", "code", code == 0 ? "other"_ba : QByteArray::number(code), count);
    out.head("tertulia_refused_total", "counter", "Requests, messages and connections refused, by reason.");
    QList<QByteArray> reasons = m_refused.keys();
    std::sort(reasons.begin(), reasons.end());
    for (const QByteArray &reason : std::as_const(reasons))
        out.sample("tertulia_refused_total", "reason", reason, m_refused.value(reason));

    out.histogram("tertulia_fanout_seconds", "From a frame in to its last write out.", m_fanout);
    out.histogram("tertulia_store_commit_seconds", "Time of one commit of the store.", m_commit);
    out.histogram("tertulia_event_loop_lag_seconds", "How late a timer of the event loop fires.", m_loopLag);

    const ProcessUsage usage = processUsage();
    gauge("process_resident_memory_bytes", "Resident memory size in bytes.", double(usage.residentBytes));
    out.head("process_cpu_seconds_total", "counter", "Total user and system CPU time spent in seconds.");
    out.sample("process_cpu_seconds_total", usage.cpuSeconds);
    gauge("process_open_fds", "Number of open file descriptors.", openFileDescriptors());
    return out.text();
}

QByteArray statsJson(const MetricsSample &sample, const QList<RoomRow> &rooms)
{
    QByteArray json;
    JsonWriter out(json);
    out.beginObject();
    out.field("time", QByteArrayView(toWire(sample.time)));
    out.field("uptime_seconds", sample.uptimeSeconds);
    out.key("connections").beginObject();
    out.field("websocket", sample.websockets).field("sse", sample.eventStreams).field("longpoll", sample.longPolls);
    out.endObject();
    out.field("users_online", sample.usersOnline).field("rooms", sample.rooms);
    out.field("messages_in_per_second", sample.messagesInPerSecond);
    out.field("deliveries_per_second", sample.deliveriesPerSecond);
    out.field("bytes_in_per_second", sample.bytesInPerSecond);
    out.field("bytes_out_per_second", sample.bytesOutPerSecond);
    out.field("fanout_p50_ms", sample.fanoutP50Ms).field("fanout_p99_ms", sample.fanoutP99Ms);
    out.field("event_loop_lag_ms", sample.loopLagP99Ms);
    out.field("store_commit_p99_ms", sample.storeCommitP99Ms);
    out.field("store_healthy", sample.storeHealthy);
    out.field("outbound_queue_bytes", sample.outboundQueueBytes);
    out.field("messages_received_total", sample.messagesReceivedTotal);
    out.field("deliveries_total", sample.deliveriesTotal);
    out.key("refused_total").beginObject();
    QStringList reasons = sample.refusedTotal.keys();
    reasons.sort();
    for (const QString &reason : std::as_const(reasons))
        out.field(reason.toLatin1(), sample.refusedTotal.value(reason));
    out.endObject();
    out.field("slow_consumers_total", sample.slowConsumersTotal);
    out.field("resident_memory_bytes", sample.residentMemoryBytes);
    out.field("cpu_percent", sample.cpuPercent);
    out.key("room_activity").beginArray();
    for (const RoomRow &room : rooms) {
        out.beginObject();
        out.field("name", QStringView(room.name)).field("members", room.members);
        out.field("messages_per_minute", room.messagesPerMinute);
        out.endObject();
    }
    out.endArray().endObject();
    return json;
}

} // namespace tertulia
