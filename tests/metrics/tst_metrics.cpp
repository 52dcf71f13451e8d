// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/metrics.h"
#include "metrics/processusage.h"
#include "metrics/prometheustext.h"
#include "support/fakeclock.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

using namespace tertulia;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestMetrics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ratesAreThoseSinceTheLastSample();
    void quantilesAreThoseSinceTheLastSample();
    void gaugesAreTold();
    void samplesInTheSameMomentDivideByNothing();
    void textNamesEveryMetricOfTheContract();
    void textFollowsTheFormat();
    void closeCodesOfPeersMakeOneLabel();
    void labelsAreEscaped();
    void statsHaveTheFieldsOfTheContract();
    void processIsMeasured();
};

void TestMetrics::ratesAreThoseSinceTheLastSample()
{
    FakeClock clock;
    Metrics metrics(clock);
    for (int i = 0; i < 10; ++i)
        metrics.messageReceived();
    metrics.bytesReceived(1000);
    metrics.delivered(50, 4000);
    metrics.bytesSent(96);
    clock.advance(2s);
    const MetricsSample first = metrics.sample();
    QCOMPARE(first.messagesInPerSecond, 5.0);
    QCOMPARE(first.deliveriesPerSecond, 25.0);
    QCOMPARE(first.bytesInPerSecond, 500.0);
    QCOMPARE(first.bytesOutPerSecond, 2048.0);
    QCOMPARE(first.uptimeSeconds, 2);
    QVERIFY(first.time == clock.now());
    clock.advance(1s);
    const MetricsSample second = metrics.sample();
    QCOMPARE(second.messagesInPerSecond, 0.0);
    QCOMPARE(second.messagesReceivedTotal, 10U);
    QCOMPARE(second.deliveriesTotal, 50U);
    QCOMPARE(second.uptimeSeconds, 3);
}

void TestMetrics::quantilesAreThoseSinceTheLastSample()
{
    FakeClock clock;
    Metrics metrics(clock);
    metrics.fanoutTook(2ms);
    metrics.commitTook(3ms);
    metrics.loopLagged(4ms);
    clock.advance(1s);
    const MetricsSample first = metrics.sample();
    QVERIFY(qAbs(first.fanoutP50Ms - 2) < 0.1);
    QVERIFY(qAbs(first.fanoutP99Ms - 2) < 0.1);
    QVERIFY(qAbs(first.storeCommitP99Ms - 3) < 0.1);
    QVERIFY(qAbs(first.loopLagP99Ms - 4) < 0.15);
    clock.advance(1s);
    QCOMPARE(metrics.sample().fanoutP99Ms, 0.0);
}

void TestMetrics::gaugesAreTold()
{
    FakeClock clock;
    Metrics metrics(clock);
    metrics.connectionOpened(Transport::WebSocket);
    metrics.connectionOpened(Transport::WebSocket);
    metrics.connectionOpened(Transport::EventStream);
    metrics.connectionOpened(Transport::LongPoll);
    metrics.connectionEnded(Transport::WebSocket);
    metrics.connectionEnded(Transport::LongPoll);
    metrics.setUsersOnline(7);
    metrics.setRooms(3);
    metrics.setOutboundQueueBytes(1234);
    metrics.setStoreHealthy(false);
    metrics.slowConsumerCut();
    metrics.refused("rate_limited"_ba);
    metrics.refused("rate_limited"_ba);
    const MetricsSample sample = metrics.sample();
    QCOMPARE(sample.websockets, 1);
    QCOMPARE(sample.eventStreams, 1);
    QCOMPARE(sample.longPolls, 0);
    QCOMPARE(metrics.connectionsInAll(), 2);
    QCOMPARE(sample.usersOnline, 7);
    QCOMPARE(sample.rooms, 3);
    QCOMPARE(sample.outboundQueueBytes, 1234);
    QVERIFY(!sample.storeHealthy);
    QCOMPARE(sample.slowConsumersTotal, 1U);
    QCOMPARE(sample.refusedTotal, (QHash<QString, quint64> {{u"rate_limited"_s, 2}}));
}

void TestMetrics::samplesInTheSameMomentDivideByNothing()
{
    FakeClock clock;
    Metrics metrics(clock);
    metrics.messageReceived();
    QCOMPARE(metrics.sample().messagesInPerSecond, 0.0);
    QCOMPARE(metrics.sample().cpuPercent, 0.0);
}

void TestMetrics::textNamesEveryMetricOfTheContract()
{
    FakeClock clock;
    Metrics metrics(clock);
    metrics.connectionOpened(Transport::EventStream);
    metrics.closed(4008);
    metrics.refused("bad_origin"_ba);
    metrics.fanoutTook(1ms);
    const QString text = QString::fromLatin1(metrics.prometheusText());
    for (const QString &line : {u"tertulia_connections{transport=\"websocket\"} 0"_s,
             u"tertulia_connections{transport=\"sse\"} 1"_s, u"tertulia_connections{transport=\"longpoll\"} 0"_s,
             u"tertulia_users_online 0"_s, u"tertulia_rooms 0"_s, u"tertulia_messages_received_total 0"_s,
             u"tertulia_deliveries_total 0"_s, u"tertulia_bytes_sent_total 0"_s, u"tertulia_bytes_received_total 0"_s,
             u"tertulia_closes_total{code=\"4008\"} 1"_s, u"tertulia_refused_total{reason=\"bad_origin\"} 1"_s,
             u"tertulia_slow_consumers_total 0"_s, u"tertulia_outbound_queue_bytes 0"_s,
             u"tertulia_fanout_seconds_bucket{le=\"0.0005\"} 0"_s, u"tertulia_fanout_seconds_bucket{le=\"0.001\"} 1"_s,
             u"tertulia_fanout_seconds_bucket{le=\"10\"} 1"_s, u"tertulia_fanout_seconds_bucket{le=\"+Inf\"} 1"_s,
             u"tertulia_fanout_seconds_sum 0.001"_s, u"tertulia_fanout_seconds_count 1"_s,
             u"tertulia_store_commit_seconds_count 0"_s, u"tertulia_event_loop_lag_seconds_count 0"_s})
        QVERIFY2(text.contains(u'\n' + line + u'\n'), qPrintable(line));
    for (const QString &name :
        {u"process_resident_memory_bytes"_s, u"process_cpu_seconds_total"_s, u"process_open_fds"_s})
        QVERIFY2(QRegularExpression(u"\n%1 [1-9]|\n%1 0\\.[0-9]"_s.arg(name)).match(text).hasMatch(), qPrintable(name));
}

void TestMetrics::textFollowsTheFormat()
{
    FakeClock clock;
    Metrics metrics(clock);
    metrics.closed(1000);
    metrics.refused("too_large"_ba);
    const QByteArray text = metrics.prometheusText();
    QVERIFY(text.endsWith('\n'));
    static const QRegularExpression sampleLine(uR"(^([a-z_]+)(\{[a-z]+="[^"]*"\})? [-+0-9.e]+$)"_s);
    QSet<QByteArray> described;
    QByteArray current;
    for (const QByteArray &line : text.chopped(1).split('\n')) {
        if (line.startsWith("# ")) {
            const QList<QByteArray> words = line.split(' ');
            QVERIFY(words.size() >= 4);
            current = words.at(2);
            // One head a metric, and its samples together after it.
            QVERIFY2(words.at(1) == "TYPE" || !described.contains(current), line.constData());
            described.insert(current);
            continue;
        }
        const auto match = sampleLine.match(QString::fromLatin1(line));
        QVERIFY2(match.hasMatch(), line.constData());
        QVERIFY2(match.captured(1).toLatin1().startsWith(current), line.constData());
    }
    QCOMPARE(described.size(), 17);
}

void TestMetrics::closeCodesOfPeersMakeOneLabel()
{
    FakeClock clock;
    Metrics metrics(clock);
    for (int code = 3000; code < 5000; ++code)
        metrics.closed(code);
    metrics.closed(1006);
    const QByteArray text = metrics.prometheusText();
    QVERIFY(text.contains("tertulia_closes_total{code=\"other\"} 1996\n"));
    QVERIFY(text.contains("tertulia_closes_total{code=\"1006\"} 1\n"));
    QCOMPARE(text.count("tertulia_closes_total{"), 6);
}

void TestMetrics::labelsAreEscaped()
{
    PrometheusText text;
    text.sample("x", "label", "a\"b\\c\nd", 1);
    QCOMPARE(text.text(), "x{label=\"a\\\"b\\\\c\\nd\"} 1\n"_ba);
}

void TestMetrics::statsHaveTheFieldsOfTheContract()
{
    MetricsSample sample;
    sample.time = fromMilliseconds(1795253400500);
    sample.websockets = 3;
    sample.fanoutP99Ms = 1.25;
    sample.refusedTotal.insert(u"rate_limited"_s, 4);
    RoomRow room;
    room.name = u"a \"b\" ñ"_s;
    room.members = 2;
    room.messagesPerMinute = 9;
    QJsonParseError error {};
    const QByteArray json = statsJson(sample, {room});
    const QJsonObject stats = QJsonDocument::fromJson(json, &error).object();
    QCOMPARE(error.error, QJsonParseError::NoError);
    QVERIFY(!json.contains('\n'));
    for (const QString &name : {u"time"_s, u"uptime_seconds"_s, u"users_online"_s, u"rooms"_s,
             u"messages_in_per_second"_s, u"deliveries_per_second"_s, u"bytes_in_per_second"_s,
             u"bytes_out_per_second"_s, u"fanout_p50_ms"_s, u"fanout_p99_ms"_s, u"event_loop_lag_ms"_s,
             u"store_commit_p99_ms"_s, u"outbound_queue_bytes"_s, u"messages_received_total"_s, u"deliveries_total"_s,
             u"slow_consumers_total"_s, u"resident_memory_bytes"_s, u"cpu_percent"_s})
        QVERIFY2(stats.contains(name), qPrintable(name));
    QCOMPARE(stats.value("time"_L1).toString(), QString::fromLatin1(toWire(sample.time)));
    QCOMPARE(stats.value("connections"_L1).toObject(),
        QJsonObject({{u"websocket"_s, 3}, {u"sse"_s, 0}, {u"longpoll"_s, 0}}));
    QCOMPARE(stats.value("fanout_p99_ms"_L1).toDouble(), 1.25);
    QCOMPARE(stats.value("refused_total"_L1).toObject(), QJsonObject({{u"rate_limited"_s, 4}}));
    const QJsonObject activity {{u"name"_s, room.name}, {u"members"_s, 2}, {u"messages_per_minute"_s, 9}};
    QCOMPARE(stats.value("room_activity"_L1).toArray(), QJsonArray({activity}));
}

void TestMetrics::processIsMeasured()
{
    const ProcessUsage usage = processUsage();
    QVERIFY(usage.residentBytes > 1024 * 1024);
    QVERIFY(usage.cpuSeconds > 0);
    const int before = openFileDescriptors();
    QFile file(u"/dev/null"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(openFileDescriptors(), before + 1);
}

QTEST_GUILESS_MAIN(TestMetrics)
#include "tst_metrics.moc"
