// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/apifixture.h"

#include <QJsonArray>

using namespace tertulia;
using namespace Qt::StringLiterals;

/// Rooms, messages and exports.
class TestRoomsApi final : public QObject
{
    Q_OBJECT

private:
    static QStringList names(const Answer &answer)
    {
        QStringList names;
        const QJsonArray rooms = answer.json().value("rooms"_L1).toArray();
        for (const QJsonValue &room : rooms)
            names.append(room.toObject().value("name"_L1).toString());
        names.sort();
        return names;
    }
    static qint64 say(ApiFixture &server, const QByteArray &token, const QByteArray &content)
    {
        const Answer answer
            = server.call("POST", u"/api/rooms/general/messages"_s, token, "{\"content\":\"" + content + "\"}");
        return answer.status == 201 ? answer.json().value("id"_L1).toInteger() : -answer.status;
    }

private Q_SLOTS:
    void membersMakeRoomsAndOwnersChangeThem()
    {
        ApiFixture server;
        const QByteArray ana = server.token(u"Ana"_s);
        const QByteArray body = R"({"name":"garden","topic":"Plants"})";
        QCOMPARE(server.call("POST", u"/api/rooms"_s, server.token(u"Guest"_s, Role::Guest), body).status, 403);
        const Answer made = server.call("POST", u"/api/rooms"_s, ana, body);
        QCOMPARE(made.status, 201);
        QCOMPARE(made.headers.value("location"), "/api/rooms/garden"_ba);
        QCOMPARE(made.json().value("topic"_L1).toString(), u"Plants"_s);
        QCOMPARE(server.call("POST", u"/api/rooms"_s, ana, R"({"name":"GARDEN"})").code(), u"room_exists"_s);
        QCOMPARE(names(server.get(u"/api/rooms"_s, ana)), (QStringList {u"garden"_s, u"general"_s}));

        const QByteArray luis = server.token(u"Luis"_s);
        QCOMPARE(server.call("PATCH", u"/api/rooms/garden"_s, luis, R"({"topic":"x"})").status, 403);
        QCOMPARE(server.call("PATCH", u"/api/rooms/garden"_s, ana, R"({"name":"other"})").code(), u"invalid_field"_s);
        const Answer changed
            = server.call("PATCH", u"/api/rooms/garden"_s, ana, R"({"topic":"Trees","slow_mode_s":5})");
        QCOMPARE(changed.status, 200);
        QCOMPARE(changed.json().value("slow_mode_s"_L1).toInt(), 5);
        QCOMPARE(server.call("DELETE", u"/api/rooms/garden"_s, ana).status, 204);
        QCOMPARE(server.call("DELETE", u"/api/rooms/garden"_s, ana).code(), u"no_such_room"_s);
    }

    void privateRoomsDoNotShowThemselves()
    {
        ApiFixture server;
        const QByteArray ana = server.token(u"Ana"_s);
        const QByteArray luis = server.token(u"Luis"_s);
        QCOMPARE(server.get(u"/api/session"_s, luis).status, 200);
        QCOMPARE(server.call("POST", u"/api/rooms"_s, ana, R"({"name":"den","private":true})").status, 201);
        QCOMPARE(names(server.get(u"/api/rooms"_s, luis)), QStringList {u"general"_s});
        for (const QString &rest : {u"/members"_s, u"/messages"_s, u"/export"_s})
            QCOMPARE(server.get(u"/api/rooms/den"_s % rest, luis).code(), u"no_such_room"_s);
        QCOMPARE(server.get(u"/events/rooms/den"_s, luis).code(), u"no_such_room"_s);

        QCOMPARE(server.call("PUT", u"/api/rooms/den/members/Luis"_s, ana).status, 204);
        QCOMPARE(server.call("PUT", u"/api/rooms/den/members/Nobody"_s, ana).code(), u"no_such_user"_s);
        QCOMPARE(server.get(u"/api/rooms/den/messages"_s, luis).status, 200);
        QCOMPARE(server.call("DELETE", u"/api/rooms/den/members/Luis"_s, ana).status, 204);
        QCOMPARE(server.get(u"/api/rooms/den/messages"_s, luis).status, 404);
    }

    void passwordsOpenRooms()
    {
        ApiFixture server;
        const QByteArray ana = server.token(u"Ana"_s);
        const QByteArray luis = server.token(u"Luis"_s);
        const Answer made = server.call("POST", u"/api/rooms"_s, ana, R"({"name":"vault","password":"sesame"})");
        QCOMPARE(made.status, 201);
        QVERIFY(made.json().value("password"_L1).toBool());
        QVERIFY(!made.body.contains("sesame") && !made.body.contains("argon"));
        QCOMPARE(server.get(u"/api/rooms/vault/messages"_s, luis).code(), u"forbidden"_s);
        QCOMPARE(server.get(u"/api/rooms/vault/messages?password=open"_s, luis).code(), u"forbidden"_s);
        QCOMPARE(server.get(u"/api/rooms/vault/messages?password=sesame"_s, luis).status, 200);
        QCOMPARE(server.get(u"/api/rooms/vault/messages"_s, luis).status, 200);
    }

    void messagesAreListedAsTheyStand()
    {
        ApiFixture server;
        const QByteArray ana = server.token(u"Ana"_s);
        for (const QByteArray &word : {"one"_ba, "two"_ba, "three"_ba})
            QVERIFY(say(server, ana, word) > 0);
        const auto list = [&](const QString &query) -> QString {
            const Answer answer = server.get(u"/api/rooms/general/messages"_s % query, ana);
            QStringList contents;
            for (const QJsonValue &message : answer.json().value("messages"_L1).toArray())
                contents.append(message.toObject().value("content"_L1).toString());
            return contents.join(u' ') % (answer.json().value("has_more"_L1).toBool() ? u" +"_s : QString());
        };
        QCOMPARE(list(QString()), u"one two three"_s);
        QCOMPARE(list(u"?limit=2"_s), u"two three +"_s);
        QCOMPARE(list(u"?limit=0"_s), u"three +"_s);
        QCOMPARE(list(u"?after=1"_s), u"two three"_s);
        QCOMPARE(list(u"?before=3"_s), u"one two"_s);
        QCOMPARE(list(u"?q=two"_s), u"two"_s);
        QCOMPARE(server.get(u"/api/rooms/general/messages?limit=x"_s, ana).code(), u"invalid_field"_s);
    }

    void refMakesPublishingIdempotent()
    {
        ApiFixture server;
        const QByteArray ana = server.token(u"Ana"_s);
        const QByteArray body = R"({"content":"once","ref":"r1"})";
        const Answer first = server.call("POST", u"/api/rooms/general/messages"_s, ana, body);
        QCOMPARE(first.status, 201);
        QCOMPARE(server.call("POST", u"/api/rooms/general/messages"_s, ana, body).body, first.body);
    }

    void publishingTooFastIsRefused()
    {
        ApiFixture server({{u"limits.messages_per_second"_s, u"1"_s}, {u"limits.burst"_s, u"2"_s}});
        const QByteArray ana = server.token(u"Ana"_s);
        QVERIFY(say(server, ana, "a") > 0);
        QVERIFY(say(server, ana, "b") > 0);
        const Answer refused = server.call("POST", u"/api/rooms/general/messages"_s, ana, R"({"content":"c"})");
        QCOMPARE(refused.status, 429);
        QCOMPARE(refused.code(), u"too_many_requests"_s);
        QVERIFY(refused.headers.value("retry-after").toInt() >= 1);
        QVERIFY(say(server, server.token(u"Luis"_s), "d") > 0);
    }

    void contentIsJudged()
    {
        ApiFixture server({{u"limits.message_bytes"_s, u"1024"_s}});
        const QByteArray ana = server.token(u"Ana"_s);
        QCOMPARE(say(server, ana, " "), -422);
        QCOMPARE(say(server, ana, QByteArray(1025, 'x')), -413);
        QVERIFY(say(server, ana, QByteArray(1024, 'x')) > 0);
    }

    void exportHoldsTheWholeRoom()
    {
        ApiFixture server({{u"limits.messages_per_second"_s, u"0"_s}});
        const QByteArray ana = server.token(u"Ana"_s);
        constexpr int kMessages = 1200; // more than two pages
        QList<std::shared_ptr<QNetworkReply>> replies;
        for (int i = 0; i < kMessages; ++i) {
            auto request
                = server.requestTo(u"/api/rooms/general/messages"_s, ana, {{"Content-Type", "application/json"}});
            replies.emplaceBack(
                server.network.post(request, "{\"content\":\"message " + QByteArray::number(i) + "\"}"));
        }
        for (const auto &reply : replies)
            QCOMPARE(ApiFixture::await(*reply).status, 201);

        QCOMPARE(server.get(u"/api/rooms/general/export"_s, ana).code(), u"forbidden"_s);
        QCOMPARE(server.get(u"/api/rooms/general/export?format=pdf"_s, server.admin()).code(), u"invalid_field"_s);
        const Answer json = server.get(u"/api/rooms/general/export?format=json"_s, server.admin());
        QCOMPARE(json.status, 200);
        QVERIFY(json.headers.value("content-disposition").startsWith("attachment; filename=\"general.json\""));
        const QJsonArray entries = json.json().value("entries"_L1).toArray();
        QCOMPARE(entries.size(), kMessages);
        for (int i = 0; i < kMessages; ++i)
            QCOMPARE(entries.at(i).toObject().value("id"_L1).toInt(), i + 1);
        const Answer csv = server.get(u"/api/rooms/general/export?format=csv"_s, server.admin());
        QVERIFY(csv.body.startsWith("id,timestamp,type,user,content,target,file"));
        QVERIFY(
            server.get(u"/api/rooms/general/export?format=txt"_s, server.admin()).body.contains("] Ana: message 7"));
    }
};

QTEST_GUILESS_MAIN(TestRoomsApi)
#include "tst_roomsapi.moc"
