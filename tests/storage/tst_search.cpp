// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/searchexpression.h"
#include "storage/storagefixture.h"

using namespace Qt::StringLiterals;
using namespace tertulia;

class TestSearch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void findsWords_data();
    void findsWords();
    void followsEditsAndRemovals();
    void staysInItsRoom();
    void pagesThroughMatches();
    void indexIsSoundAfterEverything();

private:
    std::unique_ptr<StorageFixture> m_fixture;
    RoomKey m_room = 0;
};

void TestSearch::init()
{
    m_fixture = std::make_unique<StorageFixture>();
    m_room = m_fixture->makeRoom(u"general"_s).key;
    for (const QString &text : {u"La comunicación en tiempo real"_s, u"Straße und GRÖSSE"_s,
             u"foo-bar AND baz's \"quote\""_s, u"tiempo de comer, real o no"_s, u"你好 мир 👍"_s})
        QVERIFY(m_fixture->log().append(chat(m_room, text)));
}

void TestSearch::findsWords_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QList<EntryId>>("found");
    QTest::newRow("accent left out") << u"comunicacion"_s << QList<EntryId> {1};
    QTest::newRow("accent and case") << u"COMUNICACIÓN"_s << QList<EntryId> {1};
    QTest::newRow("umlaut left out") << u"grosse"_s << QList<EntryId> {2};
    QTest::newRow("every word") << u"real tiempo"_s << QList<EntryId> {1, 4};
    QTest::newRow("every word, one missing") << u"real tiempo nada"_s << QList<EntryId> {};
    QTest::newRow("phrase") << u"\"tiempo real\""_s << QList<EntryId> {1};
    QTest::newRow("curly phrase") << u"“tiempo real”"_s << QList<EntryId> {1};
    QTest::newRow("open quote") << u"\"real tiempo"_s << QList<EntryId> {1, 4};
    QTest::newRow("whole words only") << u"comunica"_s << QList<EntryId> {};
    QTest::newRow("beginning") << u"comunica*"_s << QList<EntryId> {1};
    QTest::newRow("operator is a word") << u"AND"_s << QList<EntryId> {3};
    QTest::newRow("operators are words") << u"tiempo OR foo"_s << QList<EntryId> {};
    QTest::newRow("NEAR") << u"NEAR(tiempo real, 2)"_s << QList<EntryId> {};
    QTest::newRow("column filter") << u"content:tiempo"_s << QList<EntryId> {};
    QTest::newRow("minus is no operator") << u"foo-bar"_s << QList<EntryId> {3};
    QTest::newRow("apostrophe") << u"baz's"_s << QList<EntryId> {3};
    QTest::newRow("injection") << u"'; DROP TABLE entries; --"_s << QList<EntryId> {};
    QTest::newRow("lone signs between words") << u"foo ! ( * bar"_s << QList<EntryId> {3};
    QTest::newRow("signs alone") << u"( * ^ : \"\" ) -"_s << QList<EntryId> {};
    QTest::newRow("blank") << u"   "_s << QList<EntryId> {};
    QTest::newRow("nul") << u"foo\0bar"_s << QList<EntryId> {3};
    QTest::newRow("other scripts") << u"МИР 你好"_s << QList<EntryId> {5};
    QTest::newRow("lone surrogate") << QString(QChar(0xd83d)) + u"foo"_s << QList<EntryId> {3};
    QTest::newRow("very long") << QString(100'000, u'x') << QList<EntryId> {};
    QTest::newRow("very many") << u"a* "_s.repeated(10'000) << QList<EntryId> {};
}

void TestSearch::findsWords()
{
    QFETCH(QString, text);
    QFETCH(QList<EntryId>, found);
    const auto page = m_fixture->log().messages(m_room, {50, 0, {}, text});
    QVERIFY2(page, page ? "" : qPrintable(page.error().detail));
    QCOMPARE(ids(*page), found);
}

void TestSearch::followsEditsAndRemovals()
{
    const auto find = [&](const QString &text) { return ids(*m_fixture->log().messages(m_room, {50, 0, {}, text})); };
    // Once known to the index and once not yet: both ways must end alike.
    for (const bool isIndexed : {true, false}) {
        const EntryId id = m_fixture->log().append(chat(m_room, u"antes"_s))->id;
        if (isIndexed)
            QCOMPARE(find(u"antes"_s), QList<EntryId> {id});
        EntryDraft edit = change(m_room, EntryKind::Edit, id);
        edit.content = u"después"_s;
        QVERIFY(m_fixture->log().append(edit));
        QCOMPARE(find(u"antes"_s), QList<EntryId> {});
        QCOMPARE(find(u"despues"_s), QList<EntryId> {id});
        edit.content = u"otra vez"_s;
        QVERIFY(m_fixture->log().append(edit));
        QCOMPARE(find(u"despues"_s), QList<EntryId> {});
        QVERIFY(m_fixture->log().append(change(m_room, EntryKind::Delete, id)));
        QCOMPARE(find(u"vez"_s), QList<EntryId> {});
    }
}

void TestSearch::staysInItsRoom()
{
    const RoomKey other = m_fixture->makeRoom(u"other"_s).key;
    QVERIFY(m_fixture->log().append(chat(other, u"tiempo"_s)));
    QCOMPARE(ids(*m_fixture->log().messages(other, {50, 0, {}, u"tiempo"_s})), QList<EntryId> {1});
    QCOMPARE(ids(*m_fixture->log().messages(m_room, {50, 0, {}, u"tiempo"_s})), (QList<EntryId> {1, 4}));
}

void TestSearch::pagesThroughMatches()
{
    for (int i = 0; i < 5; ++i)
        QVERIFY(m_fixture->log().append(chat(m_room, u"pan"_s)));
    auto page = m_fixture->log().messages(m_room, {2, 0, {}, u"pan"_s});
    QCOMPARE(ids(*page), (QList<EntryId> {9, 10}));
    QVERIFY(page->hasMore);
    page = m_fixture->log().messages(m_room, {3, 9, {}, u"pan"_s});
    QCOMPARE(ids(*page), (QList<EntryId> {6, 7, 8}));
    QVERIFY(!page->hasMore);
    page = m_fixture->log().messages(m_room, {2, 0, 6, u"pan"_s});
    QCOMPARE(ids(*page), (QList<EntryId> {7, 8}));
    QVERIFY(page->hasMore);
}

void TestSearch::indexIsSoundAfterEverything()
{
    StorageFixture &f = *m_fixture;
    QVERIFY(f.log().messages(m_room, {50, 0, {}, u"x"_s}));
    for (int i = 0; i < 30; ++i) {
        QVERIFY(f.log().append(chat(m_room, u"word%1 shared"_s.arg(i))));
        if (i % 3 == 0) {
            EntryDraft edit = change(m_room, EntryKind::Edit, *f.log().lastId(m_room));
            edit.content = u"edited shared"_s;
            QVERIFY(f.log().append(edit));
        }
        if (i % 7 == 0)
            QVERIFY(f.log().messages(m_room, {50, 0, {}, u"shared"_s}));
    }
    QVERIFY(f.log().trim(m_room, 20));
    auto didWork = f.storage->housekeeping().step();
    while (didWork && *didWork)
        didWork = f.storage->housekeeping().step();
    QVERIFY(didWork);
    QVERIFY(f.storage->connection().execute(
        u"INSERT INTO entries_search (entries_search, rank) VALUES ('integrity-check', 1)"_s));
}

QTEST_GUILESS_MAIN(TestSearch)
#include "tst_search.moc"
