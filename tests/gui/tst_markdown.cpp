// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/imagestore.h"
#include "chat/markdown.h"
#include "chat/messagedocument.h"
#include "protocol/timestamp.h"

#include <QBuffer>
#include <QElapsedTimer>
#include <QPainter>
#include <QTest>

using namespace tertulia;
using namespace Qt::StringLiterals;

class TestMarkdown : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void formsAreRecognised_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("shape"); // [b:..] bold, i italic, c code, s struck, m mention, l link
        QTest::newRow("plain") << u"a < b"_s << u"a < b"_s;
        QTest::newRow("bold and italic") << u"**a** *b* _c_"_s << u"[b:a] [i:b] [i:c]"_s;
        QTest::newRow("nested") << u"**a *b***"_s << u"[b:a ][bi:b]"_s;
        QTest::newRow("code wins") << u"`**a**`"_s << u"[c:**a**]"_s;
        QTest::newRow("struck") << u"~~no~~"_s << u"[s:no]"_s;
        QTest::newRow("snake_case") << u"a_b_c and 2*3*4"_s << u"a_b_c and 2[i:3]4"_s;
        QTest::newRow("unclosed") << u"**a `b"_s << u"**a `b"_s;
        QTest::newRow("mention") << u"@Ana hi @Anabel"_s << u"[m:@Ana] hi @Anabel"_s;
        QTest::newRow("bare link") << u"see http://h/x."_s << u"see [l:http://h/x]."_s;
        QTest::newRow("named link") << u"[here](https://h/)"_s << u"[l:here]"_s;
        QTest::newRow("script link") << u"[here](javascript:alert(1))"_s << u"[here](javascript:alert(1))"_s;
        QTest::newRow("file link") << u"[x](file:///etc/passwd)"_s << u"[x](file:///etc/passwd)"_s;
        QTest::newRow("data image") << u"![x](data:image/png;base64,AAAA)"_s << u"![x](data:image/png;base64,AAAA)"_s;
        QTest::newRow("html") << u"<img src=x onerror=y>"_s << u"<img src=x onerror=y>"_s;
    }

    void formsAreRecognised()
    {
        QFETCH(QString, text);
        QFETCH(QString, shape);
        const QList<TextBlock> blocks = parseMarkdown(text, {u"Ana"_s});
        QCOMPARE(blocks.size(), 1);
        QString found;
        for (const TextSpan &span : blocks.first().spans) {
            QString marks;
            marks += span.isBold ? u"b"_s : QString();
            marks += span.isItalic ? u"i"_s : QString();
            marks += span.isCode ? u"c"_s : QString();
            marks += span.isStruck ? u"s"_s : QString();
            marks += span.isMention ? u"m"_s : QString();
            marks += span.link.isEmpty() ? QString() : u"l"_s;
            found += marks.isEmpty() ? span.text : QString(u'[' + marks + u':' + span.text + u']');
        }
        QCOMPARE(found, shape);
    }

    void blocksAreRecognised()
    {
        const QList<TextBlock> blocks = parseMarkdown(u"> q\n- b\n12. n\n```\n**x**\n\ny\n```\nend"_s, {});
        QCOMPARE(blocks.size(), 5);
        QCOMPARE(blocks.at(0).kind, TextBlock::Kind::Quote);
        QCOMPARE(blocks.at(1).kind, TextBlock::Kind::Bullet);
        QCOMPARE(blocks.at(2).number, 12);
        QCOMPARE(blocks.at(3).kind, TextBlock::Kind::Code);
        QCOMPARE(blocks.at(3).spans.first().text, u"**x**\n\ny"_s);
    }

    void hostileTextIsShownInTime_data()
    {
        QTest::addColumn<QString>("piece");
        for (const char *piece :
            {"*", "**", "_", "`", "~~", "[", "[a](", "@", "> ", "http://", "*a ", "_a", "```\n", "\xcc\x81"})
            QTest::newRow(piece) << QString::fromUtf8(piece);
    }

    void hostileTextIsShownInTime()
    {
        QFETCH(QString, piece);
        QElapsedTimer timer;
        timer.start();
        const QString text = piece.repeated(16384 / piece.toUtf8().size());
        MessageDocument document(text, {u"Ana"_s}, {}, QFont(), lightTokens());
        document.setTextWidth(400);
        (void)document.size();
        QVERIFY2(timer.elapsed() < 4000, qPrintable(QString::number(timer.elapsed())));
    }

    void documentLoadsNothing()
    {
        MessageDocument document(
            u"<img src='file:///etc/passwd'> ![a](file:///etc/passwd) \ufffc"_s, {}, {}, QFont(), lightTokens());
        QVERIFY(document.toPlainText().contains(u"<img src='file:///etc/passwd'>"_s));
        QVERIFY(!document.toPlainText().contains(QChar::ObjectReplacementCharacter));
        QVERIFY(!document.resource(QTextDocument::ImageResource, QUrl(u"file:///etc/hostname"_s)).isValid());
    }

    void onlyBoundedImagesAreDecoded()
    {
        QImage picture(2000, 1000, QImage::Format_RGB32);
        picture.fill(Qt::red);
        QByteArray png;
        QBuffer buffer(&png);
        QVERIFY(picture.save(&buffer, "PNG"));
        QCOMPARE(decodeImage(png, {360, 240}).size(), QSize(360, 180));
        QVERIFY(decodeImage("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>", {360, 240}).isNull());
        QVERIFY(decodeImage(png.left(30), {360, 240}).isNull());
        QByteArray huge = png; // the header claims 2^30 pixels each way
        huge.replace(16, 8, QByteArray::fromHex("4000000040000000"));
        QVERIFY(decodeImage(huge, {360, 240}).isNull());
        QVERIFY(decodeImage({}, {360, 240}).isNull());
    }
};

QTEST_MAIN(TestMarkdown)
#include "tst_markdown.moc"
