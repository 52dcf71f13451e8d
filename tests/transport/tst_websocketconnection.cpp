// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/testfront.h"
#include "transport/wireframes.h"

#include <QTimer>

#include <memory>

namespace {

using namespace tertulia;
using namespace tertulia::test;
using namespace std::chrono_literals;

QByteArray serverFrame(int opcode, const QByteArray &payload)
{
    return QByteArray(1, char(0x80 | opcode)) + char(payload.size()) + payload;
}

QByteArray serverClose(int code, const QByteArray &reason)
{
    return serverFrame(Close, closePayload(code, reason));
}

} // namespace

class WebSocketConnectionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void unknownPathIsRefused();
    void framesBehindTheHandshakeAreNotLost_data();
    void framesBehindTheHandshakeAreNotLost();
    void closeBehindTheHandshakeLeavesNoGhost();
    void whatATurnSendsLeavesInOrder();
    void binaryIsHeardAndSent();
    void closeCodeArrivesWhileTheClientIsSending();
    void peersCloseIsEchoed();
    void silentPeerIsEndedAfterTheCloseTimeout();
    void protocolErrorsCloseWithTheirCode_data();
    void protocolErrorsCloseWithTheirCode();
    void slowReaderIsCutAndCostsNoMore();
    void cutReaderGetsWholeFramesAndTheCode();
    void bulkDoesNotCountAgainstTheLimit();
    void pingsAreAnswered();
    void pingFloodIsCutOff();
    void unreadPongsDoNotPileUp();
    void heartbeatMeasuresTheRoundTrip();
    void deadPeerIsDropped();
    void dripOfAFrameEnds();
    void lostConnectionIsTold();
    void closedAtOnceIsHeardByNobody();

private:
    std::unique_ptr<RawClient> open();
    [[nodiscard]] RecordingListener &listener() { return m_application->listener; }
    [[nodiscard]] WebSocketConnection &connection() { return *m_application->listener.connection; }
    void setLimits(const std::function<void(TransportLimits &)> &change)
    {
        TransportLimits limits;
        change(limits);
        m_front->setLimits(limits);
    }

    std::unique_ptr<TestApplication> m_application;
    std::unique_ptr<FrontServer> m_front;
};

void WebSocketConnectionTest::init()
{
    m_application = std::make_unique<TestApplication>();
    m_front = std::make_unique<FrontServer>(*m_application, *m_application, TransportLimits {});
    QVERIFY(m_front->start(QHostAddress(QHostAddress::LocalHost), 0));
}

void WebSocketConnectionTest::cleanup()
{
    m_front.reset();
    m_application.reset();
}

/// A client past its handshake, with nothing received yet.
std::unique_ptr<RawClient> WebSocketConnectionTest::open()
{
    auto client = std::make_unique<RawClient>(*m_front, upgradeRequest());
    if (!QTest::qWaitFor([&] { return client->received.endsWith("\r\n\r\n") && listener().connection; }))
        qFatal("The handshake failed: %s", client->received.constData());
    client->received.clear();
    return client;
}

void WebSocketConnectionTest::unknownPathIsRefused()
{
    RawClient client(*m_front, upgradeRequest("/elsewhere"));
    QTRY_VERIFY(client.isGone());
    QVERIFY(client.received.startsWith("HTTP/1.1 404 Not Found\r\n"));
    QCOMPARE(m_application->refusals, QByteArrayList {"not_found"});
}

void WebSocketConnectionTest::framesBehindTheHandshakeAreNotLost_data()
{
    QTest::addColumn<int>("cut");
    QTest::newRow("all in one segment") << 0;
    QTest::newRow("half a frame with the handshake") << 4;
}

void WebSocketConnectionTest::framesBehindTheHandshakeAreNotLost()
{
    QFETCH(const int, cut);
    const QByteArray bytes = upgradeRequest() + textFrame("first") + textFrame("second");
    RawClient client(*m_front, bytes.chopped(cut));
    QTRY_VERIFY(listener().texts.contains("first"));
    client.write(bytes.last(cut));
    QTRY_COMPARE(listener().texts, (QByteArrayList {"first", "second"}));
    QVERIFY(client.received.contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"));
}

void WebSocketConnectionTest::closeBehindTheHandshakeLeavesNoGhost()
{
    RawClient client(*m_front, upgradeRequest() + maskedFrame(Final | Close, closePayload(1000)));
    QTRY_VERIFY(listener().hasEnded);
    QCOMPARE(listener().end.code, 1000);
    QVERIFY(listener().end.wasClean);
    QTRY_COMPARE(m_front->counters().sockets, 0);
    QTRY_VERIFY(client.received.endsWith(serverClose(1000, {})));
}

void WebSocketConnectionTest::whatATurnSendsLeavesInOrder()
{
    const auto client = open();
    connection().send(Frame("1"));
    connection().send(Frame("2"));
    FrameBlock block;
    block.append(Frame("3"));
    block.append(Frame("4"));
    connection().sendBlock(block);
    connection().send(Frame("5"));
    QByteArray expected;
    for (const char *text : {"1", "2", "3", "4", "5"})
        expected += serverFrame(Text, text);
    QTRY_COMPARE(client->received, expected);
    QCOMPARE(connection().traffic().messagesOut, 5u);
    QCOMPARE(connection().traffic().bytesOut, quint64(expected.size()));
}

void WebSocketConnectionTest::binaryIsHeardAndSent()
{
    const auto client = open();
    client->write(maskedFrame(Final | Binary, QByteArray("\0\xff", 2)));
    QTRY_COMPARE(listener().binaries, QByteArrayList {QByteArray("\0\xff", 2)});
    connection().sendBinary(QByteArray("\xff\0", 2));
    QTRY_COMPARE(client->received, serverFrame(Binary, QByteArray("\xff\0", 2)));
}

void WebSocketConnectionTest::closeCodeArrivesWhileTheClientIsSending()
{
    const auto client = open();
    const QByteArray frame = textFrame(QByteArray(1000, 'x'));
    connect(client.get(), &QTcpSocket::bytesWritten, client.get(), [&] {
        if (client->state() == QAbstractSocket::ConnectedState && client->bytesToWrite() < 100000)
            client->write(frame.repeated(100));
    });
    client->write(frame);
    QTRY_VERIFY(listener().texts.size() > 100);
    const auto heard = listener().texts.size();
    connection().close(CloseCode::Kicked, "kicked");
    QTRY_COMPARE(client->received, serverClose(4003, "kicked"));
    QTRY_VERIFY(listener().hasEnded);
    QCOMPARE(listener().end.code, 4003);
    QCOMPARE(listener().texts.size(), heard);
}

void WebSocketConnectionTest::peersCloseIsEchoed()
{
    const auto client = open();
    connection().send(Frame("last words"));
    client->write(maskedFrame(Final | Close, closePayload(3999, "bye")));
    QTRY_COMPARE(client->received, serverFrame(Text, "last words") + serverClose(3999, "bye"));
    QTRY_VERIFY(client->isGone());
    QTRY_VERIFY(listener().hasEnded);
    QCOMPARE(listener().end.code, 3999);
    QVERIFY(listener().end.wasClean);
}

void WebSocketConnectionTest::silentPeerIsEndedAfterTheCloseTimeout()
{
    setLimits([](TransportLimits &limits) { limits.closeTimeout = 100ms; });
    const auto client = open();
    connection().close(CloseCode::InvalidToken, "expired");
    QVERIFY(connection().isClosing());
    connection().close(CloseCode::Kicked, "second call");
    connection().send(Frame("not sent"));
    QTRY_VERIFY(client->isGone());
    QCOMPARE(client->received, serverClose(4001, "expired"));
    QCOMPARE(listener().end.code, 4001);
    QVERIFY(!listener().end.wasClean);
}

void WebSocketConnectionTest::protocolErrorsCloseWithTheirCode_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("code");
    QTest::newRow("unmasked") << QByteArray("\x81\x01x") << 1002;
    QTest::newRow("reserved bit") << maskedFrame(Final | Text | 0x40, "x") << 1002;
    QTest::newRow("bad UTF-8") << textFrame("\xff") << 1007;
    QTest::newRow("16 MiB and a byte, declared") << maskedFrame(Final | Binary, {}, 16 * 1024 * 1024 + 1) << 1009;
}

void WebSocketConnectionTest::protocolErrorsCloseWithTheirCode()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const int, code);
    const auto client = open();
    client->write(textFrame("before") + bytes + textFrame("after"));
    QTRY_VERIFY(client->received.startsWith(QByteArray(1, char(0x88))));
    QCOMPARE(client->received.sliced(2, 2), closePayload(code));
    client->disconnectFromHost();
    QTRY_VERIFY(listener().hasEnded);
    QCOMPARE(listener().end.code, code);
    QCOMPARE(listener().texts, QByteArrayList {"before"});
}

void WebSocketConnectionTest::slowReaderIsCutAndCostsNoMore()
{
    setLimits([](TransportLimits &limits) { limits.closeTimeout = 100ms; });
    const auto client = open();
    client->setReadBufferSize(100);
    FrameBlock block;
    block.append(Frame(QByteArray(10000, 'x')));
    qint64 most = 0;
    while (!connection().isClosing()) {
        connection().sendBlock(block);
        most = std::max(most, connection().pendingBytes());
    }
    QVERIFY(most >= 1024 * 1024);
    QVERIFY(most < 1024 * 1024 + 11000);
    QVERIFY(connection().pendingBytes() < 11000); // what waited is dropped at once
    QTRY_VERIFY(listener().hasEnded);
    QCOMPARE(listener().end.code, 4008);
    QCOMPARE(m_front->counters().slowConsumers, 1u);
}

void WebSocketConnectionTest::cutReaderGetsWholeFramesAndTheCode()
{
    const auto client = open();
    client->setReadBufferSize(100);
    FrameBlock block;
    for (int i = 0; i < 7; ++i)
        block.append(Frame(QByteArray(1000 + i, char('a' + i))));
    while (!connection().isClosing())
        connection().sendBlock(block);
    client->setReadBufferSize(0);
    const QByteArray end = serverClose(4008, "too_slow");
    QTRY_VERIFY(client->received.endsWith(end));
    QByteArrayView rest = QByteArrayView(client->received).chopped(end.size());
    while (!rest.isEmpty()) { // every frame before it is whole
        QCOMPARE(quint8(rest[0]), quint8(0x81));
        const qsizetype size = 4 + qFromBigEndian<quint16>(rest.data() + 2);
        QVERIFY(rest.size() >= size);
        rest = rest.sliced(size);
    }
}

void WebSocketConnectionTest::bulkDoesNotCountAgainstTheLimit()
{
    const auto client = open();
    client->setReadBufferSize(100);
    const QByteArray history(8 * 1024 * 1024, 'h');
    connection().sendBulk(Frame(history));
    connection().send(Frame("live"));
    QTRY_VERIFY(connection().pendingBytes() > 2 * 1024 * 1024);
    connection().send(Frame("more"));
    QVERIFY(!connection().isClosing());
    client->setReadBufferSize(0);
    QTRY_COMPARE(client->received.size(), 10 + history.size() + 2 * 6);
    QCOMPARE(client->received.last(12), serverFrame(Text, "live") + serverFrame(Text, "more"));
}

void WebSocketConnectionTest::pingsAreAnswered()
{
    const auto client = open();
    QByteArray pings;
    QByteArray pongs;
    for (const char *payload : {"", "a", "bb", "ccc"}) {
        pings += maskedFrame(Final | Ping, payload);
        pongs += serverFrame(Pong, payload);
    }
    client->write(pings);
    QTRY_COMPARE(client->received, pongs);
}

void WebSocketConnectionTest::pingFloodIsCutOff()
{
    const auto client = open();
    client->write(maskedFrame(Final | Ping, "x").repeated(1001));
    QTRY_VERIFY(client->received.contains(closePayload(1008, "flooding")));
}

void WebSocketConnectionTest::unreadPongsDoNotPileUp()
{
    setLimits([](TransportLimits &limits) { limits.controlFramesPerSecond = 1 << 20; });
    const auto client = open();
    client->setReadBufferSize(100);
    FrameBlock block;
    block.append(Frame(QByteArray(100000, 'x')));
    while (connection().pendingBytes() == 0)
        connection().sendBlock(block);
    const qint64 before = connection().pendingBytes();
    const quint64 heard = connection().traffic().bytesIn;
    const QByteArray pings = maskedFrame(Final | Ping, QByteArray(100, 'x')).repeated(5000);
    client->write(pings);
    QTRY_COMPARE(connection().traffic().bytesIn - heard, quint64(pings.size()));
    QVERIFY(connection().pendingBytes() <= before);
    client->setReadBufferSize(0);
    QTRY_VERIFY(client->received.endsWith(serverFrame(Pong, QByteArray(100, 'x')))); // the latest is answered
}

void WebSocketConnectionTest::heartbeatMeasuresTheRoundTrip()
{
    setLimits([](TransportLimits &limits) { limits.heartbeatInterval = 100ms; });
    const auto client = open();
    QCOMPARE(connection().traffic().roundTripMs, -1);
    QTRY_VERIFY(client->received.startsWith("\x89\x04"));
    client->write(maskedFrame(Final | Pong, client->received.sliced(2, 4)));
    QTRY_VERIFY(connection().traffic().roundTripMs >= 0);
}

void WebSocketConnectionTest::deadPeerIsDropped()
{
    setLimits([](TransportLimits &limits) {
        limits.heartbeatInterval = 100ms;
        limits.heartbeatTimeout = 300ms;
    });
    const auto client = open();
    QTRY_VERIFY(listener().hasEnded);
    QCOMPARE(listener().end.code, 1006);
    QTRY_VERIFY(client->isGone());
}

void WebSocketConnectionTest::dripOfAFrameEnds()
{
    setLimits([](TransportLimits &limits) {
        limits.frameStallTimeout = 10s;
        limits.frameTimeout = 300ms;
    });
    const auto client = open();
    const QByteArray frame = textFrame(QByteArray(5000, 'x'));
    qsizetype sent = 0;
    QTimer drip;
    connect(&drip, &QTimer::timeout, client.get(), [&] { client->write(frame.sliced(sent++, 1)); });
    drip.start(20);
    QTRY_VERIFY(client->received.startsWith(QByteArray(1, char(0x88))));
    QCOMPARE(client->received.sliced(2, 2), closePayload(1008));
}

void WebSocketConnectionTest::lostConnectionIsTold()
{
    const auto client = open();
    client->abort();
    QTRY_VERIFY(listener().hasEnded);
    QCOMPARE(listener().end.code, 1006);
    QVERIFY(!listener().end.wasClean);
    QTRY_COMPARE(m_front->counters().webSockets, 0);
}

void WebSocketConnectionTest::closedAtOnceIsHeardByNobody()
{
    m_application->onUpgraded = [](WebSocketConnection &fresh) { fresh.close(CloseCode::InvalidToken, "bad_token"); };
    RawClient client(*m_front, upgradeRequest() + textFrame("early"));
    QTRY_VERIFY(client.received.endsWith(serverClose(4001, "bad_token")));
    client.disconnectFromHost();
    QTRY_COMPARE(m_front->counters().sockets, 0);
    QVERIFY(listener().texts.isEmpty());
}

QTEST_GUILESS_MAIN(WebSocketConnectionTest)
#include "tst_websocketconnection.moc"
