// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/apicall.h"
#include "api/router.h"

#include <QTest>

using namespace tertulia;
using namespace Qt::StringLiterals;

class TestRouter final : public QObject
{
    Q_OBJECT

private:
    Router m_router;

private Q_SLOTS:
    void initTestCase()
    {
        const auto nothing = [](const ApiCall &) {};
        m_router.add({"GET"_ba, u"/"_s, Access::Anyone, nothing});
        m_router.add({"GET"_ba, u"/api/rooms"_s, Access::User, nothing});
        m_router.add({"POST"_ba, u"/api/rooms"_s, Access::Member, nothing});
        m_router.add({"DELETE"_ba, u"/api/rooms/{room}"_s, Access::User, nothing});
        m_router.add({"GET"_ba, u"/events/{stream}"_s, Access::User, nothing});
        m_router.add({"GET"_ba, u"/events/clock"_s, Access::Anyone, nothing});
        m_router.add({"GET"_ba, u"/web/{path*}"_s, Access::Anyone, nothing});
    }

    void findsTheRouteOfMethodAndPath()
    {
        const auto match = m_router.match("POST", {u"api"_s, u"rooms"_s});
        QVERIFY(match && match->route);
        QCOMPARE(match->route->access, Access::Member);
    }

    void rootIsNoSegmentOrAnEmptyOne()
    {
        QVERIFY(m_router.match("GET", {})->route);
        QVERIFY(m_router.match("GET", {QString()})->route);
    }

    void headIsAnsweredAsGet()
    {
        const auto match = m_router.match("HEAD", {u"api"_s, u"rooms"_s});
        QVERIFY(match && match->route);
        QCOMPARE(match->route->method, "GET"_ba);
        QVERIFY(!m_router.match("HEAD", {u"api"_s, u"rooms"_s, u"general"_s})->route);
    }

    void parametersAreWholeSegments()
    {
        const auto match = m_router.match("DELETE", {u"api"_s, u"rooms"_s, u"a room"_s});
        QVERIFY(match && match->route);
        QCOMPARE(match->parameters.value(u"room"_s), u"a room"_s);
        QVERIFY(!m_router.match("DELETE", {u"api"_s, u"rooms"_s, QString()}));
        QVERIFY(!m_router.match("DELETE", {u"api"_s, u"rooms"_s, u"a"_s, u"b"_s}));
    }

    void literalWinsOverParameter()
    {
        QCOMPARE(m_router.match("GET", {u"events"_s, u"clock"_s})->route->access, Access::Anyone);
        QCOMPARE(m_router.match("GET", {u"events"_s, u"other"_s})->route->access, Access::User);
    }

    void restTakesAllThatFollows()
    {
        const auto match = m_router.match("GET", {u"web"_s, u"fonts"_s, u"a.woff2"_s});
        QVERIFY(match && match->route);
        QCOMPARE(match->parameters.value(u"path"_s), u"fonts/a.woff2"_s);
        QVERIFY(!m_router.match("GET", {u"web"_s}));
    }

    void unknownMethodTellsTheKnownOnes()
    {
        const auto match = m_router.match("PUT", {u"api"_s, u"rooms"_s});
        QVERIFY(match);
        QVERIFY(!match->route);
        QCOMPARE(match->methods, (QList<QByteArray> {"GET", "HEAD", "POST", "OPTIONS"}));
    }

    void methodsAreCaseSensitive() { QVERIFY(!m_router.match("get", {u"api"_s, u"rooms"_s})->route); }

    void unknownPathIsNothing() { QVERIFY(!m_router.match("GET", {u"nothing"_s})); }
};

QTEST_GUILESS_MAIN(TestRouter)
#include "tst_router.moc"
