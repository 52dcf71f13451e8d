// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/userdirectory.h"
#include "support/fakeclock.h"

#include <QTest>

using namespace tertulia;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestUserDirectory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void guestNameIsHeldForAMinuteAfterTheLastConnection()
    {
        FakeClock clock;
        UserDirectory users(clock);
        const User ana {u"g1"_s, u"Ana"_s, Role::Guest};
        const User other {u"g2"_s, u"ANA"_s, Role::Guest};
        QVERIFY(users.claimGuestName(ana));
        users.connected(ana.id);
        clock.advance(2h);
        QCOMPARE(users.claimGuestName(other).error().code, ErrorCode::NameTaken);
        users.disconnected(ana.id);
        clock.advance(59s);
        QCOMPARE(users.claimGuestName(other).error().code, ErrorCode::NameTaken);
        QVERIFY(users.claimGuestName(ana)); // who held it comes back
        clock.advance(61s);
        QVERIFY(users.claimGuestName(other));
        QCOMPARE(users.byName(u"ana"_s)->id, other.id);
        QVERIFY(!users.byId(ana.id));
    }

    void accountsKeepTheirNames()
    {
        FakeClock clock;
        UserDirectory users(clock);
        users.putAccount({u"a1"_s, u"Luis"_s, Role::Member});
        clock.advance(24h);
        QCOMPARE(users.claimGuestName({u"g1"_s, u"luis"_s, Role::Guest}).error().code, ErrorCode::NameTaken);
        users.removeAccount(u"a1"_s);
        QVERIFY(users.claimGuestName({u"g1"_s, u"luis"_s, Role::Guest}));
    }

    void mentions_data()
    {
        QTest::addColumn<QString>("content");
        QTest::addColumn<QStringList>("names");
        QTest::newRow("none") << u"Ana"_s << QStringList();
        QTest::newRow("one") << u"hola @Ana"_s << QStringList {u"Ana"_s};
        QTest::newRow("any case, with a sign behind") << u"@ana, ven"_s << QStringList {u"Ana"_s};
        QTest::newRow("the longest wins") << u"@Ana María ven"_s << QStringList {u"Ana María"_s};
        QTest::newRow("a longer word is nobody") << u"@anabel"_s << QStringList();
        QTest::newRow("an address is no call") << u"x@ana"_s << QStringList();
        QTest::newRow("each once") << u"@Ana @ana @Luis"_s << QStringList {u"Ana"_s, u"Luis"_s};
        QTest::newRow("who may not read is not called") << u"@Eva"_s << QStringList();
        QTest::newRow("at the very end") << u"@"_s << QStringList();
    }

    void mentions()
    {
        QFETCH(QString, content);
        QFETCH(QStringList, names);
        FakeClock clock;
        UserDirectory users(clock);
        users.putAccount({u"1"_s, u"Ana"_s, Role::Member});
        users.putAccount({u"2"_s, u"Ana María"_s, Role::Member});
        users.putAccount({u"3"_s, u"Luis"_s, Role::Member});
        users.putAccount({u"4"_s, u"Eva"_s, Role::Member});
        QStringList found;
        for (const User &user : users.mentionedIn(content, [](const User &one) { return one.name != u"Eva"; }))
            found.append(user.name);
        QCOMPARE(found, names);
    }

    void madeUpNamesAreFree()
    {
        FakeClock clock;
        UserDirectory users(clock);
        for (int i = 0; i < 2000; ++i) {
            const QString name = users.makeGuestName();
            QVERIFY(users.claimGuestName({QString::number(i), name, Role::Guest}));
        }
    }
};

QTEST_GUILESS_MAIN(TestUserDirectory)
#include "tst_userdirectory.moc"
