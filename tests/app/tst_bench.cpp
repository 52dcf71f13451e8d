// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/benchoptions.h"
#include "bench/deliveryledger.h"
#include "bench/latencyhistogram.h"
#include "bench/wireformat.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace tertulia::bench;

/// The load generator: that it counts what happened, and that a run against the real server is clean.
class TestBench : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ledgerCountsWhatWentWrong_data();
    void ledgerCountsWhatWentWrong();
    void ledgerTellsWhenEveryoneHasIt();
    void ledgerSeesHolesInTheIds();
    void stampIsFoundAmongOthers();
    void percentilesAreExactToABucket();
    void eventsAndFramesInPieces();
    void wrongOptionsAreRefused_data();
    void wrongOptionsAreRefused();
    void realServerLosesNothing_data();
    void realServerLosesNothing();

private:
    using Clients = std::vector<std::unique_ptr<Client>>;
    Clients clients(int count, int rooms, int publishers);

    Reactor m_reactor;
    Endpoint m_endpoint;
};

TestBench::Clients TestBench::clients(int count, int rooms, int publishers)
{
    Clients list;
    for (int i = 0; i < count; ++i) {
        list.push_back(std::make_unique<Client>(m_reactor, m_endpoint, i));
        list.back()->room = i % rooms;
        if (i < publishers)
            list.back()->publisher = i;
    }
    return list;
}

void TestBench::ledgerCountsWhatWentWrong_data()
{
    QTest::addColumn<QList<int>>("sequences"); // as they reach the second of two members; the first gets all
    QTest::addColumn<QList<int>>("wanted"); // arrived, gaps, doubles, out of order
    QTest::newRow("all") << QList {1, 2, 3, 4} << QList {8, 0, 0, 0};
    QTest::newRow("one lost") << QList {1, 2, 4} << QList {7, 1, 0, 0};
    QTest::newRow("last lost") << QList {1, 2, 3} << QList {7, 0, 0, 0};
    QTest::newRow("one twice") << QList {1, 2, 2, 3, 4} << QList {8, 0, 1, 0};
    QTest::newRow("two swapped") << QList {1, 3, 2, 4} << QList {7, 1, 0, 1};
}

void TestBench::ledgerCountsWhatWentWrong()
{
    QFETCH(QList<int>, sequences);
    QFETCH(QList<int>, wanted);
    const Clients all = clients(4, 2, 1); // two members of the publisher's room, two of another
    DeliveryLedger ledger(all, 2, 1, 0, true);
    for (int i = 0; i < 4; ++i) {
        const std::uint32_t sequence = ledger.send(0);
        QVERIFY(ledger.received(*all[0], Stamp {0, sequence, {}}).isDelivery);
    }
    for (const int sequence : sequences)
        (void)ledger.received(*all[2], Stamp {0, std::uint32_t(sequence), {}});
    const DeliveryCounts &counts = ledger.counts();
    QCOMPARE(counts.expected, 8U);
    QCOMPARE((QList {int(counts.arrived), int(counts.gaps), int(counts.doubles), int(counts.outOfOrder)}), wanted);
    QCOMPARE(ledger.isEverythingThere(), wanted.constFirst() == 8);
    (void)ledger.received(*all[1], Stamp {0, 1, {}});
    QCOMPARE(counts.misrouted, 1U);
}

void TestBench::ledgerTellsWhenEveryoneHasIt()
{
    const Clients all = clients(2, 1, 1);
    DeliveryLedger ledger(all, 1, 1, 2, true);
    (void)ledger.send(0);
    (void)ledger.send(0);
    QCOMPARE(ledger.underWay(0), 2);
    QVERIFY(!ledger.received(*all[0], Stamp {0, 1, {}}).completes);
    QVERIFY(!ledger.received(*all[0], Stamp {0, 2, {}}).completes);
    QVERIFY(ledger.received(*all[1], Stamp {0, 1, {}}).completes);
    QCOMPARE(ledger.underWay(0), 1);
    QVERIFY(ledger.received(*all[1], Stamp {0, 2, {}}).completes);
    QCOMPARE(ledger.underWay(0), 0);
}

void TestBench::ledgerSeesHolesInTheIds()
{
    const Clients all = clients(1, 1, 1);
    DeliveryLedger ledger(all, 1, 1, 0, true);
    for (const char *id : {"7", "8", "10", "10"})
        ledger.checkId(*all[0], R"({"type":"chat","room":"bench-0","id":)" + std::string(id) + R"(,"user":"Ana"})");
    ledger.checkId(*all[0], R"({"type":"chat","room":"bench-1","id":99})");
    QCOMPARE(ledger.counts().idsChecked, 4U);
    QCOMPARE(ledger.counts().idBreaks, 2U);
}

void TestBench::stampIsFoundAmongOthers()
{
    const std::string tag = Stamp::makeTag();
    std::string text(Stamp::kSize, 'x');
    const Stamp sent {65535, 123456789, Moment(987654321ns)};
    sent.write(text.data(), tag);
    for (const std::string &around : {std::string(), std::string("{\"content\":\""), std::string(300, 'z')}) {
        Stamp got;
        std::size_t hint = 0;
        QVERIFY(got.find(around + text + around, tag, hint));
        QCOMPARE(hint, around.size());
        QCOMPARE(got.publisher, sent.publisher);
        QCOMPARE(got.sequence, sent.sequence);
        QCOMPARE(got.sentAt.time_since_epoch().count(), sent.sentAt.time_since_epoch().count());
        QVERIFY(!got.find(around + text.substr(0, 20), tag, hint));
    }
    Stamp got;
    std::size_t hint = 0;
    QVERIFY(!got.find(text, "zTnobody", hint));
}

void TestBench::percentilesAreExactToABucket()
{
    LatencyHistogram histogram;
    QCOMPARE(histogram.percentile(0.5).count(), 0);
    for (int i = 1; i <= 10000; ++i)
        histogram.add(std::chrono::microseconds(i));
    for (const double part : {0.01, 0.5, 0.95, 0.99}) {
        const double found = std::chrono::duration<double, std::micro>(histogram.percentile(part)).count();
        QVERIFY2(std::abs(found - 10000 * part) <= 10000 * part * 0.016 + 1, qPrintable(QString::number(found)));
    }
    QCOMPARE(histogram.largest(), std::chrono::nanoseconds(10ms));
    QCOMPARE(histogram.percentile(1).count(), std::chrono::nanoseconds(10ms).count());
    histogram.add(24h);
    QCOMPARE(histogram.count(), 10001U);
}

void TestBench::eventsAndFramesInPieces()
{
    const std::string chunk = "1b\r\nevent: chat\ndata: {\"a\":1}\n\n\r\n";
    for (std::size_t size = 0; size < chunk.size(); ++size)
        QCOMPARE(readChunk(std::string_view(chunk).substr(0, size)).size, 0U);
    QCOMPARE(readChunk(chunk + "rest").size, chunk.size());
    std::string_view events = readChunk(chunk).data;
    QCOMPARE(takeEvent(events), std::optional<std::string_view>("{\"a\":1}"));
    QVERIFY(!takeEvent(events));

    const std::string frame = std::string("\x81\x7e\x01\x00", 4) + std::string(256, 'x');
    for (const std::size_t size : {0U, 1U, 3U, 4U, 259U})
        QCOMPARE(readServerFrame(std::string_view(frame).substr(0, size)).size, 0U);
    QCOMPARE(readServerFrame(frame + "rest").payload.size(), 256U);

    const std::optional<AnswerHead> head = readAnswerHead("HTTP/1.1 201 Created\r\nContent-LENGTH:  12\r\n\r\n");
    QVERIFY(head);
    QCOMPARE(head->status, 201);
    QCOMPARE(head->bodySize, 12U);
    QVERIFY(!readAnswerHead("HTTP/1.1 201 Created\r\nContent-Length: 12\r\n"));
}

void TestBench::wrongOptionsAreRefused_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("mode") << QStringList {u"--mode"_s, u"flood"_s};
    QTest::newRow("members") << QStringList {u"--members"_s, u"20001"_s};
    QTest::newRow("no number") << QStringList {u"--rate"_s, u"fast"_s};
    QTest::newRow("for ever") << QStringList {u"--duration"_s, u"601"_s};
    QTest::newRow("payload") << QStringList {u"--payload"_s, u"10"_s};
    QTest::newRow("tls") << QStringList {u"--url"_s, u"https://127.0.0.1:8000"_s};
    QTest::newRow("longpoll without a token") << QStringList {u"--transport"_s, u"longpoll"_s};
    QTest::newRow("echo over sse") << QStringList {u"--mode"_s, u"echo"_s, u"--transport"_s, u"sse"_s};
    QTest::newRow("join nowhere") << QStringList {u"--mode"_s, u"join"_s};
    QTest::newRow("a word") << QStringList {u"fanout"_s};
}

void TestBench::wrongOptionsAreRefused()
{
    QFETCH(QStringList, arguments);
    const auto options = parseBenchOptions(arguments);
    QVERIFY(!options);
    QVERIFY(!options.error().detail.isEmpty());
}

void TestBench::realServerLosesNothing_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::newRow("fanout") << u"--members 20 --window 16"_s;
    QTest::newRow("fanout at a rate") << u"--members 20 --rate 100 --publishers 5"_s;
    QTest::newRow("rooms") << u"--mode rooms --members 20 --rooms 5"_s;
    QTest::newRow("sse") << u"--transport sse --members 20 --rooms 2 --rate 100"_s;
    QTest::newRow("longpoll") << u"--transport longpoll --members 5 --token %1"_s;
    QTest::newRow("echo") << u"--mode echo --members 5"_s;
    QTest::newRow("ack") << u"--mode ack --members 5"_s;
    QTest::newRow("idle") << u"--mode idle --members 20"_s;
    QTest::newRow("storm") << u"--mode storm --members 5"_s;
    QTest::newRow("join") << u"--mode join --room general"_s;
    QTest::newRow("search") << u"--mode search --room general --words ana,berta"_s;
}

void TestBench::realServerLosesNothing()
{
    QFETCH(QString, arguments);
    const QString program = QStringLiteral(TERTULIA_PROGRAM);
    const QTemporaryDir folder;
    QProcess server;
    server.start(program,
        QStringList {u"--headless"_s, u"--host"_s, u"127.0.0.1"_s, u"--port"_s, u"0"_s, u"--data-dir"_s, folder.path(),
            u"--set"_s, u"limits.messages_per_second=0"_s});
    QTRY_VERIFY_WITH_TIMEOUT(server.canReadLine(), 20000);
    const QString url = QString::fromUtf8(server.readLine()).trimmed().section(u' ', -1);
    if (arguments.contains(u"%1"_s)) {
        QProcess token;
        token.start(program, {u"token"_s, u"--user"_s, u"Host"_s, u"--role"_s, u"admin"_s, u"--data-dir"_s, folder.path()});
        QVERIFY(token.waitForFinished());
        arguments = arguments.arg(QString::fromUtf8(token.readAllStandardOutput()).trimmed());
    }
    QProcess load;
    load.start(program,
        QStringList {u"bench"_s, u"--url"_s, url, u"--duration"_s, u"0.3"_s, u"--warmup"_s, u"0.1"_s, u"--json"_s, u"-"_s,
            u"--server-pid"_s, QString::number(server.processId())}
            + arguments.split(u' '));
    QVERIFY(load.waitForFinished(60000));
    const QJsonObject result = QJsonDocument::fromJson(load.readAllStandardOutput()).object();
    QVERIFY2(load.exitCode() == 0, load.readAllStandardError().constData());
    QVERIFY(result.value("clean"_L1).toBool());
    QVERIFY(result.value("operations"_L1).toInt() > 0 || arguments.contains(u"idle"_s));
    QVERIFY(result.value("server"_L1)["resident_bytes"_L1].toDouble() > 0);
    server.terminate();
    QVERIFY(server.waitForFinished(10000));
}

QTEST_GUILESS_MAIN(TestBench)
#include "tst_bench.moc"
