// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/ticketoffice.h"
#include "support/fakeclock.h"

#include <QSet>
#include <QTest>

using namespace tertulia;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestTicketOffice : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ticketServesOnce();
    void ticketEndsAfterThirtySeconds();
    void ticketEndsWithItsToken();
    void madeUpTicketIsNothing();
    void countIsBounded();
    void expiredOnesMakeRoom();

private:
    [[nodiscard]] static TokenClaims claims(const Clock &clock, const QString &userId = u"u1"_s)
    {
        return {{userId, u"Ana"_s, Role::Member}, u"j1"_s, clock.now(), clock.now() + 1h};
    }
};

void TestTicketOffice::ticketServesOnce()
{
    FakeClock clock;
    TicketOffice office(clock);
    const auto ticket = office.issue(claims(clock));
    QVERIFY(ticket.isOk());
    QCOMPARE(ticket->text.size(), 43);
    QVERIFY(ticket->expiresAt == clock.now() + 30s);
    const auto holder = office.redeem(ticket->text);
    QVERIFY(holder.has_value());
    QCOMPARE(holder->user.id, u"u1"_s);
    QCOMPARE(holder->tokenId, u"j1"_s);
    QVERIFY(!office.redeem(ticket->text).has_value());
}

void TestTicketOffice::ticketEndsAfterThirtySeconds()
{
    FakeClock clock;
    TicketOffice office(clock);
    const QByteArray first = office.issue(claims(clock))->text;
    clock.advance(29999ms);
    const QByteArray second = office.issue(claims(clock))->text;
    clock.advance(1ms);
    QVERIFY(!office.redeem(first).has_value());
    QVERIFY(office.redeem(second).has_value());
}

void TestTicketOffice::ticketEndsWithItsToken()
{
    FakeClock clock;
    TicketOffice office(clock);
    TokenClaims shortLived = claims(clock);
    shortLived.expiresAt = clock.now() + 5s;
    const auto ticket = office.issue(shortLived);
    QVERIFY(ticket->expiresAt == shortLived.expiresAt);
    clock.advance(5s);
    QVERIFY(!office.redeem(ticket->text).has_value());
}

void TestTicketOffice::madeUpTicketIsNothing()
{
    FakeClock clock;
    TicketOffice office(clock);
    const QByteArray ticket = office.issue(claims(clock))->text;
    for (const QByteArray &wrong : {QByteArray(), "x"_ba, ticket.chopped(1), QByteArray(ticket + '='),
             QByteArray(43, 'A'), QByteArray(100000, 'A')})
        QVERIFY(!office.redeem(wrong).has_value());
    QVERIFY(office.redeem(ticket).has_value());
}

void TestTicketOffice::countIsBounded()
{
    FakeClock clock;
    TicketOffice office(clock, 10, 4);
    for (int i = 0; i < 4; ++i)
        QVERIFY(office.issue(claims(clock, u"u1"_s)).isOk());
    QCOMPARE(office.issue(claims(clock, u"u1"_s)).error().code, ErrorCode::TooManyRequests);
    for (int i = 0; i < 4; ++i)
        QVERIFY(office.issue(claims(clock, u"u2"_s)).isOk());
    for (int i = 0; i < 2; ++i)
        QVERIFY(office.issue(claims(clock, u"u3"_s)).isOk());
    QCOMPARE(office.issue(claims(clock, u"u3"_s)).error().code, ErrorCode::TooManyRequests);
    QCOMPARE(office.size(), 10);
}

void TestTicketOffice::expiredOnesMakeRoom()
{
    FakeClock clock;
    TicketOffice office(clock, 100, 2);
    QSet<QByteArray> texts;
    for (int i = 0; i < 50; ++i) {
        const auto first = office.issue(claims(clock));
        const auto second = office.issue(claims(clock));
        QVERIFY(first.isOk() && second.isOk());
        texts << first->text << second->text;
        QVERIFY(office.redeem(first->text).has_value());
        clock.advance(30s);
    }
    QCOMPARE(texts.size(), 100);
    QCOMPARE(office.size(), 1);
}

QTEST_GUILESS_MAIN(TestTicketOffice)
#include "tst_ticketoffice.moc"
