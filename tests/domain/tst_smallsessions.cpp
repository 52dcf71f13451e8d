// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/door.h"
#include "domain/echosession.h"
#include "domain/gamerelay.h"
#include "metrics/metrics.h"
#include "settings/serversettings.h"
#include "support/fakeclock.h"
#include "support/fakeconnection.h"

#include <QJsonArray>
#include <QTest>

using namespace tertulia;
using namespace Qt::StringLiterals;

/// The sockets beside the chat, and the door.
class TestSmallSessions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void echoAnswers_data();
    void echoAnswers();
    void clientIdIsANumber();
    void whoSendsTooFastIsToldThenCut();
    void gameRelaysToTheOthersAlone();
    void playersComeAndGoByPerson();
    void doorAsksOncePerPerson();
    void whoLeftTheDoorIsNotAnswered();

private:
    [[nodiscard]] MessageGate gate() { return {m_settings, m_clock, m_metrics}; }
    static QStringList players(const QJsonObject &event);

    FakeClock m_clock;
    ServerSettings m_settings; // a rate of 0: no limit
    Metrics m_metrics {m_clock};
};

void TestSmallSessions::echoAnswers_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("code");
    QTest::newRow("ping") << R"({"type":"ping"})"_ba << u"pong"_s << QString();
    QTest::newRow("message") << R"({"type":"message","content":[1,"x"]})"_ba << u"echo"_s << QString();
    QTest::newRow("no content") << R"({"type":"message"})"_ba << u"error"_s << u"invalid_field"_s;
    QTest::newRow("unknown type") << R"({"type":"join"})"_ba << u"error"_s << u"unknown_type"_s;
    QTest::newRow("no type") << "{}"_ba << u"error"_s << u"invalid_message"_s;
    QTest::newRow("array") << "[1]"_ba << u"error"_s << u"invalid_message"_s;
    QTest::newRow("number") << "5"_ba << u"error"_s << u"invalid_message"_s;
    QTest::newRow("two numbers") << "1,2"_ba << u"error"_s << u"invalid_json"_s;
    QTest::newRow("no JSON") << "hola"_ba << u"error"_s << u"invalid_json"_s;
    QTest::newRow("empty") << ""_ba << u"error"_s << u"invalid_json"_s;
}

void TestSmallSessions::echoAnswers()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QString, type);
    QFETCH(const QString, code);
    FakeConnection connection;
    EchoSession session(connection, EchoKind::Service, {}, m_clock, gate());
    QCOMPARE(connection.take().constFirst().value("type"_L1).toString(), u"welcome"_s);
    session.textReceived(text);
    QCOMPARE(connection.messages.size(), 1);
    const QJsonObject answer = connection.messages.constFirst();
    QCOMPARE(answer.value("type"_L1).toString(), type);
    QCOMPARE(answer.value("code"_L1).toString(), code);
    if (type == u"echo")
        QCOMPARE(answer.value("data"_L1).toArray(), QJsonArray({1, u"x"_s}));
    QVERIFY(!connection.closedWith);
    session.binaryReceived("\0\xff"_ba);
    QCOMPARE(connection.binary, QList<QByteArray>({"\0\xff"_ba}));
}

void TestSmallSessions::clientIdIsANumber()
{
    FakeConnection connection;
    const EchoSession session(connection, EchoKind::Service, "007", m_clock, gate());
    QCOMPARE(connection.messages.constFirst().value("client_id"_L1).toInt(), 7);
}

void TestSmallSessions::whoSendsTooFastIsToldThenCut()
{
    m_settings.messagesPerSecond = 20;
    m_settings.burst = 4;
    FakeConnection connection;
    EchoSession session(connection, EchoKind::Mirror, {}, m_clock, gate());
    for (int i = 0; i < 4; ++i)
        session.binaryReceived("x");
    QCOMPARE(connection.binary.size(), 4);
    session.binaryReceived("x");
    QCOMPARE(connection.binary.size(), 4);
    QCOMPARE(connection.messages.constLast().value("code"_L1).toString(), u"rate_limited"_s);
    QVERIFY(connection.messages.constLast().value("retry_ms"_L1).toInt() > 0);
    for (int i = 1; i < 39; ++i)
        session.binaryReceived("x");
    QVERIFY(!connection.closedWith);
    session.binaryReceived("x"); // the fortieth refusal in a row
    QCOMPARE(connection.closedWith, CloseCode::PolicyViolation);
    m_settings = {};
}

QStringList TestSmallSessions::players(const QJsonObject &event)
{
    QStringList names;
    const QJsonArray listed = event.value("players"_L1).toArray();
    for (const QJsonValue &name : listed)
        names.append(name.toString());
    return names;
}

void TestSmallSessions::gameRelaysToTheOthersAlone()
{
    GameRelay relay;
    FakeConnection ana;
    FakeConnection eva;
    FakeConnection ida;
    GameSession first(relay, u"chess"_s, ana, {u"1"_s, u"Ana"_s, Role::Guest}, gate());
    GameSession second(relay, u"chess"_s, eva, {u"2"_s, u"Eva"_s, Role::Guest}, gate());
    GameSession elsewhere(relay, u"go"_s, ida, {u"3"_s, u"Ida"_s, Role::Guest}, gate());
    ana.messages.clear();
    eva.messages.clear();
    ida.messages.clear();
    first.textReceived(R"({"move":"e4"})");
    first.binaryReceived("\x01");
    QCOMPARE(eva.messages.size(), 1);
    QCOMPARE(eva.messages.constFirst().value("move"_L1).toString(), u"e4"_s);
    QCOMPARE(eva.binary, QList<QByteArray>({"\x01"_ba}));
    QVERIFY(ana.messages.isEmpty() && ana.binary.isEmpty());
    QVERIFY(ida.messages.isEmpty() && ida.binary.isEmpty());
    for (GameSession *session : {&first, &second, &elsewhere})
        session->ended({});
    QCOMPARE(relay.count(), 0);
}

void TestSmallSessions::playersComeAndGoByPerson()
{
    GameRelay relay;
    FakeConnection ana;
    FakeConnection eva;
    FakeConnection again;
    GameSession first(relay, u"chess"_s, ana, {u"1"_s, u"Ana"_s, Role::Guest}, gate());
    GameSession second(relay, u"chess"_s, eva, {u"2"_s, u"Eva"_s, Role::Guest}, gate());
    QCOMPARE(players(ana.messages.constLast()), QStringList({u"Ana"_s, u"Eva"_s}));
    ana.messages.clear();
    GameSession third(relay, u"chess"_s, again, {u"2"_s, u"Eva"_s, Role::Guest}, gate());
    QVERIFY(ana.messages.isEmpty());
    QCOMPARE(players(again.messages.constLast()), QStringList({u"Ana"_s, u"Eva"_s}));
    second.ended({});
    QVERIFY(ana.messages.isEmpty());
    third.ended({});
    QCOMPARE(ana.messages.constLast().value("event"_L1).toString(), u"player_left"_s);
    QCOMPARE(ana.messages.constLast().value("player"_L1).toString(), u"Eva"_s);
    QCOMPARE(players(ana.messages.constLast()), QStringList({u"Ana"_s}));
    first.ended({});
}

void TestSmallSessions::doorAsksOncePerPerson()
{
    Door door(m_clock);
    QList<bool> ana;
    QList<bool> eva;
    DoorKnock draft;
    draft.name = u"Ana"_s;
    const QString first = door.knock(u"ana"_s, draft, [&ana](bool admitted) { ana.append(admitted); });
    (void)door.knock(u"ana"_s, draft, [&ana](bool admitted) { ana.append(admitted); });
    const QString other = door.knock(u"eva"_s, {}, [&eva](bool admitted) { eva.append(admitted); });
    QCOMPARE(door.waiting().size(), 3);
    QCOMPARE(door.waiting().constFirst().since, m_clock.now());
    QVERIFY(door.answer(first, true));
    QCOMPARE(ana, QList<bool>({true, true}));
    QVERIFY(door.isAdmitted(u"ana"_s));
    QVERIFY(!door.answer(first, false));
    QVERIFY(door.answer(other, false));
    QCOMPARE(eva, QList<bool>({false}));
    QVERIFY(!door.isAdmitted(u"eva"_s));
    QVERIFY(door.waiting().isEmpty());
}

void TestSmallSessions::whoLeftTheDoorIsNotAnswered()
{
    Door door(m_clock);
    bool isAnswered = false;
    const QString id = door.knock(u"ana"_s, {}, [&isAnswered](bool) { isAnswered = true; });
    door.withdraw(id);
    QVERIFY(!door.answer(id, true));
    QVERIFY(!isAnswered);
    QVERIFY(!door.isAdmitted(u"ana"_s));
}

QTEST_APPLESS_MAIN(TestSmallSessions)
#include "tst_smallsessions.moc"
