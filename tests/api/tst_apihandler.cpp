// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/apifixture.h"
#include "api/apihandler.h"

#include <QFile>

using namespace tertulia;
using namespace Qt::StringLiterals;

/// What holds for every call, and the session.
class TestApiHandler final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void documentationListsExactlyTheRoutes()
    {
        ApiFixture server;
        QFile file(u":/web/openapi.json"_s);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonObject paths = QJsonDocument::fromJson(file.readAll()).object().value("paths"_L1).toObject();
        QStringList documented;
        for (auto path = paths.begin(); path != paths.end(); ++path) {
            const QJsonObject methods = path.value().toObject();
            for (auto method = methods.begin(); method != methods.end(); ++method) {
                if (method.key() != u"parameters")
                    documented.append(method.key().toUpper() % u' ' % path.key());
            }
        }
        QStringList served;
        for (const auto &[method, pattern] : server.core->api->router().routes()) {
            // What pages are made of is no call.
            if (pattern != u"/web/{path*}" && pattern != u"/favicon.ico")
                served.append(QString::fromLatin1(method) % u' ' % pattern);
        }
        documented.sort();
        served.sort();
        QCOMPARE(served, documented);
    }

    void errorsAreProblemDocuments()
    {
        ApiFixture server;
        const Answer unknown = server.get(u"/api/nothing"_s);
        QCOMPARE(unknown.status, 404);
        QCOMPARE(unknown.headers.value("content-type"), "application/problem+json"_ba);
        QCOMPARE(unknown.code(), u"not_found"_s);
        QCOMPARE(unknown.json().value("status"_L1).toInt(), 404);

        const Answer method = server.call("PUT", u"/api/rooms"_s, server.admin());
        QCOMPARE(method.status, 405);
        QCOMPARE(method.headers.value("allow"), "GET, HEAD, POST, OPTIONS"_ba);
        QCOMPARE(server.get(u"/api/rooms"_s).code(), u"unauthorized"_s);
        QCOMPARE(server.get(u"/api/stats"_s, server.token(u"Ana"_s)).code(), u"forbidden"_s);
    }

    void optionsTellAllowedMethodsWithoutToken()
    {
        ApiFixture server;
        const Answer answer = server.call("OPTIONS", u"/api/bans/1"_s);
        QCOMPARE(answer.status, 204);
        QCOMPARE(answer.headers.value("allow"), "DELETE, OPTIONS"_ba);
    }

    void headHasTheHeadersOfGetAlone()
    {
        ApiFixture server;
        const Answer get = server.get(u"/healthz"_s);
        const Answer head = server.call("HEAD", u"/healthz"_s);
        QCOMPARE(head.status, 200);
        QCOMPARE(head.headers.value("content-length"), QByteArray::number(get.body.size()));
        QVERIFY(head.body.isEmpty());
    }

    void bodyIsJudged_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("code");
        QTest::newRow("text") << "text/plain"_ba
                              << "{}"_ba << 415 << u"unsupported_media_type"_s;
        QTest::newRow("nearly JSON") << "application/jsonx"_ba
                                     << "{}"_ba << 415 << u"unsupported_media_type"_s;
        QTest::newRow("broken") << "application/json"_ba
                                << "{"_ba << 400 << u"invalid_json"_s;
        QTest::newRow("fields") << "application/json; charset=utf-8"_ba
                                << "{}"_ba << 422 << u"invalid_field"_s;
        QTest::newRow("right") << "Application/JSON"_ba
                               << R"({"name":"Ana"})"_ba << 201 << QString();
    }
    void bodyIsJudged()
    {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        QFETCH(QString, code);
        ApiFixture server;
        const Answer answer = server.call("POST", u"/api/session"_s, {}, body, {{"Content-Type", type}});
        QCOMPARE(answer.status, status);
        QCOMPARE(answer.code(), code);
    }

    void foreignPagesMayReadButNotChange()
    {
        ApiFixture server;
        const QByteArray body = R"({"name":"Ana"})";
        const Answer foreign = server.call("POST", u"/api/session"_s, {}, body, {{"Origin", "http://evil.example"}});
        QCOMPARE(foreign.status, 403);
        QCOMPARE(foreign.code(), u"bad_origin"_s);
        QVERIFY(!foreign.headers.contains("access-control-allow-origin"));
        const QByteArray own = "http://127.0.0.1:" + QByteArray::number(server.core->port());
        QCOMPARE(server.call("POST", u"/api/session"_s, {}, body, {{"Origin", own}}).status, 201);
        QCOMPARE(server.get(u"/healthz"_s, {}, {{"Origin", "http://evil.example"}}).status, 200);
    }

    void listedOriginsAloneGetCors()
    {
        ApiFixture server({{u"access.origins"_s, u"http://friend.example"_s}});
        const Answer preflight = server.call("OPTIONS", u"/api/rooms"_s, {}, {},
            {{"Origin", "http://friend.example"}, {"Access-Control-Request-Method", "POST"}});
        QCOMPARE(preflight.status, 204);
        QCOMPARE(preflight.headers.value("access-control-allow-origin"), "http://friend.example"_ba);
        QVERIFY(preflight.headers.value("access-control-allow-methods").contains("POST"));
        const Answer other = server.call("OPTIONS", u"/api/rooms"_s, {}, {},
            {{"Origin", "http://other.example"}, {"Access-Control-Request-Method", "POST"}});
        QVERIFY(!other.headers.contains("access-control-allow-origin"));
        QVERIFY(!other.headers.contains("access-control-allow-methods"));
    }

    void sessionIsPresentedByHeaderQueryOrCookieInThatOrder()
    {
        ApiFixture server;
        const Answer made = server.call("POST", u"/api/users"_s, {}, R"({"name":"Ana","password":"correct horse"})");
        QCOMPARE(made.status, 201);
        const QByteArray token = made.json().value("token"_L1).toString().toLatin1();
        QCOMPARE(made.headers.value("set-cookie"), "session=" + token + "; HttpOnly; SameSite=Strict; Path=/");

        const auto nameBy = [&server](const QString &path, const QByteArray &bearer, const QByteArray &cookie) {
            const Answer answer = server.get(path, bearer, {{"Cookie", "other=1; session=" + cookie}});
            return answer.json().value("user"_L1).toObject().value("name"_L1).toString();
        };
        const QByteArray other = server.token(u"Luis"_s);
        QCOMPARE(nameBy(u"/api/session"_s, {}, token), u"Ana"_s);
        QCOMPARE(nameBy(u"/api/session?token="_s % QString::fromLatin1(other), {}, token), u"Luis"_s);
        QCOMPARE(nameBy(u"/api/session?token="_s % QString::fromLatin1(other), token, other), u"Ana"_s);
        // A bad one is not passed over for the next.
        QCOMPARE(server.get(u"/api/session?token=bad"_s, {}, {{"Cookie", "session=" + token}}).status, 401);
    }

    void signingOutEndsTheToken()
    {
        ApiFixture server;
        const Answer guest = server.call("POST", u"/api/session"_s, {}, R"({"name":"Ana"})");
        const QByteArray token = guest.json().value("token"_L1).toString().toLatin1();
        QCOMPARE(guest.json().value("user"_L1).toObject().value("role"_L1).toString(), u"guest"_s);
        QCOMPARE(server.call("DELETE", u"/api/session"_s, token).status, 204);
        QCOMPARE(server.get(u"/api/session"_s, token).status, 401);
    }

    void passwordsAreAskedAndGuestsCanBeKeptOut()
    {
        ApiFixture server({{u"access.guests"_s, u"false"_s}});
        QCOMPARE(server.call("POST", u"/api/session"_s, {}, R"({"name":"Ana"})").code(), u"guests_forbidden"_s);
        QCOMPARE(server.call("POST", u"/api/users"_s, {}, R"({"name":"Ana","password":"short"})").code(),
            u"weak_password"_s);
        QCOMPARE(server.call("POST", u"/api/users"_s, {}, R"({"name":"Ana","password":"long enough"})").status, 201);
        QCOMPARE(server.call("POST", u"/api/users"_s, {}, R"({"name":"ana","password":"long enough"})").code(),
            u"name_taken"_s);
        QCOMPARE(server.call("POST", u"/api/session"_s, {}, R"({"name":"Ana","password":"wrong one"})").code(),
            u"bad_credentials"_s);
        QCOMPARE(server.call("POST", u"/api/session"_s, {}, R"({"name":"Ana","password":"long enough"})").status, 201);
    }

    void ticketsStandForTheTokenOnceOnStreamsOnly()
    {
        ApiFixture server;
        const QByteArray token = server.token(u"Ana"_s);
        const Answer ticket = server.call("POST", u"/api/tickets"_s, token);
        QCOMPARE(ticket.status, 201);
        const QByteArray text = ticket.json().value("ticket"_L1).toString().toLatin1();
        QCOMPARE(server.get(u"/api/session?ticket="_s % QString::fromLatin1(text)).status, 401);
        StreamReader first(server, "/events?ticket=" + text, {});
        QVERIFY(first.waitFor("retry: 3000\n\n"));
        StreamReader second(server, "/events?ticket=" + text, {});
        QVERIFY(second.waitFor("HTTP/1.1 401 "));
    }

    void doorIsForCallsToo()
    {
        ApiFixture server({{u"access.door"_s, u"true"_s}});
        const QByteArray token = server.token(u"Ana"_s);
        QCOMPARE(server.get(u"/api/session"_s, token).status, 200);
        QCOMPARE(server.get(u"/api/rooms"_s, token).code(), u"forbidden"_s);
        QCOMPARE(server.get(u"/api/rooms"_s, server.admin()).status, 200);
        server.core->door.admit(u"id-Ana"_s);
        QCOMPARE(server.get(u"/api/rooms"_s, token).status, 200);
    }

    void healthAndMetricsAnswer()
    {
        ApiFixture server;
        const Answer health = server.get(u"/healthz"_s);
        QCOMPARE(health.json().value("status"_L1).toString(), u"ok"_s);
        QCOMPARE(health.json().value("version"_L1).toString(), QLatin1StringView(TERTULIA_VERSION));
        QVERIFY(server.get(u"/metrics"_s).body.contains("tertulia_users_online"));
        // A proxy on this machine speaks for somebody else.
        QCOMPARE(server.get(u"/metrics"_s, {}, {{"X-Forwarded-For", "203.0.113.9"}}).status, 401);
        QCOMPARE(server.get(u"/metrics"_s, server.admin(), {{"X-Forwarded-For", "203.0.113.9"}}).status, 200);
    }
};

QTEST_GUILESS_MAIN(TestApiHandler)
#include "tst_apihandler.moc"
