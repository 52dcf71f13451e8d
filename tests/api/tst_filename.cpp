// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/filename.h"

#include <QTest>

using namespace tertulia;
using namespace Qt::StringLiterals;

class TestFileName final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sanitized_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("kept");
        QTest::newRow("plain") << u"notes.txt"_s << u"notes.txt"_s;
        QTest::newRow("any letters") << u"Año 1 – résumé.pdf"_s << u"Año 1 – résumé.pdf"_s;
        QTest::newRow("path") << u"../../etc/passwd"_s << u"passwd"_s;
        QTest::newRow("Windows path") << u"C:\\Users\\ana\\a.txt"_s << u"a.txt"_s;
        QTest::newRow("hidden") << u".bashrc"_s << u"bashrc"_s;
        QTest::newRow("dots") << u".."_s << u"file"_s;
        QTest::newRow("empty") << QString() << u"file"_s;
        QTest::newRow("controls") << u"a\r\nSet-Cookie: x.txt"_s << u"aSet-Cookie x.txt"_s;
        QTest::newRow("reordered") << u"photo\u202egpj.exe"_s << u"photogpj.exe"_s;
        QTest::newRow("refused by file systems") << u"a<b>|c?.txt"_s << u"abc.txt"_s;
        QTest::newRow("dot at the end") << u"name. "_s << u"name"_s;
    }
    void sanitized()
    {
        QFETCH(QString, name);
        QFETCH(QString, kept);
        QCOMPARE(sanitizedFileName(name), kept);
    }

    void longNameKeepsItsEnding()
    {
        const QString name = sanitizedFileName(QString(300, u'a') % u".tar.gz");
        QCOMPARE(name.size(), 120);
        QVERIFY(name.endsWith(u".gz"));
    }

    void dispositionCannotBeBrokenOutOf()
    {
        QCOMPARE(contentDisposition("attachment"_ba, u"a.txt"_s), "attachment; filename=\"a.txt\""_ba);
        QCOMPARE(contentDisposition("inline"_ba, u"ñ\"\\\r\n.png"_s),
            "inline; filename=\"_____.png\"; filename*=UTF-8''%C3%B1%22%5C%0D%0A.png"_ba);
    }

    void typeIsWhatTheBytesSay()
    {
        const QByteArray png = QByteArray::fromHex("89504e470d0a1a0a0000000d49484452");
        QCOMPARE(fileType(u"a.png"_s, png), u"image/png"_s);
        QVERIFY(isShownInline(fileType(u"a.png"_s, png)));
        QVERIFY(!isShownInline(fileType(u"a.png"_s, "<html><script>alert(1)</script>"_ba)));
        QVERIFY(!isShownInline(fileType(u"a.svg"_s, "<svg xmlns='http://www.w3.org/2000/svg'/>"_ba)));
        QVERIFY(!isShownInline(fileType(u"a.html"_s, png.first(4))));
        QCOMPARE(fileType(u"notes.txt"_s, "hello"_ba), u"text/plain"_s);
    }
};

QTEST_GUILESS_MAIN(TestFileName)
#include "tst_filename.moc"
