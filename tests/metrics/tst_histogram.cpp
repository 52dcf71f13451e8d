// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/histogram.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

using namespace tertulia;
using namespace std::chrono_literals;

class TestHistogram : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void emptyHasNoQuantiles();
    void quantilesAreWithinThreePercent();
    void oneValueIsEveryQuantile();
    void extremesAreCounted();
    void boundsAreInclusiveAndCumulative();
    void windowIsResetAndTotalsStay();
};

void TestHistogram::emptyHasNoQuantiles()
{
    const Histogram histogram;
    QCOMPARE(histogram.quantile(0.5).count(), 0);
    QCOMPARE(histogram.count(), 0U);
    QCOMPARE(histogram.sumSeconds(), 0.0);
}

void TestHistogram::quantilesAreWithinThreePercent()
{
    Histogram histogram;
    std::mt19937_64 random(7); // NOLINT(cert-msc51-cpp): the same numbers each time
    std::lognormal_distribution<double> durations(13, 2); // around 0.4 ms, from microseconds to a second
    std::vector<double> values;
    for (int i = 0; i < 20000; ++i) {
        values.push_back(std::round(durations(random)) + 512);
        histogram.record(std::chrono::nanoseconds(qint64(values.back())));
    }
    std::sort(values.begin(), values.end());
    for (const double share : {0.01, 0.1, 0.5, 0.9, 0.99, 0.999}) {
        const double expected = values[std::size_t(std::ceil(share * double(values.size()))) - 1];
        const double told = double(histogram.quantile(share).count());
        QVERIFY2(std::abs(told - expected) <= expected * 0.0321, qPrintable(QString::number(told / expected)));
    }
}

void TestHistogram::oneValueIsEveryQuantile()
{
    Histogram histogram;
    histogram.record(5ms);
    for (const double share : {-1.0, 0.0, 0.5, 1.0, 2.0}) {
        const auto told = histogram.quantile(share);
        QVERIFY(told > 4800us && told <= 5ms);
    }
}

void TestHistogram::extremesAreCounted()
{
    Histogram histogram;
    histogram.record(-5s);
    histogram.record(0ns);
    histogram.record(1ns);
    histogram.record(511ns);
    QVERIFY(histogram.quantile(1).count() <= 600);
    histogram.record(std::chrono::hours(100));
    QCOMPARE(histogram.count(), 5U);
    QVERIFY(histogram.quantile(1) > 60s);
    QCOMPARE(histogram.countUpTo(0), 4U);
    QCOMPARE(histogram.countUpTo(Histogram::kBounds.size() - 1), 4U);
}

void TestHistogram::boundsAreInclusiveAndCumulative()
{
    Histogram histogram;
    for (const qint64 bound : Histogram::kBounds)
        histogram.record(std::chrono::nanoseconds(bound));
    for (std::size_t i = 0; i < Histogram::kBounds.size(); ++i)
        QCOMPARE(histogram.countUpTo(i), i + 1);
}

void TestHistogram::windowIsResetAndTotalsStay()
{
    Histogram histogram;
    histogram.record(1s);
    histogram.resetWindow();
    QCOMPARE(histogram.windowCount(), 0U);
    QCOMPARE(histogram.quantile(0.99).count(), 0);
    histogram.record(1ms);
    QVERIFY(histogram.quantile(0.99) <= 1ms);
    QCOMPARE(histogram.count(), 2U);
    QCOMPARE(histogram.sumSeconds(), 1.001);
}

QTEST_GUILESS_MAIN(TestHistogram)
#include "tst_histogram.moc"
