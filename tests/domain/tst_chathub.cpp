// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/chatfixture.h"

#include <QJsonArray>

using namespace tertulia;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestChatHub : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyoneSeesTheSameEntries();
    void commandsWaitForTheJoinBeforeThem();
    void refusals_data();
    void refusals();
    void newcomerMissesNothingAndSeesNothingTwice();
    void streamMissesNothingAndSeesNothingTwice();
    void lostConnectionIsToldAfterTheGrace();
    void secondConnectionIsNoSecondComing();
    void crowdsAreSummedUp();
    void roomMadeByJoiningGoesWithItsLastMember();
    void directMessageReachesBothWithoutJoining();
    void unreadCountsWhatOthersSaidSinceTheMark();
    void slowModeAndReadOnlySpareTheOwner();
    void roomPasswordIsAskedFor();
    void floodingIsClosed();
    void doorKeepsNewcomersWaiting();

private:
    static QByteArray chat(const QByteArray &room, const QByteArray &content, const QByteArray &more = {})
    {
        return "{\"type\":\"chat\",\"room\":\"" + room + "\",\"content\":\"" + content + "\"" + more + "}";
    }
};

void TestChatHub::everyoneSeesTheSameEntries()
{
    ChatFixture fixture;
    ChatFixture::Client ana(fixture, u"Ana"_s);
    ChatFixture::Client luis(fixture, u"Luis"_s);
    ana.join("general");
    luis.join("GENERAL");
    QCOMPARE(ana.await(u"system"_s).value("event"_L1).toString(), u"user_joined"_s);
    ana.say(chat("general", "one", ",\"ref\":\"a\""));
    luis.say(chat("general", "two", ",\"ref\":\"b\""));
    ana.say(chat("general", "one", ",\"ref\":\"a\""));
    QList<int> seen;
    for (int i = 0; i < 2; ++i)
        seen.append(luis.await(u"chat"_s).value("id"_L1).toInt());
    QCOMPARE(seen, (QList<int> {1, 2}));
    QTRY_COMPARE(std::count_if(ana.connection.messages.cbegin(), ana.connection.messages.cend(),
                     [](const QJsonObject &message) { return message.value("type"_L1) == u"ack"_s; }),
        2);
    for (const QJsonObject &message : std::as_const(ana.connection.messages)) {
        if (message.value("type"_L1) == u"ack"_s)
            QCOMPARE(message.value("id"_L1).toInt(), 1); // the same ref is the same entry
    }
}

void TestChatHub::commandsWaitForTheJoinBeforeThem()
{
    ChatFixture fixture;
    ChatFixture::Client ana(fixture, u"Ana"_s);
    ana.say("{\"type\":\"join\",\"room\":\"new-room\"}"_ba);
    ana.say(chat("new-room", "at once"));
    QCOMPARE(ana.await(u"joined"_s).value("room"_L1).toString(), u"new-room"_s);
    QCOMPARE(ana.await(u"ack"_s).value("id"_L1).toInt(), 1);
}

void TestChatHub::refusals_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("code");
    QTest::newRow("not joined") << chat("side", "x") << u"not_joined"_s;
    QTest::newRow("no room") << chat("nowhere", "x") << u"no_such_room"_s;
    QTest::newRow("blank") << chat("general", "  \\n ") << u"invalid_field"_s;
    QTest::newRow("too large") << chat("general", QByteArray(16385, 'x')) << u"too_large"_s;
    QTest::newRow("reply to nothing") << chat("general", "x", ",\"reply_to\":99") << u"no_such_entry"_s;
    QTest::newRow("edit nothing") << "{\"type\":\"edit\",\"room\":\"general\",\"target\":9,\"content\":\"x\"}"_ba
                                  << u"no_such_entry"_s;
    QTest::newRow("edit another's") << "{\"type\":\"edit\",\"room\":\"general\",\"target\":1,\"content\":\"x\"}"_ba
                                    << u"forbidden"_s;
    QTest::newRow("delete another's") << "{\"type\":\"delete\",\"room\":\"general\",\"target\":1}"_ba << u"forbidden"_s;
    QTest::newRow("nobody") << "{\"type\":\"direct\",\"to\":\"Nobody\",\"content\":\"x\"}"_ba << u"no_such_user"_s;
    QTest::newRow("oneself") << "{\"type\":\"direct\",\"to\":\"ana\",\"content\":\"x\"}"_ba << u"invalid_field"_s;
    QTest::newRow("bad room name") << "{\"type\":\"join\",\"room\":\"a b\"}"_ba << u"invalid_name"_s;
    QTest::newRow("hidden prefix") << "{\"type\":\"join\",\"room\":\"direct-x\"}"_ba << u"invalid_name"_s;
    QTest::newRow("leave what one is not in") << "{\"type\":\"leave\",\"room\":\"side\"}"_ba << u"not_joined"_s;
}

void TestChatHub::refusals()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, code);
    ChatFixture fixture;
    ChatFixture::Client luis(fixture, u"Luis"_s);
    luis.join("general");
    luis.join("side");
    luis.say(chat("general", "mine"));
    luis.await(u"ack"_s);
    ChatFixture::Client ana(fixture, u"Ana"_s);
    ana.join("general");
    ana.say(text);
    QCOMPARE(ana.await(u"error"_s).value("code"_L1).toString(), code);
    QVERIFY(!ana.connection.closedWith);
}

void TestChatHub::newcomerMissesNothingAndSeesNothingTwice()
{
    ChatFixture fixture;
    fixture.settings.messagesPerSecond = 0;
    ChatFixture::Client writer(fixture, u"Writer"_s);
    writer.join("general");
    constexpr int kMessages = 400;
    std::vector<std::unique_ptr<ChatFixture::Client>> readers;
    for (int i = 0; i < kMessages; ++i) {
        writer.say(chat("general", "m"));
        if (i % 10 == 5) {
            readers.push_back(std::make_unique<ChatFixture::Client>(fixture, u"Reader"_s + QString::number(i)));
            readers.back()->say("{\"type\":\"join\",\"room\":\"general\",\"since\":0}"_ba);
        }
        // Turns of the loop of different length between the messages: the store answers when it likes.
        for (int turn = 0; turn < i % 4; ++turn)
            QCoreApplication::processEvents();
    }
    QTRY_COMPARE(fixture.rooms->find(u"general"_s)->record.lastId, EntryId(kMessages));
    for (const auto &reader : readers) {
        QList<int> seen;
        const auto collect = [&] {
            seen.clear();
            for (const QJsonObject &message : std::as_const(reader->connection.messages)) {
                const QJsonArray entries = message.value("entries"_L1).toArray();
                for (const QJsonValue &entry : entries)
                    seen.append(entry.toObject().value("id"_L1).toInt());
                if (message.value("type"_L1) == u"chat"_s)
                    seen.append(message.value("id"_L1).toInt());
            }
            return seen.size() >= kMessages;
        };
        QVERIFY(QTest::qWaitFor(collect));
        QList<int> expected;
        for (int id = 1; id <= kMessages; ++id)
            expected.append(id);
        QCOMPARE(seen, expected);
    }
}

void TestChatHub::streamMissesNothingAndSeesNothingTwice()
{
    ChatFixture fixture;
    ChatFixture::Client writer(fixture, u"Writer"_s);
    writer.join("general");
    constexpr int kMessages = 1300; // more than two pages
    FakeConnection stream(Wire::EventStream);
    for (int i = 0; i < kMessages; ++i) {
        writer.say(chat("general", "m"));
        if (i == 1100)
            fixture.hub->subscribeStream(*fixture.rooms->find(u"general"_s), stream, EntryId(0));
        if (i % 50 == 0)
            QCoreApplication::processEvents();
    }
    const auto ids = [&stream] {
        QList<int> seen;
        for (const QJsonObject &message : std::as_const(stream.messages))
            seen.append(message.value("id"_L1).toInt());
        return seen;
    };
    QTRY_COMPARE(ids().size(), kMessages);
    for (int i = 0; i < kMessages; ++i)
        QCOMPARE(ids().at(i), i + 1);
    fixture.hub->unsubscribeStream(stream);

    FakeConnection stranger(Wire::EventStream);
    fixture.hub->subscribeStream(*fixture.rooms->find(u"general"_s), stranger, EntryId(99999));
    QCOMPARE(stranger.messages.size(), 1);
    QCOMPARE(stranger.messages.first().value("last_id"_L1).toInt(), kMessages);
    fixture.hub->unsubscribeStream(stranger);
}

void TestChatHub::lostConnectionIsToldAfterTheGrace()
{
    ChatFixture fixture;
    ChatFixture::Client ana(fixture, u"Ana"_s);
    ana.join("general");
    {
        ChatFixture::Client luis(fixture, u"Luis"_s);
        luis.join("general");
        QCOMPARE(ana.await(u"system"_s).value("event"_L1).toString(), u"user_joined"_s);
        luis.end(1006, false);
    }
    {
        // Back within the time: nobody hears of it.
        ChatFixture::Client luis(fixture, u"Luis"_s);
        luis.join("general");
        fixture.clock.advance(100ms);
        QTest::qWait(60);
        QVERIFY(ana.connection.last(u"system"_s).isEmpty());
        luis.end(1006, false);
    }
    QVERIFY(ana.connection.last(u"system"_s).isEmpty());
    fixture.clock.advance(100ms);
    const QJsonObject left = ana.await(u"system"_s);
    QCOMPARE(left.value("event"_L1).toString(), u"user_left"_s);
    QCOMPARE(left.value("data"_L1).toObject().value("reason"_L1).toString(), u"connection_lost"_s);
}

void TestChatHub::secondConnectionIsNoSecondComing()
{
    ChatFixture fixture;
    ChatFixture::Client ana(fixture, u"Ana"_s);
    ana.join("general");
    ChatFixture::Client phone(fixture, u"Luis"_s);
    phone.join("general");
    ana.await(u"system"_s);
    ChatFixture::Client laptop(fixture, u"Luis"_s);
    const QJsonObject joined = laptop.join("general");
    QCOMPARE(joined.value("member_count"_L1).toInt(), 2);
    phone.end(1000, true);
    QCoreApplication::processEvents();
    QVERIFY(ana.connection.last(u"system"_s).isEmpty());
    laptop.end(1000, true);
    QCOMPARE(ana.await(u"system"_s).value("event"_L1).toString(), u"user_left"_s);
}

void TestChatHub::crowdsAreSummedUp()
{
    ChatFixture fixture;
    ChatFixture::Client ana(fixture, u"Ana"_s);
    ana.join("general");
    std::vector<std::unique_ptr<ChatFixture::Client>> crowd;
    for (int i = 0; i < 400; ++i) {
        crowd.push_back(std::make_unique<ChatFixture::Client>(fixture, u"Guest-"_s + QString::number(i), Role::Guest));
        crowd.back()->say("{\"type\":\"join\",\"room\":\"general\"}"_ba);
    }
    // Two readers of the store answer in any order: who asked last need not be the last to enter.
    QTRY_COMPARE(fixture.rooms->find(u"general"_s)->members().size(), std::size_t(401));
    const QJsonObject joined = crowd.back()->await(u"joined"_s);
    QVERIFY(joined.value("member_count"_L1).toInt() > 200);
    QCOMPARE(joined.value("members"_L1).toArray().size(), 200);
    fixture.clock.advance(2s); // the next summary of a crowd is told a second after the last
    QTRY_COMPARE(ana.connection.last(u"presence"_s).value("member_count"_L1).toInt(), 401);
    int told = 0;
    for (const QJsonObject &message : std::as_const(ana.connection.messages))
        told += message.value("type"_L1) == u"system"_s || message.value("type"_L1) == u"presence"_s ? 1 : 0;
    QVERIFY2(told <= 202, qPrintable(QString::number(told)));
}

void TestChatHub::roomMadeByJoiningGoesWithItsLastMember()
{
    ChatFixture fixture;
    {
        ChatFixture::Client ana(fixture, u"Ana"_s);
        ana.join("empty");
        ana.join("kept");
        ana.say(chat("kept", "x"));
        ana.await(u"ack"_s);
        QVERIFY(fixture.rooms->find(u"empty"_s));
    }
    QTRY_VERIFY(!fixture.rooms->find(u"empty"_s));
    QVERIFY(fixture.rooms->find(u"kept"_s));
}

void TestChatHub::directMessageReachesBothWithoutJoining()
{
    ChatFixture fixture;
    ChatFixture::Client ana(fixture, u"Ana"_s);
    ChatFixture::Client luis(fixture, u"Luis"_s);
    ChatFixture::Client eva(fixture, u"Eva"_s);
    ana.say("{\"type\":\"direct\",\"to\":\"luis\",\"content\":\"psst\",\"ref\":\"d\"}"_ba);
    const QJsonObject ack = ana.await(u"ack"_s);
    QVERIFY(!ack.value("room"_L1).toString().isEmpty());
    QCOMPARE(luis.await(u"chat"_s).value("content"_L1).toString(), u"psst"_s);
    luis.say(chat(ack.value("room"_L1).toString().toUtf8(), "what?"));
    QCOMPARE(luis.await(u"ack"_s).value("id"_L1).toInt(), 2);
    ana.await(u"chat"_s);
    for (const QJsonObject &message : std::as_const(eva.connection.messages))
        QVERIFY(message.value("type"_L1) != u"chat"_s);
    eva.say("{\"type\":\"join\",\"room\":\""_ba + ack.value("room"_L1).toString().toUtf8() + "\"}");
    QCOMPARE(eva.await(u"error"_s).value("code"_L1).toString(), u"no_such_room"_s);
}

void TestChatHub::unreadCountsWhatOthersSaidSinceTheMark()
{
    ChatFixture fixture;
    ChatFixture::Client luis(fixture, u"Luis"_s);
    luis.join("general");
    {
        ChatFixture::Client ana(fixture, u"Ana"_s);
        QCOMPARE(ana.join("general").value("unread"_L1).toInt(), 0);
        ana.say(chat("general", "own"));
        ana.await(u"ack"_s);
    }
    for (int i = 0; i < 3; ++i)
        luis.say(chat("general", "x"));
    QTRY_COMPARE(fixture.rooms->find(u"general"_s)->record.lastId, EntryId(4));
    ChatFixture::Client ana(fixture, u"Ana"_s);
    const QJsonArray rooms = ana.await(u"welcome"_s).value("rooms"_L1).toArray();
    QCOMPARE(rooms.first().toObject().value("unread"_L1).toInt(), 3);
    ChatFixture::Client phone(fixture, u"Ana"_s);
    phone.await(u"welcome"_s);
    ana.join("general");
    ana.say("{\"type\":\"read\",\"room\":\"general\",\"id\":3}"_ba);
    QCOMPARE(phone.await(u"read"_s).value("id"_L1).toInt(), 3);
    QCOMPARE(phone.join("general").value("unread"_L1).toInt(), 1);
}

void TestChatHub::slowModeAndReadOnlySpareTheOwner()
{
    ChatFixture fixture;
    ChatFixture::Client owner(fixture, u"Owner"_s);
    ChatFixture::Client ana(fixture, u"Ana"_s);
    owner.join("slow");
    ana.join("slow");
    RoomDraft draft;
    draft.slowModeSeconds = 10;
    fixture.hub->changeRoom(*fixture.rooms->find(u"slow"_s), draft, fixture.hub.get(), [](const Result<Room *> &) {});
    QTRY_COMPARE(ana.connection.last(u"system"_s).value("event"_L1).toString(), u"room_changed"_s);
    ana.say(chat("slow", "1"));
    ana.await(u"ack"_s);
    ana.say(chat("slow", "2"));
    const QJsonObject error = ana.await(u"error"_s);
    QCOMPARE(error.value("code"_L1).toString(), u"slow_mode"_s);
    QCOMPARE(error.value("temporary"_L1).toBool(), true);
    fixture.clock.advance(11s);
    ana.say(chat("slow", "3"));
    QCOMPARE(ana.await(u"ack"_s).value("id"_L1).toInt(), 2);
    for (int i = 0; i < 2; ++i) {
        owner.say(chat("slow", "free"));
        QVERIFY(!owner.await(u"ack"_s).isEmpty());
    }
    draft = RoomDraft();
    draft.readOnly = true;
    fixture.hub->changeRoom(*fixture.rooms->find(u"slow"_s), draft, fixture.hub.get(), [](const Result<Room *> &) {});
    QTRY_VERIFY(fixture.rooms->find(u"slow"_s)->record.readOnly);
    fixture.clock.advance(11s);
    ana.say(chat("slow", "4"));
    QCOMPARE(ana.await(u"error"_s).value("code"_L1).toString(), u"forbidden"_s);
    owner.say(chat("slow", "5"));
    QVERIFY(!owner.await(u"ack"_s).isEmpty());
}

void TestChatHub::roomPasswordIsAskedFor()
{
    ChatFixture fixture;
    ChatFixture::Client owner(fixture, u"Owner"_s);
    RoomDraft draft;
    draft.name = u"closed"_s;
    draft.passwordHash = *PasswordHasher::hashNow(u"sesame"_s, PasswordKind::Room, PasswordCost::cheapest());
    Principal who;
    who.user = {u"id-Owner"_s, u"Owner"_s, Role::Member};
    fixture.hub->createRoom(who, draft, fixture.hub.get(), [](const Result<Room *> &) {});
    QTRY_VERIFY(fixture.rooms->find(u"closed"_s));
    ChatFixture::Client ana(fixture, u"Ana"_s);
    ana.say("{\"type\":\"join\",\"room\":\"closed\"}"_ba);
    QCOMPARE(ana.await(u"error"_s).value("code"_L1).toString(), u"forbidden"_s);
    ana.say("{\"type\":\"join\",\"room\":\"closed\",\"password\":\"wrong\"}"_ba);
    QCOMPARE(ana.await(u"error"_s).value("code"_L1).toString(), u"forbidden"_s);
    Principal visitor;
    visitor.user = {u"id-Ana"_s, u"Ana"_s, Role::Member};
    QCOMPARE(fixture.hub->readableRoom(u"closed"_s, visitor).error().code, ErrorCode::Forbidden);
    ana.say("{\"type\":\"join\",\"room\":\"closed\",\"password\":\"sesame\"}"_ba);
    QCOMPARE(ana.await(u"joined"_s).value("room"_L1).toString(), u"closed"_s);
    QVERIFY(fixture.hub->readableRoom(u"closed"_s, visitor));
    owner.join("closed");
}

void TestChatHub::floodingIsClosed()
{
    ChatFixture fixture;
    fixture.settings.messagesPerSecond = 1;
    fixture.settings.burst = 2;
    ChatFixture::Client ana(fixture, u"Ana"_s);
    for (int i = 0; i < 10; ++i)
        ana.say("{\"type\":\"ping\",\"ref\":\"r\"}"_ba);
    const QJsonObject error = ana.await(u"error"_s);
    QCOMPARE(error.value("code"_L1).toString(), u"rate_limited"_s);
    QVERIFY(error.value("retry_ms"_L1).toInt() > 0);
    QCOMPARE(error.value("ref"_L1).toString(), u"r"_s);
    QVERIFY(!ana.connection.closedWith);
    for (int i = 0; i < 20; ++i)
        ana.say("{\"type\":\"ping\"}"_ba);
    QCOMPARE(ana.connection.closedWith.value_or(CloseCode::Normal), CloseCode::PolicyViolation);
}

void TestChatHub::doorKeepsNewcomersWaiting()
{
    ChatFixture fixture;
    fixture.settings.door = true;
    ChatFixture::Client ana(fixture, u"Ana"_s);
    ana.await(u"waiting"_s);
    ana.say("{\"type\":\"join\",\"room\":\"general\"}"_ba);
    QCOMPARE(ana.await(u"error"_s).value("code"_L1).toString(), u"forbidden"_s);
    QCOMPARE(fixture.door->waiting().size(), 1);
    QVERIFY(fixture.door->answer(fixture.door->waiting().first().id, true));
    QVERIFY(!ana.await(u"admitted"_s).isEmpty());
    QVERIFY(!ana.join("general").isEmpty());
    ChatFixture::Client luis(fixture, u"Luis"_s);
    luis.await(u"waiting"_s);
    QVERIFY(fixture.door->answer(fixture.door->waiting().first().id, false));
    QCOMPARE(luis.connection.closedWith.value_or(CloseCode::Normal), CloseCode::Kicked);
}

QTEST_GUILESS_MAIN(TestChatHub)
#include "tst_chathub.moc"
