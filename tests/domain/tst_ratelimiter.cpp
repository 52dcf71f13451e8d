// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/ratelimiter.h"
#include "support/fakeclock.h"

#include <QTest>

using namespace tertulia;
using namespace std::chrono_literals;

class TestRateLimiter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void burstPassesAndThenTheRate();
    void refusalTellsWhenToComeBack();
    void overALongTimeTheRateHolds();
    void noLimitRefusesNothing();
    void refusalsInARowAreFlooding();
    void changedRateHoldsAtOnce();
    void idleOnceFullAgain();
};

void TestRateLimiter::burstPassesAndThenTheRate()
{
    FakeClock clock;
    RateLimiter limiter;
    const Rate rate {20, 40};
    for (int i = 0; i < 40; ++i)
        QCOMPARE(limiter.tryTake(rate, clock.steadyNow()).count(), 0);
    QVERIFY(limiter.tryTake(rate, clock.steadyNow()).count() > 0);
    clock.advance(50ms);
    QCOMPARE(limiter.tryTake(rate, clock.steadyNow()).count(), 0);
    QVERIFY(limiter.tryTake(rate, clock.steadyNow()).count() > 0);
    clock.advance(1h); // does not save up more than the burst
    for (int i = 0; i < 40; ++i)
        QCOMPARE(limiter.tryTake(rate, clock.steadyNow()).count(), 0);
    QVERIFY(limiter.tryTake(rate, clock.steadyNow()).count() > 0);
}

void TestRateLimiter::refusalTellsWhenToComeBack()
{
    FakeClock clock;
    RateLimiter limiter;
    const Rate rate {3, 1};
    QCOMPARE(limiter.tryTake(rate, clock.steadyNow()).count(), 0);
    const auto wait = limiter.tryTake(rate, clock.steadyNow());
    QCOMPARE(wait.count(), 334);
    clock.advance(wait - 1ms);
    QVERIFY(limiter.tryTake(rate, clock.steadyNow()).count() > 0);
    clock.advance(1ms);
    QCOMPARE(limiter.tryTake(rate, clock.steadyNow()).count(), 0);
}

void TestRateLimiter::overALongTimeTheRateHolds()
{
    FakeClock clock;
    RateLimiter limiter;
    const Rate rate {7, 10};
    int taken = 0;
    for (int i = 0; i < 100000; ++i) {
        clock.advance(1ms);
        if (limiter.tryTake(rate, clock.steadyNow()).count() == 0)
            ++taken;
    }
    QVERIFY2(taken >= 7 * 100 && taken <= 7 * 100 + 10, qPrintable(QString::number(taken)));
}

void TestRateLimiter::noLimitRefusesNothing()
{
    FakeClock clock;
    RateLimiter limiter;
    for (int i = 0; i < 10000; ++i)
        QCOMPARE(limiter.tryTake({0, 1}, clock.steadyNow()).count(), 0);
    QVERIFY(!limiter.isFlooding({0, 1}));
}

void TestRateLimiter::refusalsInARowAreFlooding()
{
    FakeClock clock;
    RateLimiter limiter;
    const Rate rate {1, 2};
    for (int i = 0; i < 2; ++i)
        QCOMPARE(limiter.tryTake(rate, clock.steadyNow()).count(), 0);
    for (int i = 0; i < 19; ++i) {
        QVERIFY(limiter.tryTake(rate, clock.steadyNow()).count() > 0);
        QVERIFY(!limiter.isFlooding(rate));
    }
    clock.advance(1s);
    QCOMPARE(limiter.tryTake(rate, clock.steadyNow()).count(), 0);
    QCOMPARE(limiter.refusedInARow(), 0);
    for (int i = 0; i < 20; ++i)
        QVERIFY(limiter.tryTake(rate, clock.steadyNow()).count() > 0);
    QVERIFY(limiter.isFlooding(rate));
}

void TestRateLimiter::changedRateHoldsAtOnce()
{
    FakeClock clock;
    RateLimiter limiter;
    for (int i = 0; i < 5; ++i)
        QCOMPARE(limiter.tryTake({1, 5}, clock.steadyNow()).count(), 0);
    QVERIFY(limiter.tryTake({1, 5}, clock.steadyNow()).count() > 0);
    QCOMPARE(limiter.tryTake({1, 10}, clock.steadyNow()).count(), 0);
}

void TestRateLimiter::idleOnceFullAgain()
{
    FakeClock clock;
    RateLimiter limiter;
    QVERIFY(limiter.isIdle(clock.steadyNow()));
    QCOMPARE(limiter.tryTake({10, 5}, clock.steadyNow()).count(), 0);
    QVERIFY(!limiter.isIdle(clock.steadyNow()));
    clock.advance(100ms);
    QVERIFY(limiter.isIdle(clock.steadyNow()));
    static_assert(sizeof(RateLimiter) <= 16);
}

QTEST_GUILESS_MAIN(TestRateLimiter)
#include "tst_ratelimiter.moc"
