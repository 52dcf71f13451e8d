// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chatclient.h"
#include "gui/support/testserver.h"

#include <QCryptographicHash>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace tertulia;
using namespace Qt::StringLiterals;
using State = ChatClient::State;

class TestChatClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_server = std::make_unique<TestServer>();
        QVERIFY(m_server->listen());
    }

    void backoffGrowsToItsCeiling()
    {
        Backoff backoff;
        QCOMPARE(backoff.next(1.0).count(), 500);
        QCOMPARE(backoff.next(0.5).count(), 500);
        QCOMPARE(backoff.next(1.0).count(), 2000);
        for (int i = 0; i < 40; ++i)
            (void)backoff.next(0);
        QCOMPARE(backoff.next(1.0).count(), 30'000);
        backoff.reset();
        QCOMPARE(backoff.ceiling().count(), 500);
    }

    void addressesAreReadAsPeopleTypeThem_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("base");
        QTest::addColumn<QString>("code");
        QTest::newRow("bare") << u"192.168.1.4"_s << u"http://192.168.1.4:8000/"_s << QString();
        QTest::newRow("port") << u" host:81 "_s << u"http://host:81/"_s << QString();
        QTest::newRow("invite") << u"http://h:8000/j/4F7K"_s << u"http://h:8000/"_s << u"4F7K"_s;
        QTest::newRow("tls") << u"https://h/"_s << u"https://h/"_s << QString();
        QTest::newRow("file") << u"file:///etc/passwd"_s << QString() << QString();
        QTest::newRow("nothing") << u"  "_s << QString() << QString();
    }

    void addressesAreReadAsPeopleTypeThem()
    {
        QFETCH(QString, text);
        QFETCH(QString, base);
        QFETCH(QString, code);
        const auto address = serverAddressFromText(text);
        QCOMPARE(address.has_value(), !base.isEmpty());
        if (address) {
            QCOMPARE(address->base.toString(), base);
            QCOMPARE(address->joinCode, code);
        }
    }

    void guestEntersByNameAndComesBackByToken()
    {
        ChatClient client;
        open(client);
        QVERIFY(m_server->lastUrl.query().contains(u"name=Ana"_s));
        QCOMPARE(client.token(), u"guest-token"_s);
        m_server->abort();
        QTRY_COMPARE(client.state(), State::Waiting);
        client.tryNow();
        QTRY_COMPARE(client.state(), State::Online);
        QCOMPARE(m_server->lastAuthorization, "Bearer guest-token"_ba);
        QVERIFY(!m_server->lastUrl.hasQuery());
    }

    void closeCodesDecide_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<State>("after");
        QTest::newRow("normal") << 1000 << State::Stopped;
        QTest::newRow("going away") << 1001 << State::Waiting;
        QTest::newRow("kicked") << 4003 << State::Stopped;
        QTest::newRow("slow consumer") << 4008 << State::Waiting;
        QTest::newRow("too many") << 4029 << State::Stopped;
        QTest::newRow("internal") << 1011 << State::Waiting;
    }

    void closeCodesDecide()
    {
        QFETCH(int, code);
        QFETCH(State, after);
        ChatClient client;
        open(client);
        m_server->close(code, u"why"_s);
        QTRY_COMPARE(client.state(), after);
        if (after == State::Stopped)
            QCOMPARE(client.stopReason(), u"why"_s);
    }

    void lostConnectionComesBackByItself()
    {
        ChatClient client;
        open(client);
        m_server->abort();
        QTRY_COMPARE(m_server->handshakes, 2);
        QTRY_COMPARE(client.state(), State::Online);
    }

    void expiredGuestTokenEntersOnceMoreByName()
    {
        ChatClient client;
        open(client);
        m_server->welcomes = false;
        m_server->close(4001, u"expired"_s);
        QTRY_COMPARE(m_server->handshakes, 2);
        QVERIFY(m_server->lastAuthorization.isEmpty());
        m_server->close(4001, u"name_taken"_s);
        QTRY_COMPARE(client.state(), State::Stopped);
        QCOMPARE(client.stopReason(), u"name_taken"_s);
        QCOMPARE(m_server->handshakes, 2);
    }

    void roomIsResumedAfterItsLastEntry()
    {
        ChatClient client;
        QSignalSpy entries(&client, &ChatClient::entryArrived);
        open(client);
        m_server->joined = {{u"epoch"_s, u"e1"_s}, {u"last_id"_s, 4}};
        client.join(u"general"_s);
        QTRY_VERIFY(client.isJoined(u"general"_s));
        QVERIFY(!m_server->ofType(u"join"_s).first().contains(u"since"_s));
        for (const int id : {5, 6, 6}) // the second 6 is a double
            m_server->send({{u"type"_s, u"chat"_s}, {u"room"_s, u"general"_s}, {u"id"_s, id}, {u"user"_s, u"Bea"_s},
                {u"content"_s, u"x"_s}});
        QTRY_COMPARE(entries.count(), 2);
        m_server->abort();
        QTRY_COMPARE(client.state(), State::Waiting);
        client.tryNow();
        QTRY_COMPARE(m_server->ofType(u"join"_s).size(), 2);
        QCOMPARE(m_server->ofType(u"join"_s).last()[u"since"_s].toInt(), 6);
        QCOMPARE(m_server->ofType(u"join"_s).last()[u"epoch"_s].toString(), u"e1"_s);
    }

    void unacknowledgedMessageIsSentAgainUnderItsRef()
    {
        ChatClient client;
        QSignalSpy acks(&client, &ChatClient::acknowledged);
        open(client);
        client.join(u"general"_s);
        QTRY_VERIFY(client.isJoined(u"general"_s));
        const QString first = client.say(u"general"_s, u"one"_s);
        const QString second = client.say(u"general"_s, u"two"_s);
        QTRY_COMPARE(m_server->ofType(u"chat"_s).size(), 1);
        m_server->abort();
        QTRY_COMPARE(client.state(), State::Waiting);
        client.tryNow();
        QTRY_COMPARE(m_server->ofType(u"chat"_s).size(), 2);
        QCOMPARE(m_server->ofType(u"chat"_s).last()[u"ref"_s].toString(), first);
        acknowledge(first, 1);
        QTRY_COMPARE(m_server->ofType(u"chat"_s).size(), 3);
        QCOMPARE(m_server->ofType(u"chat"_s).last()[u"ref"_s].toString(), second);
        acknowledge(second, 2);
        QTRY_COMPARE(acks.count(), 2);
        QCOMPARE(client.unsentCount(), 0);
    }

    void temporaryRefusalIsTriedAgainAndAnotherIsTold()
    {
        ChatClient client;
        QSignalSpy refusals(&client, &ChatClient::refused);
        open(client);
        client.join(u"general"_s);
        QTRY_VERIFY(client.isJoined(u"general"_s));
        const QString ref = client.say(u"general"_s, u"one"_s);
        QTRY_COMPARE(m_server->ofType(u"chat"_s).size(), 1);
        m_server->send({{u"type"_s, u"error"_s}, {u"code"_s, u"rate_limited"_s}, {u"temporary"_s, true},
            {u"retry_ms"_s, 10}, {u"ref"_s, ref}});
        QTRY_COMPARE(m_server->ofType(u"chat"_s).size(), 2);
        QCOMPARE(refusals.count(), 0);
        m_server->send(
            {{u"type"_s, u"error"_s}, {u"code"_s, u"forbidden"_s}, {u"temporary"_s, false}, {u"ref"_s, ref}});
        QTRY_COMPARE(refusals.count(), 1);
        QCOMPARE(refusals.first().first().toString(), ref);
        QCOMPARE(client.unsentCount(), 0);
    }

    void silentConnectionIsGivenUp()
    {
        // A peer that shakes hands, welcomes and then answers nothing, pings included.
        QTcpServer mute;
        QVERIFY(mute.listen(QHostAddress::LocalHost));
        connect(&mute, &QTcpServer::newConnection, this, [&mute] {
            QTcpSocket *socket = mute.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [socket] { shakeHandsOnce(socket); });
        });
        ChatClient client;
        ServerAddress address;
        address.base = QUrl(u"http://127.0.0.1:%1/"_s.arg(mute.serverPort()));
        client.open(address);
        QTRY_COMPARE(client.state(), State::Online);
        QTRY_COMPARE(client.state(), State::Waiting);
        QVERIFY(!client.lastTrouble().isEmpty());
    }

    void nobodyListeningIsWaiting()
    {
        m_server->stopListening();
        ChatClient client;
        ServerAddress address;
        address.base = QUrl(u"http://127.0.0.1:9/"_s);
        client.open(address);
        QTRY_COMPARE(client.state(), State::Waiting);
        QVERIFY(!client.lastTrouble().isEmpty());
    }

private:
    void open(ChatClient &client)
    {
        ServerAddress address;
        address.base = m_server->url();
        address.name = u"Ana"_s;
        client.open(address);
        QTRY_COMPARE(client.state(), State::Online);
    }
    static void shakeHandsOnce(QTcpSocket *socket)
    {
        const QByteArray request = socket->readAll();
        const qsizetype at = request.toLower().indexOf("sec-websocket-key: ");
        if (at < 0)
            return;
        const QByteArray key = request.mid(at + 19, 24) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
        const QByteArray accept = QCryptographicHash::hash(key, QCryptographicHash::Sha1).toBase64();
        const QByteArray welcome = "{\"type\":\"welcome\",\"user\":{\"name\":\"Ana\"},\"heartbeat_ms\":100}";
        socket->write(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
            + accept + "\r\n\r\n\x81" + char(welcome.size()) + welcome);
    }
    void acknowledge(const QString &ref, int id)
    {
        m_server->send({{u"type"_s, u"ack"_s}, {u"room"_s, u"general"_s}, {u"id"_s, id}, {u"ref"_s, ref}});
    }

    std::unique_ptr<TestServer> m_server;
};

QTEST_GUILESS_MAIN(TestChatClient)
#include "tst_chatclient.moc"
