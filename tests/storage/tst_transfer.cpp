// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/storagefixture.h"
#include "storage/transfer/roomexporter.h"
#include "storage/transfer/roomimporter.h"

using namespace Qt::StringLiterals;
using namespace tertulia;

namespace {

/// A room with every kind of entry.
RoomKey fill(StorageFixture &f)
{
    const RoomKey room = f.makeRoom(u"general"_s).key;
    EntryDraft first = chat(room, u"hola, \"mundo\"\nsegunda línea 😀"_s);
    first.mentions = {u"Bob"_s};
    first.file = FileInfo {u"f1"_s, u"a,b.txt"_s, 7, u"text/plain"_s, u"/files/f1/a"_s};
    EntryDraft reply = chat(room, u"=1+1"_s, u"Bob"_s);
    reply.replyTo = 1;
    EntryDraft edit = change(room, EntryKind::Edit, 1);
    edit.content = u"<b>editado</b>"_s;
    EntryDraft reaction = change(room, EntryKind::Reaction, 2);
    reaction.emoji = u"👍"_s;
    EntryDraft removed = chat(room, u"fuera"_s);
    for (const EntryDraft &draft : {first, reply, edit, reaction, removed, change(room, EntryKind::Delete, 5)}) {
        if (!f.log().append(draft))
            qFatal("not appended");
    }
    return room;
}

QByteArray exported(StorageFixture &f, RoomKey key, ExportForm form)
{
    QByteArray out;
    const auto rooms = f.rooms().all();
    for (const RoomRecord &room : *rooms) {
        if (room.key != key)
            continue;
        RoomExporter exporter(room, form, kNoon);
        const auto count = exporter.run(*f.storage, [&](const QByteArray &piece) {
            out += piece;
            return true;
        });
        if (!count)
            qFatal("%s", qPrintable(count.error().detail));
    }
    return out;
}

} // namespace

class TestTransfer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void roundTripIsWhole_data();
    void roundTripIsWhole();
    void manyPagesRoundTrip();
    void anyJsonLayoutIsRead();
    void brokenFileNamesItsLine_data();
    void brokenFileNamesItsLine();
    void everyCutIsRefused();
    void roomWithEntriesIsRefused();
    void emptyRoomIsFilled();
    void formerRoomWithMoreEntriesIsRefused();
    void csvIsSafeInSpreadsheets();
    void textLinesCannotBeForged();
    void htmlIsEscaped();
    void failedWriteEndsTheExport();
};

void TestTransfer::roundTripIsWhole_data()
{
    QTest::addColumn<int>("form");
    QTest::newRow("json") << int(ExportForm::Json);
    QTest::newRow("jsonl") << int(ExportForm::JsonLines);
}

void TestTransfer::roundTripIsWhole()
{
    QFETCH(int, form);
    StorageFixture source;
    const RoomKey room = fill(source);
    const QByteArray bytes = exported(source, room, ExportForm(form));
    StorageFixture target;
    const auto imported = RoomImporter(*target.storage).importBytes(bytes, ExportForm(form));
    QVERIFY2(imported, imported ? "" : qPrintable(imported.error().detail));
    const RoomRecord original = source.rooms().all()->first();
    const RoomRecord copy = target.rooms().all()->first();
    QCOMPARE(copy.epoch, original.epoch);
    QCOMPARE(copy.lastId, original.lastId);
    QCOMPARE(copy.firstId, EntryId(1));
    QCOMPARE(imported->lastId, original.lastId);
    QCOMPARE(target.log().messages(copy.key, {})->messages, source.log().messages(room, {})->messages);
    QCOMPARE(exported(target, copy.key, ExportForm(form)), bytes);
    QCOMPARE(target.log().append(chat(copy.key, u"next"_s))->id, EntryId(7));
    QCOMPARE(ids(*target.log().messages(copy.key, {50, 0, {}, u"editado"_s})), QList<EntryId> {1});
}

void TestTransfer::manyPagesRoundTrip()
{
    StorageFixture source;
    const RoomKey room = source.makeRoom(u"long"_s).key;
    QVERIFY(source.storage->atomically([&]() -> Result<void> {
        for (int i = 0; i < 1234; ++i) {
            if (const auto done = source.log().append(chat(room, QString::number(i))); !done)
                return done.error();
        }
        return {};
    }));
    QCOMPARE(*source.log().trim(room, 1200), EntryId(35));
    const QByteArray bytes = exported(source, room, ExportForm::JsonLines);
    StorageFixture target;
    QList<quint64> steps;
    const auto imported = RoomImporter(*target.storage)
                              .importBytes(bytes, ExportForm::JsonLines, u"other"_s, [&](quint64 done, quint64 total) {
                                  QCOMPARE(total, quint64(1200));
                                  steps.append(done);
                              });
    QVERIFY2(imported, imported ? "" : qPrintable(imported.error().detail));
    QCOMPARE(steps, (QList<quint64> {500, 1000, 1200}));
    const RoomRecord copy = target.rooms().all()->first();
    QCOMPARE(copy.name, u"other"_s);
    QCOMPARE(copy.firstId, EntryId(35));
    QCOMPARE(copy.lastId, EntryId(1234));
}

void TestTransfer::anyJsonLayoutIsRead()
{
    StorageFixture f;
    const QByteArray bytes
        = " {\n \"entries\" : [ { \"type\":\"chat\", \"id\":1,\n\"user\":\"Ana\",\"content\":\"a]}\\\"{\","
          "\"timestamp\":\"2026-11-21T09:30:00.123Z\"} ],\n\"more\": {\"x\":[1,2]}, \"epoch\":\"e\",\"room\":\"r\"}";
    const auto imported = RoomImporter(*f.storage).importBytes(bytes, ExportForm::Json);
    QVERIFY2(imported, imported ? "" : qPrintable(imported.error().detail));
    QCOMPARE(contents(*f.log().messages(imported->key, {})), QStringList {u"a]}\"{"_s});
}

void TestTransfer::brokenFileNamesItsLine_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("line");
    const QByteArray header = "{\"room\":\"r\",\"epoch\":\"e\",\"exported_at\":\"2026-11-21T09:30:00.123Z\"}\n";
    const QByteArray one = "{\"type\":\"chat\",\"room\":\"r\",\"id\":1,\"user\":\"Ana\",\"content\":\"a\","
                           "\"timestamp\":\"2026-11-21T09:30:00.123Z\"}\n";
    const QByteArray two = QByteArray(one).replace("\"id\":1", "\"id\":2");
    const QByteArray three = QByteArray(one).replace("\"id\":1", "\"id\":3");
    QTest::newRow("no count") << header + one + two << 4;
    QTest::newRow("wrong count") << header + one + "{\"count\":2}\n" << 3;
    QTest::newRow("hole") << header + one + three + "{\"count\":2}\n" << 3;
    QTest::newRow("twice") << header + one + one + "{\"count\":2}\n" << 3;
    QTest::newRow("cut line") << header + one + two.left(40) << 3;
    QTest::newRow("no header") << one + "{\"count\":1}\n" << 1;
    QTest::newRow("after the end") << header + one + "{\"count\":1}\n" + two << 4;
    QTest::newRow("no time") << header + QByteArray(one).replace("timestamp", "time") + "{\"count\":1}\n" << 2;
    QTest::newRow("unknown type") << header + QByteArray(one).replace("chat", "chut") + "{\"count\":1}\n" << 2;
    QTest::newRow("content is a number") << header + QByteArray(one).replace("\"a\"", "5") + "{\"count\":1}\n" << 2;
    QTest::newRow("empty line") << header + "\n" + one + "{\"count\":1}\n" << 2;
    QTest::newRow("empty") << QByteArray() << 1;
}

void TestTransfer::brokenFileNamesItsLine()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, line);
    StorageFixture f;
    const auto imported = RoomImporter(*f.storage).importBytes(bytes, ExportForm::JsonLines);
    QVERIFY(!imported);
    QCOMPARE(imported.error().code, ErrorCode::InvalidField);
    QVERIFY2(imported.error().detail.contains(u"line %1:"_s.arg(line)), qPrintable(imported.error().detail));
    QVERIFY(f.rooms().all()->isEmpty());
}

void TestTransfer::everyCutIsRefused()
{
    StorageFixture source;
    const RoomKey room = fill(source);
    for (const ExportForm form : {ExportForm::Json, ExportForm::JsonLines}) {
        // The last line break is no loss.
        const QByteArray bytes = exported(source, room, form).trimmed();
        for (qsizetype length = 0; length < bytes.size(); ++length) {
            ExportReader reader(QByteArrayView(bytes).first(length), form);
            QVERIFY2(!reader.read([](const Entry &) { return Result<void>(); }), qPrintable(QString::number(length)));
        }
    }
}

void TestTransfer::roomWithEntriesIsRefused()
{
    StorageFixture f;
    const QByteArray bytes = exported(f, fill(f), ExportForm::Json);
    QCOMPARE(RoomImporter(*f.storage).importBytes(bytes, ExportForm::Json).error().code, ErrorCode::RoomExists);
    QCOMPARE(*f.log().lastId(f.rooms().all()->first().key), EntryId(6));
    QVERIFY(RoomImporter(*f.storage).importBytes(bytes, ExportForm::Json, u"copy"_s));
}

void TestTransfer::emptyRoomIsFilled()
{
    StorageFixture source;
    const QByteArray bytes = exported(source, fill(source), ExportForm::Json);
    StorageFixture f;
    const RoomRecord empty = f.makeRoom(u"General"_s);
    const auto imported = RoomImporter(*f.storage).importBytes(bytes, ExportForm::Json);
    QCOMPARE(imported->key, empty.key);
    const RoomRecord filled = f.rooms().all()->first();
    QVERIFY(filled.epoch != empty.epoch);
    QCOMPARE(filled.lastId, EntryId(6));
}

void TestTransfer::formerRoomWithMoreEntriesIsRefused()
{
    StorageFixture f;
    const RoomKey room = fill(f);
    const QByteArray bytes = exported(f, room, ExportForm::Json);
    QVERIFY(f.log().append(chat(room, u"one more"_s)));
    QVERIFY(f.rooms().remove(room));
    QCOMPARE(RoomImporter(*f.storage).importBytes(bytes, ExportForm::Json).error().code, ErrorCode::RoomExists);
    QVERIFY(f.rooms().all()->isEmpty());
}

void TestTransfer::csvIsSafeInSpreadsheets()
{
    StorageFixture f;
    const RoomKey room = fill(f);
    QVERIFY(f.log().append(chat(room, u"-1"_s)));
    QVERIFY(f.log().append(chat(room, u"\t@x"_s)));
    const QByteArray csv = exported(f, room, ExportForm::Csv);
    QVERIFY(csv.startsWith("id,timestamp,type,user,content,target,file\r\n1,2026-"));
    QVERIFY(csv.contains(",chat,Ana,\"hola, \"\"mundo\"\"\nsegunda línea 😀\",,\"a,b.txt\"\r\n"));
    QVERIFY(csv.contains(",chat,Bob,'=1+1,1,\r\n"));
    QVERIFY(csv.contains(",chat,Ana,'-1,,\r\n"));
    QVERIFY(csv.contains(",chat,Ana,'\t@x,,\r\n"));
    QVERIFY(csv.contains(",reaction,Ana,👍,2,\r\n"));
}

void TestTransfer::textLinesCannotBeForged()
{
    StorageFixture f;
    const RoomKey room = f.makeRoom(u"general"_s).key;
    QVERIFY(f.log().append(chat(room, u"a\n[2026-01-01T00:00:00.000Z] Bob: forged"_s)));
    const QByteArray stamp = '[' + toWire(kNoon) + "] ";
    QCOMPARE(exported(f, room, ExportForm::Text), stamp + "Ana: a\n    [2026-01-01T00:00:00.000Z] Bob: forged\n");
}

void TestTransfer::htmlIsEscaped()
{
    StorageFixture f;
    const RoomKey room = f.makeRoom(u"general"_s).key;
    QVERIFY(f.log().append(chat(room, u"<script>alert(\"x\")</script> & más"_s)));
    const QByteArray html = exported(f, room, ExportForm::Html);
    QVERIFY(!html.contains("<script"));
    QVERIFY(html.contains("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; más"));
    QVERIFY(html.endsWith("</body></html>\n"));
}

void TestTransfer::failedWriteEndsTheExport()
{
    StorageFixture f;
    fill(f);
    RoomExporter exporter(f.rooms().all()->first(), ExportForm::Json, kNoon);
    QCOMPARE(exporter.run(*f.storage, [](const QByteArray &) { return false; }).error().code, ErrorCode::Internal);
}

QTEST_GUILESS_MAIN(TestTransfer)
#include "tst_transfer.moc"
