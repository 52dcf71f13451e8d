// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/names.h"

#include <QTest>

using namespace tertulia;
using namespace Qt::StringLiterals;

class TestNames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void userNames_data()
    {
        QTest::addColumn<QString>("given");
        QTest::addColumn<QString>("kept"); // empty = refused
        QTest::newRow("plain") << u"Ana"_s << u"Ana"_s;
        QTest::newRow("space within") << u"Ana María"_s << u"Ana María"_s;
        QTest::newRow("signs") << u"a_b.c-d 1"_s << u"a_b.c-d 1"_s;
        QTest::newRow("fullwidth becomes plain") << u"\uFF21na"_s << u"Ana"_s;
        QTest::newRow("letter and mark become one") << u"Jose\u0301"_s << u"Jos\u00e9"_s;
        QTest::newRow("32 characters") << QString(32, u'a') << QString(32, u'a');
        QTest::newRow("33 characters") << QString(33, u'a') << QString();
        QTest::newRow("32 characters beyond the first plane") << u"\U0001D7D8"_s.repeated(32) << u"0"_s.repeated(32);
        QTest::newRow("empty") << QString(u""_s) << QString();
        QTest::newRow("leading space") << u" Ana"_s << QString();
        QTest::newRow("trailing space") << u"Ana "_s << QString();
        QTest::newRow("no-break space at the end") << u"Ana\u00a0"_s << QString();
        QTest::newRow("newline") << u"A\nna"_s << QString();
        QTest::newRow("markup") << u"<b>Ana</b>"_s << QString();
        QTest::newRow("emoji") << u"Ana\U0001F600"_s << QString();
        QTest::newRow("right-to-left override") << u"A\u202ena"_s << QString();
        QTest::newRow("zero-width joiner") << u"A\u200dna"_s << QString();
        QTest::newRow("NUL") << QString::fromLatin1("A\0na", 4) << QString();
        QTest::newRow("lone surrogate") << QString(QChar(0xd800)) << QString();
        QTest::newRow("piled marks") << (u"a"_s + u"\u0316"_s.repeated(8)) << QString();
        QTest::newRow("a megabyte") << QString(1 << 20, u'a') << QString();
    }

    void userNames()
    {
        QFETCH(QString, given);
        QFETCH(QString, kept);
        const auto name = normalizeUserName(given);
        QCOMPARE(name.isOk(), !kept.isEmpty());
        if (name)
            QCOMPARE(*name, kept);
        else
            QCOMPARE(name.error().code, ErrorCode::InvalidName);
    }

    void roomNamesHaveNoSpace()
    {
        QVERIFY(normalizeRoomName(u"aula-3.b_c"_s));
        QVERIFY(normalizeRoomName(QString(64, u'a')));
        QVERIFY(!normalizeRoomName(QString(65, u'a')));
        QVERIFY(!normalizeRoomName(u"aula 3"_s));
        QVERIFY(!normalizeRoomName(u"a/b"_s));
        QVERIFY(!normalizeRoomName(u".."_s));
        QVERIFY(!normalizeRoomName(u"."_s));
        QVERIFY(!normalizeRoomName(u""_s));
    }

    void foldingIgnoresCaseAndForm()
    {
        QCOMPARE(foldName(u"ANA"_s), foldName(u"ana"_s));
        QCOMPARE(foldName(u"JOSE\u0301"_s), foldName(u"jos\u00e9"_s));
        QCOMPARE(foldName(u"Stra\u00dfe"_s), foldName(u"STRASSE"_s));
        QVERIFY(foldName(u"Ana"_s) != foldName(u"An\u00e1"_s));
    }
};

QTEST_GUILESS_MAIN(TestNames)
#include "tst_names.moc"
