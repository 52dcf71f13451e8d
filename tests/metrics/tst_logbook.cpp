// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/logbook.h"

#include <QSignalSpy>
#include <QTest>

#include <thread>

using namespace tertulia;
using namespace Qt::StringLiterals;

class TestLogBook final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linesAreNumberedWithoutHoles()
    {
        LogBook book;
        book.append(QtInfoMsg, "tertulia.test", u"one"_s);
        book.append(QtWarningMsg, nullptr, u"two"_s);
        const auto lines = book.after(0);
        QVERIFY(lines);
        QCOMPARE(lines->size(), 2);
        QCOMPARE(lines->at(0).number, quint64(1));
        QCOMPARE(lines->at(0).category, "tertulia.test"_ba);
        QCOMPARE(lines->at(1).level, "warning"_ba);
        QCOMPARE(book.after(1)->size(), 1);
        QVERIFY(book.after(2)->isEmpty());
    }

    void onlyTheLastAreKept()
    {
        LogBook book;
        for (int i = 0; i < LogBook::kCapacity + 5; ++i)
            book.append(QtInfoMsg, "t", QString::number(i));
        QVERIFY(!book.after(0));
        QVERIFY(!book.after(4));
        QCOMPARE(book.after(5)->size(), LogBook::kCapacity);
        QVERIFY(!book.after(quint64(LogBook::kCapacity) + 6));
    }

    void floodIsToldOnceUntilSomebodyLooks()
    {
        LogBook book;
        QSignalSpy grew(&book, &LogBook::grew);
        for (int i = 0; i < 10; ++i)
            book.append(QtInfoMsg, "t", u"x"_s);
        QCOMPARE(grew.size(), 1);
        (void)book.after(0);
        book.append(QtInfoMsg, "t", u"x"_s);
        QCOMPARE(grew.size(), 2);
    }

    void secretsAreBlottedOut_data()
    {
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("kept");
        QTest::newRow("plain") << u"a token is needed"_s << u"a token is needed"_s;
        QTest::newRow("token") << u"token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln here"_s << u"token *** here"_s;
        QTest::newRow("query") << u"GET /ws?token=abc&room=x"_s << u"GET /ws?token=***&room=x"_s;
        QTest::newRow("ticket") << u"?Ticket=abc"_s << u"?Ticket=***"_s;
    }
    void secretsAreBlottedOut()
    {
        QFETCH(QString, message);
        QFETCH(QString, kept);
        QCOMPARE(withoutSecrets(message), kept);
    }

    void whatIsLoggedInAnyThreadComesHere()
    {
        LogBook book;
        book.install();
        std::thread([] { qWarning("from elsewhere"); }).join();
        const auto lines = book.after(0);
        QVERIFY(lines && lines->size() == 1);
        QCOMPARE(lines->first().message, u"from elsewhere"_s);
    }
};

QTEST_GUILESS_MAIN(TestLogBook)
#include "tst_logbook.moc"
