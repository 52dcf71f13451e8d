// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/signinthrottle.h"
#include "support/fakeclock.h"

#include <QTest>

using namespace tertulia;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestSignInThrottle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tenFailuresForANameRefuseIt();
    void tenFailuresFromAnAddressRefuseIt();
    void theWindowSlides();
    void spellingsOfANameAndAnAddressAreOne();
    void memoryIsBoundedAndTheLatestStays();
    void wallClockDoesNotMatter();
};

void TestSignInThrottle::tenFailuresForANameRefuseIt()
{
    FakeClock clock;
    SignInThrottle throttle(clock);
    for (int i = 0; i < 10; ++i) {
        QVERIFY(throttle.check(u"Ana"_s, u"10.0.0.99"_s).isOk());
        throttle.failed(u"Ana"_s, u"10.0.0.%1"_s.arg(i));
    }
    const auto refused = throttle.check(u"Ana"_s, u"10.0.0.99"_s);
    QVERIFY(!refused.isOk());
    QCOMPARE(refused.error().code, ErrorCode::TooManyRequests);
    QCOMPARE(refused.error().retryAfterMs, 60000);
    QVERIFY(throttle.check(u"Bo"_s, u"10.0.0.99"_s).isOk());
    QVERIFY(throttle.check(u"Bo"_s, u"10.0.0.1"_s).isOk());
}

void TestSignInThrottle::tenFailuresFromAnAddressRefuseIt()
{
    FakeClock clock;
    SignInThrottle throttle(clock);
    for (int i = 0; i < 10; ++i)
        throttle.failed(u"name%1"_s.arg(i), u"10.0.0.1"_s);
    QVERIFY(!throttle.check(u"Ana"_s, u"10.0.0.1"_s).isOk());
    QVERIFY(!throttle.check(QString(), u"10.0.0.1"_s).isOk());
    QVERIFY(throttle.check(u"Ana"_s, u"10.0.0.2"_s).isOk());
}

void TestSignInThrottle::theWindowSlides()
{
    FakeClock clock;
    SignInThrottle throttle(clock);
    for (int i = 0; i < 10; ++i) {
        throttle.failed(u"Ana"_s, u"10.0.0.1"_s);
        clock.advance(1s);
    }
    const auto refused = throttle.check(u"Ana"_s, QString());
    QCOMPARE(refused.error().retryAfterMs, 50000);
    clock.advance(49500ms);
    QCOMPARE(throttle.check(u"Ana"_s, QString()).error().retryAfterMs, 1000);
    clock.advance(500ms);
    QVERIFY(throttle.check(u"Ana"_s, u"10.0.0.1"_s).isOk());
    throttle.failed(u"Ana"_s, u"10.0.0.1"_s);
    QVERIFY(!throttle.check(u"Ana"_s, QString()).isOk());
    clock.advance(1s);
    QVERIFY(throttle.check(u"Ana"_s, QString()).isOk());
}

void TestSignInThrottle::spellingsOfANameAndAnAddressAreOne()
{
    FakeClock clock;
    SignInThrottle throttle(clock);
    for (int i = 0; i < 5; ++i) {
        throttle.failed(u"ANA"_s, u"::ffff:10.0.0.1"_s);
        throttle.failed(u"ana"_s, u"10.0.0.1"_s);
    }
    QVERIFY(!throttle.check(u"Ana"_s, QString()).isOk());
    QVERIFY(!throttle.check(QString(), u"10.0.0.1"_s).isOk());
    QCOMPARE(throttle.size(), 2);
}

void TestSignInThrottle::memoryIsBoundedAndTheLatestStays()
{
    FakeClock clock;
    SignInThrottle throttle(clock, 100);
    for (int i = 0; i < 1000; ++i)
        throttle.failed(u"name%1"_s.arg(i), u"10.0.0.1"_s);
    QCOMPARE(throttle.size(), 100);
    QVERIFY(!throttle.check(QString(), u"10.0.0.1"_s).isOk());
}

void TestSignInThrottle::wallClockDoesNotMatter()
{
    FakeClock clock;
    SignInThrottle throttle(clock);
    for (int i = 0; i < 10; ++i)
        throttle.failed(u"Ana"_s, QString());
    clock.jump(24h);
    QVERIFY(!throttle.check(u"Ana"_s, QString()).isOk());
    clock.jump(-48h);
    clock.advance(60s);
    QVERIFY(throttle.check(u"Ana"_s, QString()).isOk());
}

QTEST_GUILESS_MAIN(TestSignInThrottle)
#include "tst_signinthrottle.moc"
