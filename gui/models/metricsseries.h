// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/hostvalues.h"

#include <QList>

#include <array>
#include <vector>

namespace tertulia {

/// The dashboard's numbers over time: a ring of 60 points for each range, in which a point of a longer range is the
/// mean of the samples it stands for (latencies: their maximum, since a peak that vanishes in a mean is a lie).
class MetricsSeries
{
public:
    enum class Range : quint8 { Minute, QuarterHour, Hour, Day };
    static constexpr int kRanges = 4;
    static constexpr int kPoints = 60;

    enum class Value : quint8 {
        WebSockets,
        EventStreams,
        LongPolls,
        MessagesIn,
        MessagesOut,
        FanoutP50,
        FanoutP99,
        BytesIn,
        BytesOut,
        LoopLagP99,
        Count,
    };

    /// One sample a second.
    void append(const MetricsSample &sample);
    void clear();
    /// Oldest first, at most kPoints. The point that is still being gathered is its last one.
    [[nodiscard]] QList<double> values(Range range, Value value) const;
    [[nodiscard]] static int secondsPerPoint(Range range);

private:
    using Point = std::array<double, std::size_t(Value::Count)>;
    struct Ring {
        std::vector<Point> points; // a ring once it holds kPoints
        std::size_t next = 0;
        Point gathering {};
        int gathered = 0;
    };

    static void gather(Ring &ring, const Point &point);
    static Point finished(const Ring &ring);

    std::array<Ring, kRanges> m_rings;
};

} // namespace tertulia
