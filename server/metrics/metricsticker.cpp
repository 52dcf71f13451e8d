// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/metricsticker.h"

#include "domain/clock.h"
#include "domain/connectionregistry.h"
#include "domain/roomdirectory.h"
#include "metrics/metrics.h"
#include "storage/store.h"

#include <algorithm>

namespace tertulia {

using namespace std::chrono_literals;

namespace {
constexpr auto kLagInterval = 100ms;
}

MetricsTicker::MetricsTicker(const Sources &sources, QObject *parent)
    : QObject(parent)
    , m_sources(sources)
{
    m_second.setInterval(1s);
    m_second.setTimerType(Qt::PreciseTimer);
    connect(&m_second, &QTimer::timeout, this, &MetricsTicker::sample);
    m_lag.setInterval(kLagInterval);
    m_lag.setTimerType(Qt::PreciseTimer);
    m_lag.setSingleShot(true);
    connect(&m_lag, &QTimer::timeout, this, &MetricsTicker::measureLag);
    connect(&sources.connections, &ConnectionRegistry::added, this,
        [this](const ConnectionRecord &record) { m_sources.metrics.connectionOpened(record.transport); });
    connect(&sources.connections, &ConnectionRegistry::removed, this,
        [this](const ConnectionRecord &record) { m_sources.metrics.connectionEnded(record.transport); });
}

void MetricsTicker::start()
{
    m_second.start();
    m_lagDue = m_sources.clock.steadyNow() + kLagInterval;
    m_lag.start();
}

void MetricsTicker::measureLag()
{
    // Each wait begins anew: one long turn counts once and not as a row of late timers.
    const auto now = m_sources.clock.steadyNow();
    m_sources.metrics.loopLagged(std::max(now - m_lagDue, std::chrono::steady_clock::duration::zero()));
    m_lagDue = now + kLagInterval;
    m_lag.start();
}

void MetricsTicker::refresh()
{
    Q_EMIT refreshing();
    Metrics &metrics = m_sources.metrics;
    metrics.setUsersOnline(m_sources.connections.usersOnline());
    metrics.setRooms(int(m_sources.rooms.count()));
    metrics.setOutboundQueueBytes(m_sources.connections.queuedBytes());
    metrics.setStoreHealthy(m_sources.store.isHealthy());
}

void MetricsTicker::sample()
{
    refresh();
    m_latest = m_sources.metrics.sample();
    m_hasSample = true;
    Q_EMIT sampled(m_latest);
}

const MetricsSample &MetricsTicker::latest()
{
    if (!m_hasSample) {
        refresh();
        m_latest = m_sources.metrics.sample();
        m_hasSample = true;
    }
    return m_latest;
}

QList<RoomRow> MetricsTicker::roomRows() const
{
    QList<RoomRow> rows;
    const auto now = m_sources.clock.steadyNow();
    for (const Room *room : m_sources.rooms.all()) {
        const RoomInfo info = room->info();
        RoomRow row;
        row.name = info.name;
        row.topic = info.topic;
        row.owner = info.owner;
        row.isPrivate = info.isPrivate;
        row.isDirect = info.isDirect;
        row.hasPassword = info.hasPassword;
        row.readOnly = info.readOnly;
        row.slowModeSeconds = info.slowModeSeconds;
        row.members = info.members;
        row.messagesPerMinute = room->messagesPerMinute(now);
        row.lastId = info.lastId;
        rows.append(row);
    }
    return rows;
}

} // namespace tertulia
