// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/testfront.h"

#include <QBuffer>
#include <QDir>
#include <QSignalSpy>

#include <memory>

namespace {

using namespace tertulia;
using namespace tertulia::test;
using namespace std::chrono_literals;

} // namespace

class FrontServerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void answersWithItsFields();
    void pipelinedRequestsAreAnsweredInOrder();
    void requestMayComeByteByByte();
    void headHasLengthAndNoBody();
    void connectionEndsWhereTheClientWants();
    void everyRequestOfAConnectionIsGuarded();
    void refusalIsDeliveredToAClientThatGoesOnSending();
    void tooLargeBodyIsRefusedBeforeItComes();
    void uploadIsStreamedAndTheConnectionGoesOn();
    void uploadIsAbortedWhenTheClientLeaves();
    void pausedUploadStopsReading();
    void answerBeforeTheBodyEndsTheConnection();
    void expectationIsAnswered();
    void clientMayLeaveBeforeAnAsyncAnswer();
    void droppedReplyIsAnError();
    void chunkedAnswerWaitsForTheReader();
    void devicesAreSentWholeOrInPart();
    void eventStreamHasItsForm();
    void eventStreamOfOldClientsHasNoChunks();
    void eventStreamEndsWithItsLastChunk();
    void slowEventStreamReaderIsCut();
    void silentClientsAreCutOff();
    void closeAllEndsEveryone();
    void noDescriptorIsLeft();

private:
    TransportLimits limits() const { return m_front->limits(); }

    std::unique_ptr<TestApplication> m_application;
    std::unique_ptr<FrontServer> m_front;
};

void FrontServerTest::init()
{
    m_application = std::make_unique<TestApplication>();
    m_front = std::make_unique<FrontServer>(*m_application, *m_application, TransportLimits {});
    QVERIFY(m_front->start(QHostAddress(QHostAddress::LocalHost), 0));
}

void FrontServerTest::cleanup()
{
    m_front.reset();
    m_application.reset();
}

void FrontServerTest::answersWithItsFields()
{
    RawClient client(*m_front, getRequest("/a?b=c"));
    QTRY_VERIFY(client.received.endsWith("you asked /a?b=c"));
    QVERIFY(client.received.startsWith("HTTP/1.1 200 OK\r\nDate: "));
    for (const char *field :
        {"Content-Length: 16\r\n", "X-Content-Type-Options: nosniff\r\n", "Referrer-Policy: no-referrer\r\n"})
        QVERIFY2(client.received.contains(field), field);
    QVERIFY(!client.received.contains("Connection:"));
}

void FrontServerTest::pipelinedRequestsAreAnsweredInOrder()
{
    QList<std::shared_ptr<HttpReply>> waiting;
    m_application->onRequest = [&](const HttpRequest &request, const std::shared_ptr<HttpReply> &reply) {
        if (request.head.path == QStringLiteral("/later"))
            waiting << reply;
        else
            reply->send(200, {}, request.head.target + '=' + request.body + ';');
    };
    RawClient client(*m_front, getRequest("/1") + getRequest("/later") + postRequest("/2", "body") + getRequest("/3"));
    QTRY_COMPARE(waiting.size(), 1);
    QTRY_VERIFY(client.received.contains("/1=;"));
    QVERIFY(!client.received.contains("/2="));
    waiting.takeFirst()->send(200, {}, "later;");
    QTRY_VERIFY(client.received.contains("/3=;"));
    const QList<qsizetype> places {client.received.indexOf("/1=;"), client.received.indexOf("later;"),
        client.received.indexOf("/2=body;"), client.received.indexOf("/3=;")};
    QVERIFY(places.first() > 0 && std::is_sorted(places.begin(), places.end()));
}

void FrontServerTest::requestMayComeByteByByte()
{
    RawClient client(*m_front);
    QTRY_COMPARE(client.state(), QAbstractSocket::ConnectedState);
    const QByteArray request = postRequest("/x", "twelve bytes");
    for (const char byte : request) {
        client.write(&byte, 1);
        client.flush();
        QCoreApplication::processEvents();
    }
    QTRY_COMPARE(m_application->requests, QByteArrayList {"/x twelve bytes"});
    QTRY_VERIFY(client.received.endsWith("you asked /x"));
}

void FrontServerTest::headHasLengthAndNoBody()
{
    RawClient client(*m_front, "HEAD /x HTTP/1.1\r\nHost: a\r\n\r\n" + getRequest("/after"));
    QTRY_VERIFY(client.received.endsWith("you asked /after"));
    QVERIFY(client.received.contains("Content-Length: 12\r\n"));
    QVERIFY(!client.received.contains("you asked /x"));
}

void FrontServerTest::connectionEndsWhereTheClientWants()
{
    RawClient closing(*m_front, getRequest("/x", "Connection: close\r\n"));
    RawClient old(*m_front, "GET /x HTTP/1.0\r\n\r\n");
    RawClient oldKeeping(*m_front, "GET /x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    QTRY_VERIFY(closing.isGone() && old.isGone());
    QVERIFY(closing.received.contains("Connection: close\r\n") && closing.received.endsWith("you asked /x"));
    QVERIFY(old.received.contains("Connection: close\r\n") && old.received.endsWith("you asked /x"));
    QTRY_VERIFY(oldKeeping.received.contains("Connection: keep-alive\r\n"));
    QVERIFY(!oldKeeping.isGone());
}

void FrontServerTest::everyRequestOfAConnectionIsGuarded()
{
    RawClient client(*m_front, getRequest("/1"));
    QTRY_VERIFY(client.received.endsWith("you asked /1"));
    client.write(
        "POST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 5, 5\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n");
    QTRY_VERIFY(client.isGone());
    QVERIFY(client.received.contains("HTTP/1.1 400 Bad Request\r\n"));
    QVERIFY(client.received.contains("application/problem+json"));
    QCOMPARE(m_application->requests, QByteArrayList {"/1 "});
    QCOMPARE(m_application->refusals, QByteArrayList {"bad_request"});
}

void FrontServerTest::refusalIsDeliveredToAClientThatGoesOnSending()
{
    RawClient client(*m_front, postRequest("/forbidden", QByteArray(900000, 'x')));
    QTRY_VERIFY(client.isGone());
    QVERIFY(client.received.contains("HTTP/1.1 403 Forbidden\r\n"));
    QVERIFY(client.received.endsWith("\"code\":\"forbidden\"}"));
}

void FrontServerTest::tooLargeBodyIsRefusedBeforeItComes()
{
    RawClient client(*m_front, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000001\r\n\r\n");
    QTRY_VERIFY(client.received.contains("HTTP/1.1 413 "));
    QTRY_VERIFY(client.isGone());
}

void FrontServerTest::uploadIsStreamedAndTheConnectionGoesOn()
{
    RawClient client(
        *m_front, getRequest("/first") + postRequest("/upload", QByteArray(800000, 'u')) + getRequest("/after"));
    QTRY_VERIFY(client.received.endsWith("you asked /after"));
    QVERIFY(m_application->sink.isFinished);
    QCOMPARE(m_application->sink.bytes.size(), 800000);
    QVERIFY(client.received.contains("HTTP/1.1 201 Created\r\n"));
    QCOMPARE(m_application->requests, (QByteArrayList {"/first ", "/after "}));
}

void FrontServerTest::uploadIsAbortedWhenTheClientLeaves()
{
    {
        RawClient client(*m_front, postRequest("/upload", QByteArray(1000, 'u')).chopped(1));
        QTRY_COMPARE(m_application->sink.bytes.size(), 999);
        client.abort();
    }
    QTRY_VERIFY(m_application->sink.isAborted);
    QVERIFY(!m_application->sink.isFinished);
}

void FrontServerTest::pausedUploadStopsReading()
{
    RawClient client(*m_front, postRequest("/upload", QByteArray(999999, 'u')).first(200));
    QTRY_VERIFY(m_application->sink.bytes.size() > 0);
    const auto reply = m_application->sink.reply;
    reply->pauseBody();
    const qsizetype before = m_application->sink.bytes.size();
    client.write(QByteArray(999999 - before, 'u'));
    RawClient other(*m_front, getRequest("/other"));
    QTRY_VERIFY(other.received.endsWith("/other"));
    QCOMPARE(m_application->sink.bytes.size(), before);
    reply->resumeBody();
    QTRY_COMPARE(m_application->sink.bytes.size(), 999999);
    QTRY_VERIFY(client.received.contains("201 Created"));
}

void FrontServerTest::answerBeforeTheBodyEndsTheConnection()
{
    RawClient client(*m_front, postRequest("/denied", QByteArray(500000, 'x')) + getRequest("/never"));
    QTRY_VERIFY(client.isGone());
    QVERIFY(client.received.contains("HTTP/1.1 401 Unauthorized\r\n"));
    QVERIFY(client.received.contains("Connection: close\r\n"));
    QVERIFY(m_application->requests.isEmpty());
}

void FrontServerTest::expectationIsAnswered()
{
    RawClient client(*m_front, "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
    QTRY_COMPARE(client.received, "HTTP/1.1 100 Continue\r\n\r\n");
    client.write("body");
    QTRY_COMPARE(m_application->requests, QByteArrayList {"/x body"});
    QTRY_VERIFY(client.received.endsWith("you asked /x"));
}

void FrontServerTest::clientMayLeaveBeforeAnAsyncAnswer()
{
    std::shared_ptr<HttpReply> kept;
    int gone = 0;
    m_application->onRequest = [&](const HttpRequest &, const std::shared_ptr<HttpReply> &reply) {
        kept = reply;
        reply->onGone([&gone] { ++gone; });
    };
    {
        RawClient client(*m_front, getRequest("/poll"));
        QTRY_VERIFY(kept);
    }
    QTRY_COMPARE(gone, 1);
    QVERIFY(!kept->isOpen());
    kept->send(200, {}, "too late");
    QCOMPARE(kept->startEventStream(), nullptr);
    QTRY_COMPARE(m_front->counters().sockets, 0);
}

void FrontServerTest::droppedReplyIsAnError()
{
    m_application->onRequest = [](const HttpRequest &, const std::shared_ptr<HttpReply> &) {};
    RawClient client(*m_front, getRequest("/x"));
    QTRY_VERIFY(client.isGone());
    QVERIFY(client.received.startsWith("HTTP/1.1 500 Internal Server Error\r\n"));
}

void FrontServerTest::chunkedAnswerWaitsForTheReader()
{
    constexpr int kPieces = 400;
    const QByteArray piece(50000, 'p');
    int written = 0;
    int drains = 0;
    std::shared_ptr<HttpReply> kept;
    const auto pump = [&] {
        while (written < kPieces) {
            ++written;
            if (!kept->write(piece))
                return;
        }
        std::exchange(kept, nullptr)->end();
    };
    m_application->onRequest = [&](const HttpRequest &, const std::shared_ptr<HttpReply> &reply) {
        kept = reply;
        kept->beginChunked(200, {}, [&] {
            ++drains;
            pump();
        });
        pump();
    };
    RawClient client(*m_front);
    client.setReadBufferSize(1000);
    client.write(getRequest("/export"));
    QTRY_VERIFY(written > 0);
    QVERIFY(written < kPieces);
    client.setReadBufferSize(0);
    QTRY_VERIFY_WITH_TIMEOUT(client.received.endsWith("\r\n0\r\n\r\n"), 20000);
    QVERIFY(drains > 0);
    QVERIFY(client.received.contains("Transfer-Encoding: chunked\r\n"));
    QCOMPARE(client.body().count('p'), piece.size() * kPieces);
}

void FrontServerTest::devicesAreSentWholeOrInPart()
{
    QByteArray content;
    for (int i = 0; i < 100000; ++i)
        content += QByteArray::number(i);
    m_application->onRequest = [&](const HttpRequest &, const std::shared_ptr<HttpReply> &reply) {
        auto device = std::make_unique<QBuffer>();
        device->setData(content);
        QVERIFY(device->open(QIODevice::ReadOnly));
        reply->sendDevice(std::move(device), {{"ETag", "\"1\""}});
    };
    RawClient whole(*m_front, getRequest("/f", "Connection: close\r\n"));
    RawClient part(*m_front, getRequest("/f", "Connection: close\r\nRange: bytes=5-9\r\n"));
    RawClient tail(*m_front, getRequest("/f", "Connection: close\r\nRange: bytes=-7\r\nIf-Range: \"1\"\r\n"));
    RawClient stale(*m_front, getRequest("/f", "Connection: close\r\nRange: bytes=-7\r\nIf-Range: \"0\"\r\n"));
    RawClient outside(*m_front, getRequest("/f", "Connection: close\r\nRange: bytes=9999999-\r\n"));
    QTRY_VERIFY(whole.isGone() && part.isGone() && tail.isGone() && stale.isGone() && outside.isGone());
    QVERIFY(whole.body() == content && stale.body() == content);
    QVERIFY(part.received.startsWith("HTTP/1.1 206 "));
    QCOMPARE(part.body(), content.sliced(5, 5));
    QVERIFY(
        part.received.contains(QByteArray("Content-Range: bytes 5-9/" + QByteArray::number(content.size()) + "\r\n")));
    QCOMPARE(tail.body(), content.last(7));
    QVERIFY(outside.received.startsWith("HTTP/1.1 416 "));
}

namespace {

/// Serves every request as an event stream, heard by `listener`.
void serveStreams(TestApplication &application, QList<EventStreamConnection *> &streams)
{
    application.onRequest = [&](const HttpRequest &, const std::shared_ptr<HttpReply> &reply) {
        streams << reply->startEventStream();
        streams.last()->setListener(&application.listener);
    };
}

} // namespace

void FrontServerTest::eventStreamHasItsForm()
{
    TransportLimits quick;
    quick.eventStreamSilence = 200ms;
    m_front->setLimits(quick);
    QList<EventStreamConnection *> streams;
    serveStreams(*m_application, streams);
    RawClient client(*m_front, getRequest("/events"));
    QTRY_COMPARE(streams.size(), 1);
    streams.first()->send(Frame("{\"n\":1}", "chat", "7"));
    QTRY_VERIFY(client.body().startsWith("d\r\nretry: 3000\n\n\r\n26\r\nevent: chat\nid: 7\ndata: {\"n\":1}\n\n\r\n")
        || client.body().contains("\r\nevent: chat\nid: 7\ndata: {\"n\":1}\n\n\r\n"));
    QVERIFY(client.body().contains("retry: 3000\n\n"));
    for (const char *field :
        {"Content-Type: text/event-stream\r\n", "Cache-Control: no-store\r\n", "Transfer-Encoding: chunked\r\n"})
        QVERIFY2(client.received.contains(field), field);
    QTRY_VERIFY(client.body().endsWith("d\r\n: keepalive\n\n\r\n"));
    QCOMPARE(m_front->counters().eventStreams, 1);
    client.write("nobody listens");
    client.disconnectFromHost();
    QTRY_VERIFY(m_application->listener.hasEnded);
    QTRY_COMPARE(m_front->counters().eventStreams, 0);
}

void FrontServerTest::eventStreamOfOldClientsHasNoChunks()
{
    QList<EventStreamConnection *> streams;
    serveStreams(*m_application, streams);
    RawClient client(*m_front, "GET /events HTTP/1.0\r\n\r\n");
    QTRY_COMPARE(streams.size(), 1);
    FrameBlock block;
    block.append(Frame("1", "one", {}));
    block.append(Frame("0")); // has no event name: it is not for streams
    block.append(Frame("2", "two", {}));
    streams.first()->sendBlock(block);
    QTRY_COMPARE(client.body(), "retry: 3000\n\nevent: one\ndata: 1\n\nevent: two\ndata: 2\n\n");
}

void FrontServerTest::eventStreamEndsWithItsLastChunk()
{
    QList<EventStreamConnection *> streams;
    serveStreams(*m_application, streams);
    RawClient client(*m_front, getRequest("/events"));
    QTRY_VERIFY(client.body().contains("retry"));
    streams.first()->close(CloseCode::Kicked, {});
    QTRY_VERIFY(client.isGone());
    QVERIFY(client.body().endsWith("0\r\n\r\n"));
    QTRY_VERIFY(m_application->listener.hasEnded);
    QCOMPARE(m_application->listener.end.code, 4003);
}

void FrontServerTest::slowEventStreamReaderIsCut()
{
    TransportLimits quick;
    quick.closeTimeout = 200ms;
    m_front->setLimits(quick);
    QList<EventStreamConnection *> streams;
    serveStreams(*m_application, streams);
    RawClient client(*m_front);
    client.setReadBufferSize(100);
    client.write(getRequest("/events"));
    QTRY_COMPARE(streams.size(), 1);
    FrameBlock block;
    block.append(Frame(QByteArray(10000, 'x'), "chat"));
    qint64 most = 0;
    while (!streams.first()->isClosing()) {
        streams.first()->sendBlock(block);
        most = std::max(most, streams.first()->pendingBytes());
    }
    QVERIFY(most < limits().outboundBytes + 20000);
    QTRY_VERIFY(m_application->listener.hasEnded);
    QCOMPARE(m_application->listener.end.code, 4008);
    QCOMPARE(m_front->counters().slowConsumers, 1u);
}

void FrontServerTest::silentClientsAreCutOff()
{
    TransportLimits quick;
    quick.headTimeout = 200ms;
    quick.stallTimeout = 200ms;
    quick.keepAliveTimeout = 200ms;
    quick.lingerTimeout = 200ms;
    m_front->setLimits(quick);
    RawClient silent(*m_front);
    RawClient halfHead(*m_front, "GET / HTTP/1.1\r\n");
    RawClient halfBody(*m_front, postRequest("/x", "abc").chopped(1));
    RawClient idle(*m_front, getRequest("/x"));
    QTRY_VERIFY(silent.isGone() && halfHead.isGone() && halfBody.isGone() && idle.isGone());
    QCOMPARE(silent.received, QByteArray());
    QVERIFY(halfHead.received.startsWith("HTTP/1.1 408 "));
    QVERIFY(halfBody.received.startsWith("HTTP/1.1 408 "));
    QVERIFY(idle.received.endsWith("you asked /x"));
    QTRY_COMPARE(m_front->counters().sockets, 0);
}

void FrontServerTest::closeAllEndsEveryone()
{
    QList<EventStreamConnection *> streams;
    serveStreams(*m_application, streams);
    RawClient stream(*m_front, getRequest("/events"));
    RawClient webSocket(*m_front, upgradeRequest());
    RawClient idle(*m_front);
    QTRY_COMPARE(m_front->counters().sockets, 3);
    QTRY_COMPARE(m_front->counters().webSockets, 1);
    QTRY_COMPARE(streams.size(), 1);
    QSignalSpy closed(m_front.get(), &FrontServer::allClosed);
    m_front->closeAll(CloseCode::GoingAway);
    QTRY_COMPARE(closed.count(), 1);
    QCOMPARE(m_front->counters().sockets, 0);
    QTRY_VERIFY(stream.body().endsWith("0\r\n\r\n"));
    QTRY_VERIFY(webSocket.received.contains("\x03\xe9server_stopping")); // 1001
    QVERIFY(!m_front->isListening());
}

void FrontServerTest::noDescriptorIsLeft()
{
    const auto descriptors
        = [] { return QDir(QStringLiteral("/proc/self/fd")).entryList(QDir::Files | QDir::System).size(); };
    {
        RawClient warmUp(*m_front, getRequest("/x"));
        QTRY_VERIFY(!warmUp.received.isEmpty());
    }
    QTRY_COMPARE(m_front->counters().sockets, 0);
    const auto before = descriptors();
    for (int round = 0; round < 50; ++round) {
        RawClient request(*m_front, getRequest("/x"));
        RawClient webSocket(*m_front, upgradeRequest());
        RawClient half(*m_front, upgradeRequest().first(1 + round));
        RawClient bad(*m_front, "nonsense\r\n\r\n");
        if (round % 3)
            QTRY_VERIFY(!request.received.isEmpty());
        if (round % 2) {
            request.abort();
            webSocket.abort();
        }
    }
    QTRY_COMPARE(m_front->counters().sockets, 0);
    QTRY_COMPARE(descriptors(), before);
}

QTEST_GUILESS_MAIN(FrontServerTest)
#include "tst_frontserver.moc"
