// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/hostvalues.h"

#include <QList>
#include <QObject>
#include <QTimer>

#include <chrono>

namespace tertulia {

class Clock;
class ConnectionRegistry;
class Metrics;
class RoomDirectory;
class Store;

/// Once a second: what Metrics cannot count by itself is looked up, and the numbers of that second are told. Between,
/// it measures how late the loop is for its own timer. Server thread.
class MetricsTicker final : public QObject
{
    Q_OBJECT

public:
    struct Sources {
        Metrics &metrics;
        Clock &clock;
        const ConnectionRegistry &connections;
        const RoomDirectory &rooms;
        const Store &store;
    };
    explicit MetricsTicker(const Sources &sources, QObject *parent = nullptr);

    void start();
    /// The sample of the last second; of now where none was taken yet.
    [[nodiscard]] const MetricsSample &latest();
    /// All rooms, as the dashboard lists them.
    [[nodiscard]] QList<RoomRow> roomRows() const;
    /// The numbers that change between two samples, for a scrape that comes in between.
    void refresh();

Q_SIGNALS:
    /// Whoever keeps counters of its own puts them into the metrics now.
    void refreshing();
    void sampled(const tertulia::MetricsSample &sample);

private:
    void sample();
    void measureLag();

    Sources m_sources;
    MetricsSample m_latest;
    bool m_hasSample = false;
    QTimer m_second;
    QTimer m_lag;
    std::chrono::steady_clock::time_point m_lagDue;
};

} // namespace tertulia
