// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/clock.h"
#include "metrics/histogram.h"
#include "protocol/hostvalues.h"

#include <QByteArray>
#include <QHash>
#include <QList>

#include <array>
#include <map>

namespace tertulia {

enum class Transport : quint8 { WebSocket, EventStream, LongPoll };

/// The label of the transport in metrics and lists: "websocket", "sse", "longpoll".
[[nodiscard]] QByteArray transportName(Transport transport);

/// Counts what happens. Verbs are called from the hot paths and cost some nanoseconds; what is read is put together
/// when someone asks. Server thread.
class Metrics
{
public:
    explicit Metrics(const Clock &clock);

    void connectionOpened(Transport transport) { ++m_connections[std::size_t(transport)]; }
    void connectionEnded(Transport transport) { --m_connections[std::size_t(transport)]; }
    /// A WebSocket's close code; codes that are not in the contract count as one, for peers make them up.
    void closed(int code);
    void messageReceived() { ++m_messagesReceived; }
    void bytesReceived(qint64 bytes) { m_bytesReceived += quint64(bytes); }
    /// `count` messages left in `bytes` on the wire.
    void delivered(qint64 count, qint64 bytes)
    {
        m_deliveries += quint64(count);
        m_bytesSent += quint64(bytes);
    }
    /// Bytes that carried no message: HTTP answers, pongs.
    void bytesSent(qint64 bytes) { m_bytesSent += quint64(bytes); }
    /// What the sockets themselves counted since the start, which is never less than what was told here.
    void setTraffic(quint64 received, quint64 sent)
    {
        m_bytesReceived = received > m_bytesReceived ? received : m_bytesReceived;
        m_bytesSent = sent > m_bytesSent ? sent : m_bytesSent;
    }
    /// `reason` is a slug of the server's own; never text of a client.
    void refused(const QByteArray &reason) { ++m_refused[reason]; }
    void slowConsumerCut() { ++m_slowConsumers; }
    void fanoutTook(std::chrono::nanoseconds duration) { m_fanout.record(duration); }
    void commitTook(std::chrono::nanoseconds duration) { m_commit.record(duration); }
    void loopLagged(std::chrono::nanoseconds duration) { m_loopLag.record(duration); }
    void setUsersOnline(int count) { m_usersOnline = count; }
    void setRooms(int count) { m_rooms = count; }
    void setOutboundQueueBytes(qint64 bytes) { m_outboundQueueBytes = bytes; }
    void setStoreHealthy(bool healthy) { m_storeHealthy = healthy; }

    [[nodiscard]] int connections(Transport transport) const { return m_connections[std::size_t(transport)]; }
    [[nodiscard]] int connectionsInAll() const;

    /// The numbers now, with rates and quantiles since the last call, which should be about a second ago: one caller
    /// only.
    [[nodiscard]] MetricsSample sample();
    /// Text format 0.0.4 of Prometheus.
    [[nodiscard]] QByteArray prometheusText() const;

private:
    struct Totals {
        std::chrono::steady_clock::time_point at;
        quint64 messagesReceived = 0;
        quint64 deliveries = 0;
        quint64 bytesReceived = 0;
        quint64 bytesSent = 0;
        double cpuSeconds = 0;
    };
    [[nodiscard]] Totals totals(double cpuSeconds) const;

    const Clock &m_clock;
    std::chrono::steady_clock::time_point m_startedAt;
    Totals m_last;
    std::array<int, 3> m_connections {};
    std::map<int, quint64> m_closes; ///< 0 = other codes
    QHash<QByteArray, quint64> m_refused;
    quint64 m_messagesReceived = 0;
    quint64 m_deliveries = 0;
    quint64 m_bytesReceived = 0;
    quint64 m_bytesSent = 0;
    quint64 m_slowConsumers = 0;
    int m_usersOnline = 0;
    int m_rooms = 0;
    qint64 m_outboundQueueBytes = 0;
    bool m_storeHealthy = true;
    Histogram m_fanout;
    Histogram m_commit;
    Histogram m_loopLag;
};

/// The body of GET /api/stats and the data of /events/metrics: one line of JSON.
[[nodiscard]] QByteArray statsJson(const MetricsSample &sample, const QList<RoomRow> &rooms);

} // namespace tertulia
