// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/apicall.h"
#include "api/apiservices.h"
#include "domain/connection.h"
#include "protocol/hostvalues.h"
#include "storage/records.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>
#include <unordered_map>

namespace tertulia {

class ApiGate;
class Router;
struct ConnectionRecord;

/// Server-Sent Events (protocol.md section 4): who listens to what, from where on, and for how long. Server thread.
class StreamsApi final : public QObject
{
    Q_OBJECT

public:
    /// Ticks that /events/clock tells again to who comes back; who was away for longer starts anew.
    static constexpr quint64 kLongestClockReplay = 3600;

    StreamsApi(const ApiServices &services, ApiGate &gate, Router &router, QObject *parent);
    ~StreamsApi() override;

private:
    enum class Feed : quint8 { Notifications, Room, Metrics, Logs, Clock };
    class Stream;
    friend class Stream;

    /// The stream with its limits checked and its record made; null after a refusal, or when the client has left.
    Stream *open(const ApiCall &call, Feed feed);
    void openNotifications(const ApiCall &call);
    void openRoomStream(const ApiCall &call);
    void openMetrics(const ApiCall &call);
    void openLogs(const ApiCall &call);
    void openClock(const ApiCall &call);

    void tick();
    void closeUnwelcome();
    void sendMetrics(const tertulia::MetricsSample &sample);
    void sendLogs();
    void sendLogs(Stream &stream);
    void sendTicks(Stream &stream);
    void ended(Stream &stream, const ConnectionEnd &end);
    [[nodiscard]] quint64 secondsSinceStart() const;

    ApiServices m_services;
    ApiGate &m_gate;
    std::unordered_map<Stream *, std::unique_ptr<Stream>> m_streams;
    Timestamp m_startedAt;
    std::chrono::steady_clock::time_point m_start;
    QTimer m_tick;
};

/// The id after which a stream goes on: the header of who comes back by itself, else `?last_event_id=`. Text that is no
/// id stands for one that nobody knows.
[[nodiscard]] std::optional<quint64> lastEventId(const RequestHead &head);

} // namespace tertulia
