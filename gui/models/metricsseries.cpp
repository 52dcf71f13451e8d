// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/metricsseries.h"

#include <algorithm>

namespace tertulia {

namespace {

constexpr bool keepsPeaks(std::size_t value)
{
    const auto which = MetricsSeries::Value(value);
    return which == MetricsSeries::Value::FanoutP50 || which == MetricsSeries::Value::FanoutP99
        || which == MetricsSeries::Value::LoopLagP99;
}

} // namespace

int MetricsSeries::secondsPerPoint(Range range)
{
    switch (range) {
    case Range::Minute:
        return 1;
    case Range::QuarterHour:
        return 15;
    case Range::Hour:
        return 60;
    case Range::Day:
        return 24 * 60;
    }
    return 1;
}

void MetricsSeries::append(const MetricsSample &sample)
{
    const Point point = {double(sample.websockets), double(sample.eventStreams), double(sample.longPolls),
        sample.messagesInPerSecond, sample.deliveriesPerSecond, sample.fanoutP50Ms, sample.fanoutP99Ms,
        sample.bytesInPerSecond, sample.bytesOutPerSecond, sample.loopLagP99Ms};
    for (int range = 0; range < kRanges; ++range) {
        Ring &ring = m_rings.at(std::size_t(range));
        gather(ring, point);
        if (ring.gathered < secondsPerPoint(Range(range)))
            continue;
        if (ring.points.size() < std::size_t(kPoints))
            ring.points.push_back(finished(ring));
        else
            ring.points[ring.next] = finished(ring);
        ring.next = (ring.next + 1) % std::size_t(kPoints);
        ring.gathering = {};
        ring.gathered = 0;
    }
}

void MetricsSeries::gather(Ring &ring, const Point &point)
{
    for (std::size_t value = 0; value < point.size(); ++value) {
        if (keepsPeaks(value))
            ring.gathering[value] = std::max(ring.gathering[value], point[value]);
        else
            ring.gathering[value] += point[value];
    }
    ++ring.gathered;
}

MetricsSeries::Point MetricsSeries::finished(const Ring &ring)
{
    Point point = ring.gathering;
    for (std::size_t value = 0; value < point.size(); ++value) {
        if (!keepsPeaks(value))
            point[value] /= ring.gathered;
    }
    return point;
}

void MetricsSeries::clear()
{
    m_rings = {};
}

QList<double> MetricsSeries::values(Range range, Value value) const
{
    const Ring &ring = m_rings.at(std::size_t(range));
    const auto which = std::size_t(value);
    QList<double> result;
    result.reserve(kPoints + 1);
    const bool isFull = ring.points.size() == std::size_t(kPoints);
    for (std::size_t i = 0; i < ring.points.size(); ++i)
        result.append(ring.points[isFull ? (ring.next + i) % std::size_t(kPoints) : i][which]);
    if (ring.gathered > 0) {
        if (result.size() == kPoints)
            result.removeFirst();
        result.append(finished(ring)[which]);
    }
    return result;
}

} // namespace tertulia
