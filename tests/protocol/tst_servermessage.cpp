// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/closecode.h"
#include "protocol/jsonwriter.h"
#include "protocol/servermessage.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace tertulia;
using namespace Qt::StringLiterals;

class TestServerMessage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void timestampsAreIsoWithMilliseconds()
    {
        QCOMPARE(toWire(fromMilliseconds(1'795'253'400'123)), "2026-11-21T09:30:00.123Z"_ba);
        QCOMPARE(toWire(fromMilliseconds(0)), "1970-01-01T00:00:00.000Z"_ba);
        QCOMPARE(timestampFromWire(u"2026-11-21T10:30:00.123+01:00").value(), fromMilliseconds(1'795'253'400'123));
        QVERIFY(!timestampFromWire(u"2026-11-21T10:30:00"));
        QVERIFY(!timestampFromWire(u"yesterday"));
    }

    void textsComeBackAsTheyWere_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("quotes") << u"a\"b\\c/d"_s;
        QTest::newRow("controls") << u"a\nb\tc\rd\u0001\u001f\u007f"_s;
        QTest::newRow("two bytes") << u"ñandú ß"_s;
        QTest::newRow("three bytes") << u"日本 \u2028 \u2029"_s;
        QTest::newRow("four bytes") << u"👍🏽 𝔘"_s;
        QTest::newRow("NUL") << QString::fromLatin1("a\0b", 3);
        QTest::newRow("empty") << u""_s;
    }

    void textsComeBackAsTheyWere()
    {
        QFETCH(QString, text);
        Entry entry;
        entry.room = u"general"_s;
        entry.id = 3;
        entry.user = text;
        entry.content = text;
        const QJsonObject read = QJsonDocument::fromJson(encodeEntry(entry)).object();
        QCOMPARE(read.value("content"_L1).toString(), text);
        QCOMPARE(read.value("user"_L1).toString(), text);
    }

    void loneSurrogatesBecomeReplacementCharacters()
    {
        QByteArray out;
        const QChar units[] {QChar(0xdc00), u'a', QChar(0xd800)};
        JsonWriter(out).value(QStringView(units, 3));
        QCOMPARE(out,
            "\"\xef\xbf\xbd"
            "a\xef\xbf\xbd\""_ba);
    }

    void entriesHaveTheFieldsOfTheirKind()
    {
        Entry entry;
        entry.room = u"general"_s;
        entry.id = 5;
        entry.user = u"Ana"_s;
        entry.kind = EntryKind::Reaction;
        entry.target = 2;
        entry.emoji = u"👍"_s;
        entry.reactionAdded = false;
        entry.timestamp = fromMilliseconds(1'795'253'400'123);
        const QJsonObject expected {{u"type"_s, u"reaction"_s}, {u"room"_s, u"general"_s}, {u"id"_s, 5},
            {u"user"_s, u"Ana"_s}, {u"target"_s, 2}, {u"emoji"_s, u"👍"_s}, {u"action"_s, u"remove"_s},
            {u"timestamp"_s, u"2026-11-21T09:30:00.123Z"_s}};
        QCOMPARE(QJsonDocument::fromJson(encodeEntry(entry)).object(), expected);
    }

    void reactionsAreKeyedByEmojiEvenAHostileOne()
    {
        Message message;
        message.reactions = {{u"👍"_s, {u"Ana"_s, u"Luis"_s}}, {u"\"}],\\"_s, {u"Eva"_s}}};
        QByteArray out;
        JsonWriter json(out);
        writeMessage(json, message);
        const QJsonObject reactions = QJsonDocument::fromJson(out).object().value("reactions"_L1).toObject();
        QCOMPARE(reactions.size(), 2);
        QCOMPARE(reactions.value(u"👍"_s).toArray(), QJsonArray({u"Ana"_s, u"Luis"_s}));
        QCOMPARE(reactions.value(u"\"}],\\"_s).toArray(), QJsonArray({u"Eva"_s}));
    }

    void onlyFourErrorsAreTemporary()
    {
        int temporary = 0;
        for (int code = 0; code <= int(ErrorCode::Internal); ++code) {
            QVERIFY(!errorSlug(ErrorCode(code)).isEmpty());
            QVERIFY(httpStatus(ErrorCode(code)) >= 400);
            temporary += isTemporary(ErrorCode(code)) ? 1 : 0;
        }
        QCOMPARE(temporary, 4);
        const QJsonObject error
            = QJsonDocument::fromJson(encodeError(Error(ErrorCode::RateLimited, u"wait"_s, 250), u"r"_s)).object();
        QCOMPARE(error.value("temporary"_L1).toBool(), true);
        QCOMPARE(error.value("retry_ms"_L1).toInt(), 250);
        QCOMPARE(error.value("ref"_L1).toString(), u"r"_s);
    }

    void closeCodesTellWhetherToComeBack()
    {
        for (const int code : {1000, 1002, 1003, 1007, 1008, 1009, 4003, 4029})
            QCOMPARE(afterClose(code), AfterClose::StayAway);
        for (const int code : {1001, 1006, 1011, 4008})
            QCOMPARE(afterClose(code), AfterClose::ComeBack);
        QCOMPARE(afterClose(4001), AfterClose::NewToken);
    }
};

QTEST_GUILESS_MAIN(TestServerMessage)
#include "tst_servermessage.moc"
