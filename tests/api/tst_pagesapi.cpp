// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/apifixture.h"
#include "api/pagesapi.h"

using namespace tertulia;
using namespace Qt::StringLiterals;

class TestPagesApi final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pagesCarryTheirPolicy_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString &path : {u"/"_s, u"/j/abc"_s, u"/echo"_s, u"/dashboard"_s, u"/docs"_s})
            QTest::newRow(qPrintable(path)) << path;
    }
    void pagesCarryTheirPolicy()
    {
        QFETCH(QString, path);
        ApiFixture server;
        const Answer page = server.get(path);
        QCOMPARE(page.status, 200);
        QCOMPARE(page.headers.value("content-type"), "text/html; charset=utf-8"_ba);
        QCOMPARE(page.headers.value("content-security-policy"),
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self' "
            "ws: wss:; "
            "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"_ba);
        QCOMPARE(page.headers.value("x-content-type-options"), "nosniff"_ba);
        QCOMPARE(page.headers.value("referrer-policy"), "no-referrer"_ba);
        QVERIFY(page.body.contains("<html"));
    }

    void unchangedPagesAreNotSentAgain()
    {
        ApiFixture server;
        // Named by hand, so that the client leaves the body as it is.
        const Answer page = server.get(u"/web/app.js"_s, {}, {{"Accept-Encoding", "identity"}});
        const QByteArray tag = page.headers.value("etag");
        QVERIFY(!tag.isEmpty());
        QCOMPARE(
            server.get(u"/web/app.js"_s, {}, {{"Accept-Encoding", "identity"}, {"If-None-Match", tag}}).status, 304);
        const Answer packed = server.get(u"/web/app.js"_s, {}, {{"Accept-Encoding", "gzip"}});
        QCOMPARE(packed.headers.value("content-encoding"), "gzip"_ba);
        QVERIFY(packed.headers.value("etag") != tag);
        QVERIFY(packed.body.startsWith("\x1f\x8b") && packed.body.size() < page.body.size());
    }

    void onlyTheTableIsServed()
    {
        ApiFixture server;
        for (const QString &path : {u"/web/nothing.js"_s, u"/web/../app.js"_s, u"/web/%2e%2e/index.html"_s, u"/web/"_s})
            QVERIFY(server.get(path).status >= 400);
    }

    void documentsNameTheVersion()
    {
        ApiFixture server;
        for (const QString &path : {u"/openapi.json"_s, u"/asyncapi.json"_s}) {
            const Answer document = server.get(path);
            QCOMPARE(document.headers.value("content-type"), "application/json"_ba);
            QCOMPARE(document.json().value("info"_L1).toObject().value("version"_L1).toString(),
                QLatin1StringView(TERTULIA_VERSION));
        }
    }

    void acceptsGzipByItsQuality_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<bool>("accepts");
        QTest::newRow("none") << ""_ba << false;
        QTest::newRow("list") << "deflate, gzip;q=0.5, br"_ba << true;
        QTest::newRow("refused") << "gzip;q=0"_ba << false;
        QTest::newRow("refused before all") << "gzip; q=0.0, *"_ba << false;
        QTest::newRow("all") << "*"_ba << true;
        QTest::newRow("another") << "xgzip"_ba << false;
    }
    void acceptsGzipByItsQuality()
    {
        QFETCH(QByteArray, field);
        QFETCH(bool, accepts);
        QCOMPARE(acceptsGzip(field), accepts);
    }
};

QTEST_GUILESS_MAIN(TestPagesApi)
#include "tst_pagesapi.moc"
