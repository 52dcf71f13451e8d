// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/apifixture.h"

#include <QJsonArray>
#include <QLoggingCategory>

using namespace tertulia;
using namespace Qt::StringLiterals;

/// Event streams, polls and what the host does with them.
class TestStreamsApi final : public QObject
{
    Q_OBJECT

private:
    static void say(ApiFixture &server, const QByteArray &content)
    {
        const QByteArray body = "{\"content\":\"" + content + "\"}";
        QCOMPARE(server.call("POST", u"/api/rooms/general/messages"_s, server.token(u"Luis"_s), body).status, 201);
    }
    static void announce(ApiFixture &server, const QByteArray &title)
    {
        const QByteArray body = "{\"title\":\"" + title + "\",\"body\":\"text\"}";
        QCOMPARE(server.call("POST", u"/api/notifications"_s, server.admin(), body).status, 201);
    }

private Q_SLOTS:
    void roomStreamTellsWhatIsSaid()
    {
        ApiFixture server;
        StreamReader stream(server, "/events/rooms/general", server.token(u"Ana"_s));
        QVERIFY(stream.waitFor("retry: 3000\n\n"));
        QVERIFY(stream.taken.contains("Content-Type: text/event-stream"));
        say(server, "hello");
        QVERIFY(stream.waitFor("event: chat\nid: 1\ndata: {"));
        QVERIFY(stream.waitFor("\"content\":\"hello\""));
    }

    void roomStreamResumesWithoutGapOrDouble()
    {
        ApiFixture server;
        for (const char *word : {"one", "two", "three"})
            say(server, word);
        StreamReader stream(
            server, "/events/rooms/general?last_event_id=99", server.token(u"Ana"_s), "Last-Event-ID: 1\r\n");
        QVERIFY(stream.waitFor("id: 2\n"));
        QVERIFY(!stream.taken.contains("id: 1\n") && !stream.taken.contains("event: reset"));
        QVERIFY(stream.waitFor("id: 3\n"));
        say(server, "four");
        QVERIFY(stream.waitFor("id: 4\n"));
        QCOMPARE(stream.taken.count("id: "), 1);
    }

    void unknownIdIsReset_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::newRow("room") << "/events/rooms/general?last_event_id=99"_ba;
        QTest::newRow("no number") << "/events/rooms/general?last_event_id=xyz"_ba;
        QTest::newRow("notifications") << "/events?last_event_id=99"_ba;
        QTest::newRow("logs") << "/events/logs?last_event_id=999999"_ba;
        QTest::newRow("clock") << "/events/clock?last_event_id=999999"_ba;
    }
    void unknownIdIsReset()
    {
        QFETCH(QByteArray, target);
        ApiFixture server;
        StreamReader stream(server, target, server.admin());
        QVERIFY(stream.waitFor("event: "));
        QVERIFY(stream.waitFor("\"last_id\":"));
        QVERIFY(stream.taken.startsWith("reset\n"));
    }

    void notificationsComeAndResume()
    {
        ApiFixture server;
        announce(server, "first");
        StreamReader stream(server, "/events", server.token(u"Ana"_s), "Last-Event-ID: 0\r\n");
        QVERIFY(stream.waitFor("event: notification\nid: 1\n"));
        announce(server, "second");
        QVERIFY(stream.waitFor("event: notification\nid: 2\n"));
    }

    void clockTicksForAll()
    {
        ApiFixture server;
        StreamReader stream(server, "/events/clock?last_event_id=0", {});
        QVERIFY(stream.waitFor("event: tick\nid: 1\ndata: {\"time\":\""));
        QVERIFY(stream.waitFor("event: tick\nid: 2\n"));
    }

    void hostSeesLogsAndMetrics()
    {
        ApiFixture server;
        StreamReader logs(server, "/events/logs", server.admin());
        QVERIFY(logs.waitFor("retry: 3000\n\n"));
        qWarning("a line for the host");
        QVERIFY(logs.waitFor("event: log\nid: "));
        QVERIFY(logs.waitFor("\"message\":\"a line for the host\""));
        StreamReader metrics(server, "/events/metrics", server.admin());
        QVERIFY(metrics.waitFor("event: metrics\ndata: {"));
        StreamReader other(server, "/events/logs", server.token(u"Ana"_s));
        QVERIFY(other.waitFor("HTTP/1.1 403 "));
    }

    void streamEndsWithItsTokenAndItsRoom()
    {
        ApiFixture server;
        const QByteArray ana = server.token(u"Ana"_s);
        StreamReader stream(server, "/events", ana);
        QVERIFY(stream.waitFor("retry: 3000\n\n"));
        QCOMPARE(server.core->connections.countOf(TransportKind::EventStream), 1);
        QCOMPARE(server.call("DELETE", u"/api/session"_s, ana).status, 204);
        QVERIFY(stream.waitForEnd());
        QTRY_COMPARE(server.core->connections.countOf(TransportKind::EventStream), 0);

        const QByteArray luis = server.token(u"Luis"_s);
        QCOMPARE(server.call("POST", u"/api/rooms"_s, luis, R"({"name":"den"})").status, 201);
        StreamReader room(server, "/events/rooms/den", server.token(u"Eva"_s));
        QVERIFY(room.waitFor("retry: 3000\n\n"));
        QCOMPARE(server.call("PATCH", u"/api/rooms/den"_s, luis, R"({"private":true})").status, 200);
        QVERIFY(room.waitForEnd());
    }

    void streamsCountAgainstTheUsersLimit()
    {
        ApiFixture server({{u"limits.connections_per_user"_s, u"1"_s}});
        const QByteArray ana = server.token(u"Ana"_s);
        StreamReader first(server, "/events", ana);
        QVERIFY(first.waitFor("retry: 3000\n\n"));
        StreamReader second(server, "/events", ana);
        QVERIFY(second.waitFor("HTTP/1.1 429 "));
    }

    void pollAnswersAtOnceOrWaits()
    {
        ApiFixture server;
        const QByteArray ana = server.token(u"Ana"_s);
        announce(server, "first");
        const Answer page = server.get(u"/api/notifications?wait=30"_s, ana);
        QCOMPARE(page.json().value("notifications"_L1).toArray().size(), 1);
        QCOMPARE(page.json().value("last_id"_L1).toInt(), 1);

        const std::unique_ptr<QNetworkReply> waiting(
            server.network.get(server.requestTo(u"/api/notifications?after=1&wait=30"_s, ana)));
        QTRY_COMPARE(server.core->connections.countOf(TransportKind::LongPoll), 1);
        announce(server, "second");
        const Answer woken = ApiFixture::await(*waiting);
        QCOMPARE(woken.json().value("notifications"_L1).toArray().at(0).toObject().value("title"_L1).toString(),
            u"second"_s);
        QCOMPARE(server.core->connections.countOf(TransportKind::LongPoll), 0);

        const Answer empty = server.get(u"/api/notifications?after=2&wait=1"_s, ana);
        QVERIFY(empty.json().value("notifications"_L1).toArray().isEmpty());
        QCOMPARE(empty.json().value("last_id"_L1).toInt(), 2);
    }

    void pollEndsWithItsClientItsTokenOrTheHost()
    {
        ApiFixture server;
        const QByteArray ana = server.token(u"Ana"_s);
        const auto poll = [&] { return server.network.get(server.requestTo(u"/api/notifications?wait=60"_s, ana)); };
        const auto polls = [&] { return server.core->connections.countOf(TransportKind::LongPoll); };
        std::unique_ptr<QNetworkReply> reply(poll());
        QTRY_COMPARE(polls(), 1);
        reply->abort();
        QTRY_COMPARE(polls(), 0);

        reply.reset(poll());
        QTRY_COMPARE(polls(), 1);
        const QString id = server.core->connections.all().constFirst()->id;
        QCOMPARE(server.call("DELETE", u"/api/connections/"_s % id, server.admin()).status, 204);
        QCOMPARE(ApiFixture::await(*reply).status, 403);

        reply.reset(poll());
        QTRY_COMPARE(polls(), 1);
        QCOMPARE(server.call("DELETE", u"/api/session"_s, ana).status, 204);
        QCOMPARE(ApiFixture::await(*reply).status, 401);
    }

    void hostSeesAndKicksConnections()
    {
        ApiFixture server;
        const QByteArray ana = server.token(u"Ana"_s);
        StreamReader stream(
            server, "/events?x=1&token=" + ana, {}, "Cookie: theme=dark; session=abc\r\nUser-Agent: Test/1\r\n");
        QVERIFY(stream.waitFor("retry: 3000\n\n"));
        const Answer list = server.get(u"/api/connections"_s, server.admin());
        QVERIFY(!list.body.contains(ana) && !list.body.contains("dark") && !list.body.contains("abc"));
        const QJsonObject one = list.json().value("connections"_L1).toArray().at(0).toObject();
        QCOMPARE(one.value("user"_L1).toString(), u"Ana"_s);
        QCOMPARE(one.value("transport"_L1).toString(), u"sse"_s);
        QCOMPARE(one.value("query"_L1).toString(), u"x=1&token=***"_s);
        QCOMPARE(one.value("cookies"_L1).toArray().size(), 2);
        QCOMPARE(one.value("user_agent"_L1).toString(), u"Test/1"_s);
        const QString path = u"/api/connections/"_s % one.value("id"_L1).toString();
        QCOMPARE(server.get(path, server.admin()).status, 200);
        QCOMPARE(server.call("DELETE", path, server.admin()).status, 204);
        QVERIFY(stream.waitForEnd());
        QTRY_COMPARE(server.get(path, server.admin()).status, 404);
    }

    void bansPutOutAndKeepOut()
    {
        ApiFixture server;
        const QByteArray ana = server.token(u"Ana"_s);
        StreamReader stream(server, "/events", ana);
        QVERIFY(stream.waitFor("retry: 3000\n\n"));
        QCOMPARE(server.call("POST", u"/api/bans"_s, server.admin(), R"({"name":"Host"})").code(), u"invalid_field"_s);
        QCOMPARE(server.call("POST", u"/api/bans"_s, server.admin(), R"({})").code(), u"invalid_field"_s);
        const Answer ban = server.call("POST", u"/api/bans"_s, server.admin(), R"({"name":"ana","reason":"spam"})");
        QCOMPARE(ban.status, 201);
        QCOMPARE(ban.json().value("by"_L1).toString(), u"Host"_s);
        QVERIFY(stream.waitForEnd());
        QCOMPARE(server.get(u"/api/rooms"_s, ana).code(), u"banned"_s);
        const QString path = u"/api/bans/"_s % ban.json().value("id"_L1).toString();
        QCOMPARE(server.call("DELETE", path, server.admin()).status, 204);
        QCOMPARE(server.call("DELETE", path, server.admin()).status, 404);
        QCOMPARE(server.get(u"/api/rooms"_s, ana).status, 200);
    }

    void announcementsToOneAreForThatOne()
    {
        ApiFixture server;
        const QByteArray ana = server.token(u"Ana"_s);
        QCOMPARE(server.get(u"/api/session"_s, ana).status, 200);
        const QByteArray body = R"({"title":"Hi","body":"you","level":"alert","to":"Ana"})";
        QCOMPARE(server.call("POST", u"/api/notifications"_s, server.admin(), body).status, 201);
        QCOMPARE(server.get(u"/api/notifications"_s, ana).json().value("notifications"_L1).toArray().size(), 1);
        QCOMPARE(server.get(u"/api/notifications"_s, server.token(u"Luis"_s))
                     .json()
                     .value("notifications"_L1)
                     .toArray()
                     .size(),
            0);
        QCOMPARE(
            server.call("POST", u"/api/notifications"_s, server.admin(), R"({"title":"Hi","body":"","to":"Nobody"})")
                .code(),
            u"no_such_user"_s);
        QCOMPARE(server.call("POST", u"/api/notifications"_s, server.admin(), R"({"title":"Hi","body":"","level":"x"})")
                     .code(),
            u"invalid_field"_s);
    }
};

QTEST_GUILESS_MAIN(TestStreamsApi)
#include "tst_streamsapi.moc"
