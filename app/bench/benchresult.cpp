// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/benchresult.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace tertulia::bench {

namespace {

double seconds(std::chrono::nanoseconds duration)
{
    return std::chrono::duration<double>(duration).count();
}

double microseconds(std::chrono::nanoseconds duration)
{
    return std::chrono::duration<double, std::micro>(duration).count();
}

double perUnit(double whole, std::uint64_t count)
{
    return count > 0 ? whole / double(count) : 0;
}

double perSecond(std::uint64_t count, std::chrono::nanoseconds duration)
{
    return duration.count() > 0 ? double(count) / seconds(duration) : 0;
}

std::int64_t bytesPerConnection(const BenchResult &result)
{
    return std::int64_t(perUnit(double(result.server->fullBytes - result.server->emptyBytes), result.connected));
}

QString operationName(Mode mode)
{
    switch (mode) {
    case Mode::Fanout:
    case Mode::Ack:
        return u"deliveries"_s;
    case Mode::Echo:
        return u"round trips"_s;
    case Mode::Storm:
        return u"connects"_s;
    case Mode::Join:
        return u"joins"_s;
    case Mode::Search:
        return u"searches"_s;
    case Mode::Idle:
        break;
    }
    return {};
}

QString transportName(Transport transport)
{
    switch (transport) {
    case Transport::WebSocket:
        return u"websocket"_s;
    case Transport::EventStream:
        return u"sse"_s;
    case Transport::LongPoll:
        break;
    }
    return u"longpoll"_s;
}

QString number(double value, int decimals = 0)
{
    return QLocale::c().toString(value, 'f', decimals);
}

QString milliseconds(std::chrono::nanoseconds duration)
{
    return number(microseconds(duration) / 1000, 3);
}

QString line(const QString &name, const QString &value)
{
    return u"  "_s + name.leftJustified(24) + value + u'\n';
}

QString latencyLine(const QString &name, const LatencyHistogram &latency)
{
    if (latency.count() == 0)
        return {};
    return line(name,
        u"p50 %1  p95 %2  p99 %3  p99.9 %4  max %5 ms"_s.arg(milliseconds(latency.percentile(0.5)),
            milliseconds(latency.percentile(0.95)), milliseconds(latency.percentile(0.99)),
            milliseconds(latency.percentile(0.999)), milliseconds(latency.largest())));
}

QJsonObject latencyObject(const LatencyHistogram &latency)
{
    return {
        {u"count"_s, qint64(latency.count())},
        {u"p50"_s, microseconds(latency.percentile(0.5))},
        {u"p95"_s, microseconds(latency.percentile(0.95))},
        {u"p99"_s, microseconds(latency.percentile(0.99))},
        {u"p999"_s, microseconds(latency.percentile(0.999))},
        {u"max"_s, microseconds(latency.largest())},
    };
}

QString checksTable(const BenchResult &result)
{
    const DeliveryCounts &counts = result.counts;
    if (counts.sent == 0)
        return {};
    QString text = line(u"sent, expected, arrived"_s,
        u"%1, %2, %3"_s.arg(number(double(counts.sent)), number(double(counts.expected)), number(double(counts.arrived))));
    text += line(u"lost, gaps, doubles"_s, u"%1, %2, %3"_s.arg(result.lost()).arg(counts.gaps).arg(counts.doubles));
    text += line(u"out of order, misrouted"_s, u"%1, %2"_s.arg(counts.outOfOrder).arg(counts.misrouted));
    if (counts.idsChecked > 0)
        text += line(u"breaks in the ids"_s, u"%1 of %2"_s.arg(counts.idBreaks).arg(counts.idsChecked));
    return text;
}

QString serverTable(const BenchResult &result)
{
    if (!result.server)
        return {};
    const ServerUse &server = *result.server;
    QString text = line(u"server, us a connect"_s, number(perUnit(microseconds(server.connecting), result.connected), 1));
    text += line(u"server, memory"_s,
        u"%1 MiB, %2 KiB a connection"_s.arg(number(double(server.fullBytes) / 1048576, 1),
            number(double(bytesPerConnection(result)) / 1024, 1)));
    text += line(u"server, processor"_s, number(100 * seconds(server.measured) / seconds(result.measured), 1) + u" %"_s);
    if (result.tally.operations > 0) {
        text += line(u"server, us each"_s,
            number(perUnit(microseconds(server.measured), result.tally.operations), 3));
    }
    return text;
}

} // namespace

bool BenchResult::isClean() const
{
    return lost() == 0 && counts.gaps == 0 && counts.doubles == 0 && counts.outOfOrder == 0 && counts.misrouted == 0
        && counts.idBreaks == 0 && disconnected == 0 && refused == 0 && connectFailures == 0;
}

QString tableOf(const BenchOptions &options, const BenchResult &result)
{
    QString text = u"%1 over %2: %3 connections, %4 s measured\n"_s.arg(
        options.modeName, transportName(options.transport), number(double(result.connected)), number(seconds(result.measured), 2));
    text += line(u"connects a second"_s, number(perSecond(result.connected, result.connecting)));
    text += latencyLine(u"connect"_s, result.connectLatency);
    if (result.tally.operations > 0) {
        text += line(operationName(options.mode) + u" a second"_s, number(perSecond(result.tally.operations, result.measured)));
        text += latencyLine(u"latency"_s, result.tally.latency);
    }
    if (result.tally.acks > 0) {
        text += line(u"acks a second"_s, number(perSecond(result.tally.acks, result.measured)));
        text += latencyLine(u"publish to ack"_s, result.tally.ackLatency);
    }
    text += checksTable(result);
    if (result.disconnected + result.refused + result.connectFailures > 0) {
        text += line(u"cut off, refused, not in"_s,
            u"%1, %2, %3 (%4)"_s.arg(result.disconnected).arg(result.refused).arg(result.connectFailures).arg(
                QString::fromStdString(result.firstTrouble)));
    }
    text += serverTable(result);
    text += line(u"this generator"_s,
        u"%1 % of a processor, %2 frames a read"_s.arg(number(100 * result.ownLoad, 0), number(result.framesPerRead, 2)));
    return text;
}

QByteArray jsonOf(const BenchOptions &options, const BenchResult &result)
{
    const DeliveryCounts &counts = result.counts;
    QJsonObject object {
        {u"mode"_s, options.modeName},
        {u"transport"_s, transportName(options.transport)},
        {u"members"_s, options.members},
        {u"rooms"_s, options.rooms},
        {u"publishers"_s, options.publishers},
        {u"rate"_s, options.rate},
        {u"window"_s, options.window},
        {u"payload"_s, options.payload},
        {u"seconds"_s, seconds(result.measured)},
        {u"connected"_s, qint64(result.connected)},
        {u"connects_per_s"_s, perSecond(result.connected, result.connecting)},
        {u"connect_us"_s, latencyObject(result.connectLatency)},
        {u"operations"_s, qint64(result.tally.operations)},
        {u"operations_per_s"_s, perSecond(result.tally.operations, result.measured)},
        {u"latency_us"_s, latencyObject(result.tally.latency)},
        {u"acks_per_s"_s, perSecond(result.tally.acks, result.measured)},
        {u"ack_us"_s, latencyObject(result.tally.ackLatency)},
        {u"sent"_s, qint64(counts.sent)},
        {u"expected"_s, qint64(counts.expected)},
        {u"arrived"_s, qint64(counts.arrived)},
        {u"lost"_s, qint64(result.lost())},
        {u"gaps"_s, qint64(counts.gaps)},
        {u"doubles"_s, qint64(counts.doubles)},
        {u"out_of_order"_s, qint64(counts.outOfOrder)},
        {u"misrouted"_s, qint64(counts.misrouted)},
        {u"id_breaks"_s, qint64(counts.idBreaks)},
        {u"ids_checked"_s, qint64(counts.idsChecked)},
        {u"disconnected"_s, qint64(result.disconnected)},
        {u"refused"_s, qint64(result.refused)},
        {u"connect_failures"_s, qint64(result.connectFailures)},
        {u"first_trouble"_s, QString::fromStdString(result.firstTrouble)},
        {u"clean"_s, result.isClean()},
        {u"frames_per_read"_s, result.framesPerRead},
        {u"generator_load"_s, result.ownLoad},
    };
    if (result.server) {
        const ServerUse &server = *result.server;
        object.insert(u"server"_s,
            QJsonObject {
                {u"cpu_us_per_operation"_s, perUnit(microseconds(server.measured), result.tally.operations)},
                {u"cpu_us_per_connect"_s, perUnit(microseconds(server.connecting), result.connected)},
                {u"cpu_load"_s, seconds(server.measured) / seconds(result.measured)},
                {u"resident_bytes"_s, qint64(server.fullBytes)},
                {u"resident_bytes_per_connection"_s, qint64(bytesPerConnection(result))},
            });
    }
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

} // namespace tertulia::bench
