// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/passwordhasher.h"

#include <QElapsedTimer>
#include <QTest>

using namespace tertulia;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kCheap = PasswordCost::cheapest();

} // namespace

class TestPasswordHasher : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hashIsArgon2idWithTheAskedCost();
    void rightPasswordIsTold();
    void spellingsOfOneTextAreOnePassword();
    void lengthsAreChecked_data();
    void lengthsAreChecked();
    void brokenHashMatchesNothing_data();
    void brokenHashMatchesNothing();
    void answersComeLaterInOrderAndInTheCallersThread();
    void fullQueueRefuses();
    void goneContextHearsNothing();
    void unknownUserTakesAsLong();
    void destructionDropsWhatWaits();
};

void TestPasswordHasher::hashIsArgon2idWithTheAskedCost()
{
    const auto cheap = PasswordHasher::hashNow(u"correct horse"_s, PasswordKind::Account, kCheap);
    QVERIFY(cheap.isOk());
    QVERIFY(cheap->startsWith(u"$argon2id$v=19$m=8,t=1,p=1$"));
    const auto usual = PasswordHasher::hashNow(u"correct horse"_s, PasswordKind::Account);
    QVERIFY(usual.isOk());
    QVERIFY(usual->startsWith(u"$argon2id$v=19$m=19456,t=2,p=1$"));
}

void TestPasswordHasher::rightPasswordIsTold()
{
    const QString hash = *PasswordHasher::hashNow(u"correct horse"_s, PasswordKind::Account, kCheap);
    QVERIFY(PasswordHasher::verifyNow(hash, u"correct horse"_s));
    QVERIFY(!PasswordHasher::verifyNow(hash, u"correct horse "_s));
    QVERIFY(!PasswordHasher::verifyNow(hash, u"Correct horse"_s));
    QVERIFY(!PasswordHasher::verifyNow(hash, QString()));
    QVERIFY(*PasswordHasher::hashNow(u"correct horse"_s, PasswordKind::Account, kCheap) != hash);
}

void TestPasswordHasher::spellingsOfOneTextAreOnePassword()
{
    const QString hash = *PasswordHasher::hashNow(u"contrase\u00f1a"_s, PasswordKind::Account, kCheap);
    QVERIFY(PasswordHasher::verifyNow(hash, u"contrasen\u0303a"_s));
    QVERIFY(!PasswordHasher::verifyNow(hash, u"contrasena"_s));
}

void TestPasswordHasher::lengthsAreChecked_data()
{
    QTest::addColumn<QString>("password");
    QTest::addColumn<bool>("isAccountPassword");
    QTest::addColumn<bool>("isRoomPassword");
    QTest::newRow("empty") << QString() << false << false;
    QTest::newRow("one") << u"a"_s << false << true;
    QTest::newRow("seven") << u"1234567"_s << false << true;
    QTest::newRow("eight") << u"12345678"_s << true << true;
    QTest::newRow("four of two bytes") << u"ññññ"_s << false << true;
    QTest::newRow("four outside the plane") << u"😀😀😀😀"_s << false << true;
    QTest::newRow("eight in two marks each") << u"n\u0303"_s.repeated(4) << false << true;
    QTest::newRow("1024") << u"a"_s.repeated(1024) << true << true;
    QTest::newRow("1025") << u"a"_s.repeated(1025) << false << false;
    QTest::newRow("600 of two bytes") << u"ñ"_s.repeated(600) << false << false;
    QTest::newRow("a million") << u"a"_s.repeated(1000000) << false << false;
}

void TestPasswordHasher::lengthsAreChecked()
{
    QFETCH(const QString, password);
    QFETCH(const bool, isAccountPassword);
    QFETCH(const bool, isRoomPassword);
    QCOMPARE(PasswordHasher::check(password, PasswordKind::Account).isOk(), isAccountPassword);
    QCOMPARE(PasswordHasher::check(password, PasswordKind::Room).isOk(), isRoomPassword);
    QCOMPARE(PasswordHasher::hashNow(password, PasswordKind::Account, kCheap).isOk(), isAccountPassword);
}

void TestPasswordHasher::brokenHashMatchesNothing_data()
{
    QTest::addColumn<QString>("hash");
    QTest::newRow("empty") << QString();
    QTest::newRow("text") << u"correct horse"_s;
    QTest::newRow("other algorithm") << u"$2b$12$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234"_s;
    QTest::newRow("cut") << u"$argon2id$v=19$m=8,t=1,p=1$"_s;
    QTest::newRow("long") << u"$argon2id$"_s + u"a"_s.repeated(100000);
    QTest::newRow("not Latin") << u"$argon2id$v=19$m=8,t=1,p=1$ñ漢"_s;
}

void TestPasswordHasher::brokenHashMatchesNothing()
{
    QFETCH(const QString, hash);
    QVERIFY(!PasswordHasher::verifyNow(hash, u"correct horse"_s));
}

void TestPasswordHasher::answersComeLaterInOrderAndInTheCallersThread()
{
    PasswordHasher hasher(kCheap);
    QString hash;
    QStringList answers;
    hasher.hash(u"correct horse"_s, PasswordKind::Account, this, [&](const Result<QString> &made) {
        QCOMPARE(QThread::currentThread(), thread());
        hash = *made;
        answers.append(u"hash"_s);
    });
    hasher.hash(u"short"_s, PasswordKind::Account, this, [&](const Result<QString> &made) {
        QCOMPARE(made.error().code, ErrorCode::WeakPassword);
        answers.append(u"weak"_s);
    });
    QVERIFY(answers.isEmpty());
    QTRY_COMPARE(answers.size(), 2);

    const auto expect = [&](bool expected) {
        return [&answers, expected](const Result<bool> &verdict) {
            QVERIFY(verdict.isOk());
            QCOMPARE(*verdict, expected);
            answers.append(expected ? u"right"_s : u"wrong"_s);
        };
    };
    answers.clear();
    hasher.verify(hash, u"correct horse"_s, this, expect(true));
    hasher.verify(hash, u"wrong horse"_s, this, expect(false));
    hasher.verify(QString(), u"correct horse"_s, this, expect(false));
    hasher.verify(hash, u"a"_s.repeated(5000), this, expect(false));
    QTRY_COMPARE(answers, QStringList({u"right"_s, u"wrong"_s, u"wrong"_s, u"wrong"_s}));
}

void TestPasswordHasher::fullQueueRefuses()
{
    PasswordHasher hasher(kCheap, 3);
    const QString hash = *PasswordHasher::hashNow(u"correct horse"_s, PasswordKind::Account, kCheap);
    int right = 0;
    int refused = 0;
    const auto count = [&](const Result<bool> &verdict) {
        if (verdict && *verdict)
            ++right;
        else if (!verdict && verdict.error().code == ErrorCode::TooManyRequests)
            ++refused;
    };
    for (int i = 0; i < 5; ++i)
        hasher.verify(hash, u"correct horse"_s, this, count);
    QTRY_COMPARE(right + refused, 5);
    QCOMPARE(refused, 2);
    hasher.verify(hash, u"correct horse"_s, this, count);
    QTRY_COMPARE(right, 4);
}

void TestPasswordHasher::goneContextHearsNothing()
{
    PasswordHasher hasher(kCheap);
    int heard = 0;
    {
        QObject context;
        hasher.hash(
            u"correct horse"_s, PasswordKind::Account, &context, [&](const Result<QString> &) { heard += 100; });
    }
    hasher.hash(u"correct horse"_s, PasswordKind::Account, this, [&](const Result<QString> &) { ++heard; });
    QTRY_VERIFY(heard > 0);
    QCOMPARE(heard, 1);
}

void TestPasswordHasher::unknownUserTakesAsLong()
{
    // Dear enough that the hash outweighs the rest: some 10 ms.
    const PasswordCost cost {2, std::size_t(8) * 1024 * 1024};
    PasswordHasher hasher(cost);
    const QString hash = *PasswordHasher::hashNow(u"correct horse"_s, PasswordKind::Account, cost);
    const auto timeOf = [&](const QString &against) {
        qint64 fastest = std::numeric_limits<qint64>::max();
        for (int i = 0; i < 5; ++i) {
            QElapsedTimer timer;
            bool isDone = false;
            timer.start();
            hasher.verify(against, u"wrong horse"_s, this, [&](const Result<bool> &) {
                fastest = std::min(fastest, timer.nsecsElapsed());
                isDone = true;
            });
            [&] { QTRY_VERIFY(isDone); }();
        }
        return double(fastest);
    };
    const double known = timeOf(hash);
    const double unknown = timeOf(QString());
    QVERIFY2(unknown > known * 0.5, qPrintable(QString::number(unknown / known)));
}

void TestPasswordHasher::destructionDropsWhatWaits()
{
    int heard = 0;
    QElapsedTimer timer;
    timer.start();
    {
        PasswordHasher hasher({3, std::size_t(64) * 1024 * 1024}, 1000);
        for (int i = 0; i < 1000; ++i)
            hasher.hash(u"correct horse"_s, PasswordKind::Account, this, [&](const Result<QString> &) { ++heard; });
    }
    QCoreApplication::sendPostedEvents();
    QCOMPARE(heard, 0);
    QVERIFY(timer.elapsed() < 10000); // all of them would take minutes
}

QTEST_GUILESS_MAIN(TestPasswordHasher)
#include "tst_passwordhasher.moc"
