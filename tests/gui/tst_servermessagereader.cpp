// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/servermessagereader.h"
#include "protocol/jsonwriter.h"
#include "protocol/servermessage.h"

#include <QTest>

using namespace tertulia;
using namespace Qt::StringLiterals;

namespace {

/// JSON with single quotes, for the reader's eyes and for moc, which trips over raw strings with braces.
QByteArray json(const char *text)
{
    return QByteArray(text).replace('\'', '"');
}

} // namespace

class TestServerMessageReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hostileTextIsNoMessage_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("no json") << "hello"_ba;
        QTest::newRow("array") << "[1,2]"_ba;
        QTest::newRow("no type") << "{}"_ba;
        QTest::newRow("type is a number") << json("{'type':7}");
        QTest::newRow("unknown type") << json("{'type':'shutdown'}");
        QTest::newRow("chat without id") << json("{'type':'chat','room':'r','user':'u','content':'c'}");
        QTest::newRow("chat with id 0") << json("{'type':'chat','room':'r','id':0,'content':'c'}");
        QTest::newRow("negative id") << json("{'type':'chat','room':'r','id':-1,'content':'c'}");
        QTest::newRow("id with a fraction") << json("{'type':'chat','room':'r','id':1.5,'content':'c'}");
        QTest::newRow("id beyond 2^53") << json("{'type':'chat','room':'r','id':1e300,'content':'c'}");
        QTest::newRow("id as text") << json("{'type':'chat','room':'r','id':'4','content':'c'}");
        QTest::newRow("chat without room") << json("{'type':'chat','id':3,'content':'c'}");
        QTest::newRow("edit without target") << json("{'type':'edit','room':'r','id':3,'content':'c'}");
        QTest::newRow("reaction of another kind")
            << json("{'type':'reaction','room':'r','id':3,'target':1,'emoji':'x','action':'steal'}");
        QTest::newRow("endless emoji")
            << "{\"type\":\"reaction\",\"room\":\"r\",\"id\":3,\"target\":1,\"action\":\"add\",\"emoji\":\""
                + QByteArray(500, 'x') + "\"}";
        QTest::newRow("joined without last_id") << json("{'type':'joined','room':'r'}");
        QTest::newRow("welcome without user") << json("{'type':'welcome','protocol':1}");
        QTest::newRow("welcome of another protocol") << json("{'type':'welcome','protocol':2,'user':{'name':'Ana'}}");
        QTest::newRow("error without code") << json("{'type':'error','message':'m'}");
        QTest::newRow("presence of nobody") << json("{'type':'system','room':'r','event':'user_joined','data':{}}");
        QTest::newRow("cut off") << json("{'type':'chat','room':'r','id':3,'conte");
        QTest::newRow("very deep") << "{\"type\":\"chat\",\"x\":" + QByteArray(5000, '[') + QByteArray(5000, ']') + "}";
    }

    void hostileTextIsNoMessage()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!readServerMessage(text));
    }

    void entriesComeBackAsTheyWereWritten_data()
    {
        QTest::addColumn<Entry>("entry");
        Entry chat;
        chat.room = u"general"_s;
        chat.id = 7;
        chat.user = u"Ana"_s;
        chat.content = u"hola <b>\"\\ 🎉"_s;
        chat.timestamp = fromMilliseconds(1'700'000'000'123);
        chat.replyTo = 3;
        chat.mentions = {u"Bea"_s};
        chat.file = FileInfo {u"f"_s, u"a b.png"_s, 12, u"image/png"_s, u"/files/f/a%20b.png"_s};
        QTest::newRow("chat") << chat;
        Entry reaction;
        reaction.room = u"general"_s;
        reaction.id = 8;
        reaction.kind = EntryKind::Reaction;
        reaction.user = u"Bea"_s;
        reaction.timestamp = chat.timestamp;
        reaction.target = 7;
        reaction.emoji = u"👍"_s;
        reaction.reactionAdded = false;
        QTest::newRow("reaction") << reaction;
        Entry removal = reaction;
        removal.kind = EntryKind::Delete;
        removal.emoji.clear();
        removal.reactionAdded = true;
        QTest::newRow("delete") << removal;
    }

    void entriesComeBackAsTheyWereWritten()
    {
        QFETCH(Entry, entry);
        const auto read = readServerMessage(encodeEntry(entry));
        QVERIFY(read);
        QCOMPARE(std::get<Entry>(*read), entry);
    }

    void badItemsOfAListAreSkippedAlone()
    {
        const auto read = readServerMessage(
            json("{'type':'joined','room':'r','last_id':9,'epoch':'e','members':[{'name':'Ana'},7,{}],'messages':[{'id'"
                 ":1,'room':'r','user':'Ana','content':'a','reactions':{'👍':['Bea',3],'':['x']}},{'id':'x'}]}"));
        QVERIFY(read);
        const Joined joined = std::get<Joined>(*read);
        QCOMPARE(joined.members.size(), 1);
        QCOMPARE(joined.messages.size(), 1);
        QCOMPARE(joined.messages.first().reactions, (QList<ReactionGroup> {{u"👍"_s, {u"Bea"_s}}}));
    }

    void heartbeatOutOfBoundsIsNotBelieved()
    {
        const auto read = readServerMessage(json("{'type':'welcome','user':{'name':'Ana'},'heartbeat_ms':1}"));
        QVERIFY(read);
        QCOMPARE(std::get<Welcome>(*read).heartbeatMs, 25000);
    }

    void announcementIsANotification()
    {
        Notification sent;
        sent.id = 4;
        sent.title = u"Lunch"_s;
        sent.level = NotificationLevel::Warning;
        sent.timestamp = fromMilliseconds(1'700'000'000'000);
        QByteArray data;
        JsonWriter writer(data);
        writeNotification(writer, sent);
        const auto read = readServerMessage(encodeSystem({}, "announcement", data));
        QVERIFY(read);
        QCOMPARE(std::get<Notification>(*read), sent);
    }
};

QTEST_APPLESS_MAIN(TestServerMessageReader)
#include "tst_servermessagereader.moc"
