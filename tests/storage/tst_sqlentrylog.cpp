// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/storagefixture.h"

using namespace Qt::StringLiterals;
using namespace tertulia;

class TestSqlEntryLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void idsCountFromOneInEachRoom();
    void unknownRoomIsRefused();
    void sameRefAddsNothingForADay();
    void refOfAnotherUserOrRoomIsAnother();
    void editShowsInPagesButNotInTheLog();
    void onlyTheAuthorOrAnAdminChanges();
    void importedMessagesAreNobodys();
    void deletedMessagesLeaveThePages();
    void deleteNamesTheFreedFile();
    void missingTargetsAreRefused();
    void repeatedReactionIsTheFirst();
    void removingAMissingReactionAddsNothing();
    void reactionsComeInOrderOfTime();
    void pagesGoBothWays();
    void unreadCountsOthersMessages();
    void trimKeepsTheNewest();
    void trimStepsAreBounded();
    void removedRoomGoesOnCounting();
    void removedRoomIsSweptOut();
    void loneSurrogatesDoNotEatTheirNeighbours();
    void everyFieldSurvives();
    void failedPieceLeavesNothing();
    void anotherConnectionsEntriesAreCounted();
};

void TestSqlEntryLog::idsCountFromOneInEachRoom()
{
    StorageFixture f;
    const RoomKey first = f.makeRoom(u"first"_s).key;
    const RoomKey second = f.makeRoom(u"second"_s).key;
    for (EntryId id = 1; id <= 5; ++id) {
        QCOMPARE(f.log().append(chat(first, u"a"_s))->id, id);
        QCOMPARE(f.log().append(chat(second, u"b"_s))->id, id);
    }
    QCOMPARE(*f.log().lastId(first), EntryId(5));
    const auto entries = f.log().entriesAfter(first, 2, 2);
    QCOMPARE(entries->size(), 2);
    QCOMPARE(entries->first().id, EntryId(3));
    QCOMPARE(entries->last().room, u"first"_s);
    QVERIFY(f.log().entriesAfter(first, 5, 10)->isEmpty());
    QVERIFY(f.log().entriesAfter(first, std::numeric_limits<EntryId>::max(), 10)->isEmpty());
}

void TestSqlEntryLog::unknownRoomIsRefused()
{
    StorageFixture f;
    QCOMPARE(f.log().append(chat(77, u"a"_s)).error().code, ErrorCode::NoSuchRoom);
    QCOMPARE(f.log().lastId(77).error().code, ErrorCode::NoSuchRoom);
    QCOMPARE(f.log().messages(77, {}).error().code, ErrorCode::NoSuchRoom);
}

void TestSqlEntryLog::sameRefAddsNothingForADay()
{
    StorageFixture f;
    const RoomKey room = f.makeRoom(u"general"_s).key;
    EntryDraft draft = chat(room, u"once"_s);
    draft.ref = u"r1"_s;
    const auto first = f.log().append(draft);
    QVERIFY(first->isNew);

    draft.timestamp = kNoon + std::chrono::hours(24) - std::chrono::milliseconds(1);
    const auto again = f.log().append(draft);
    QVERIFY(!again->isNew);
    QCOMPARE(again->id, first->id);
    QCOMPARE(again->timestamp, kNoon);
    QCOMPARE(*f.log().lastId(room), EntryId(1));

    draft.timestamp = kNoon + std::chrono::hours(24);
    const auto nextDay = f.log().append(draft);
    QVERIFY(nextDay->isNew);
    QCOMPARE(nextDay->id, EntryId(2));
    draft.timestamp += std::chrono::hours(1);
    QCOMPARE(f.log().append(draft)->id, EntryId(2));
}

void TestSqlEntryLog::refOfAnotherUserOrRoomIsAnother()
{
    StorageFixture f;
    const RoomKey room = f.makeRoom(u"general"_s).key;
    const RoomKey other = f.makeRoom(u"other"_s).key;
    for (EntryDraft draft : {chat(room, u"a"_s), chat(room, u"b"_s, u"Bob"_s), chat(other, u"c"_s)}) {
        draft.ref = u"r"_s;
        QVERIFY(f.log().append(draft)->isNew);
    }
    // A refused message has not used its ref.
    EntryDraft refused = chat(room, u"reply"_s);
    refused.ref = u"later"_s;
    refused.replyTo = 99;
    QCOMPARE(f.log().append(refused).error().code, ErrorCode::NoSuchEntry);
    refused.replyTo = 1;
    QVERIFY(f.log().append(refused)->isNew);
}

void TestSqlEntryLog::editShowsInPagesButNotInTheLog()
{
    StorageFixture f;
    const RoomKey room = f.makeRoom(u"general"_s).key;
    QVERIFY(f.log().append(chat(room, u"before"_s)));
    EntryDraft edit = change(room, EntryKind::Edit, 1);
    edit.content = u"after"_s;
    edit.timestamp = kNoon + std::chrono::seconds(5);
    QCOMPARE(f.log().append(edit)->id, EntryId(2));

    const auto page = f.log().messages(room, {});
    QCOMPARE(contents(*page), QStringList {u"after"_s});
    QCOMPARE(*page->messages.first().editedAt, edit.timestamp);
    QCOMPARE(page->messages.first().timestamp, kNoon);
    QCOMPARE(page->lastId, EntryId(2));
    const auto entries = f.log().entriesAfter(room, 0, 10);
    QCOMPARE(entries->first().content, u"before"_s);
    QCOMPARE(entries->last().content, u"after"_s);
    QCOMPARE(entries->last().target, EntryId(1));
}

void TestSqlEntryLog::onlyTheAuthorOrAnAdminChanges()
{
    StorageFixture f;
    const RoomKey room = f.makeRoom(u"general"_s).key;
    QVERIFY(f.log().append(chat(room, u"mine"_s)));
    EntryDraft foreign = change(room, EntryKind::Delete, 1, u"Bob"_s);
    QCOMPARE(f.log().append(foreign).error().code, ErrorCode::Forbidden);
    QCOMPARE(*f.log().lastId(room), EntryId(1));
    foreign.mayTouchOthers = true;
    QCOMPARE(f.log().append(foreign)->id, EntryId(2));
}

void TestSqlEntryLog::importedMessagesAreNobodys()
{
    StorageFixture f;
    const RoomKey room = f.makeRoom(u"general"_s).key;
    EntryDraft draft = chat(room, u"x"_s);
    draft.userId.clear();
    QVERIFY(f.log().append(draft));
    EntryDraft edit = change(room, EntryKind::Edit, 1);
    edit.userId.clear();
    QCOMPARE(f.log().append(edit).error().code, ErrorCode::Forbidden);
}

void TestSqlEntryLog::deletedMessagesLeaveThePages()
{
    StorageFixture f;
    const RoomKey room = f.makeRoom(u"general"_s).key;
    QVERIFY(f.log().append(chat(room, u"stays"_s)));
    QVERIFY(f.log().append(chat(room, u"goes"_s)));
    QCOMPARE(f.log().append(change(room, EntryKind::Delete, 2))->id, EntryId(3));
    QCOMPARE(contents(*f.log().messages(room, {})), QStringList {u"stays"_s});
    QCOMPARE(f.log().entriesAfter(room, 0, 10)->size(), 3);

    EntryDraft edit = change(room, EntryKind::Edit, 2);
    edit.content = u"back"_s;
    QCOMPARE(f.log().append(edit).error().code, ErrorCode::NoSuchEntry);
    QCOMPARE(f.log().append(change(room, EntryKind::Delete, 2)).error().code, ErrorCode::NoSuchEntry);
    QCOMPARE(f.log().append(change(room, EntryKind::Reaction, 2)).error().code, ErrorCode::NoSuchEntry);
    EntryDraft reply = chat(room, u"reply"_s);
    reply.replyTo = 2;
    QCOMPARE(f.log().append(reply).error().code, ErrorCode::NoSuchEntry);
    QCOMPARE(*f.log().lastId(room), EntryId(3));
}

void TestSqlEntryLog::deleteNamesTheFreedFile()
{
    StorageFixture f;
    const RoomKey room = f.makeRoom(u"general"_s).key;
    EntryDraft draft = chat(room, u"see"_s);
    draft.file = FileInfo {u"f1"_s, u"a \"b\".txt"_s, 12, u"text/plain"_s, u"/files/f1/a"_s};
    QVERIFY(f.log().append(draft));
    QCOMPARE(f.log().messages(room, {})->messages.first().file, draft.file);
    QCOMPARE(f.log().append(change(room, EntryKind::Delete, 1))->freedFileId, u"f1"_s);
}

void TestSqlEntryLog::missingTargetsAreRefused()
{
    StorageFixture f;
    const RoomKey room = f.makeRoom(u"general"_s).key;
    QVERIFY(f.log().append(chat(room, u"a"_s)));
    EntryDraft reaction = change(room, EntryKind::Reaction, 1);
    reaction.emoji = u"👍"_s;
    QCOMPARE(f.log().append(reaction)->id, EntryId(2));
    for (const EntryId target : {EntryId(0), EntryId(2), EntryId(3), std::numeric_limits<EntryId>::max()}) {
        for (const EntryKind kind : {EntryKind::Edit, EntryKind::Delete, EntryKind::Reaction})
            QCOMPARE(f.log().append(change(room, kind, target)).error().code, ErrorCode::NoSuchEntry);
    }
    QCOMPARE(*f.log().lastId(room), EntryId(2));
}

void TestSqlEntryLog::repeatedReactionIsTheFirst()
{
    StorageFixture f;
    const RoomKey room = f.makeRoom(u"general"_s).key;
    QVERIFY(f.log().append(chat(room, u"a"_s)));
    EntryDraft reaction = change(room, EntryKind::Reaction, 1);
    reaction.emoji = u"👍"_s;
    const auto first = f.log().append(reaction);
    reaction.timestamp += std::chrono::hours(1);
    const auto second = f.log().append(reaction);
    QVERIFY(first->isNew);
    QVERIFY(!second->isNew);
    QCOMPARE(second->id, first->id);
    QCOMPARE(second->timestamp, kNoon);
}

void TestSqlEntryLog::removingAMissingReactionAddsNothing()
{
    StorageFixture f;
    const RoomKey room = f.makeRoom(u"general"_s).key;
    QVERIFY(f.log().append(chat(room, u"a"_s)));
    QVERIFY(f.log().append(chat(room, u"b"_s)));
    EntryDraft removal = change(room, EntryKind::Reaction, 1);
    removal.emoji = u"👍"_s;
    removal.reactionAdded = false;
    const auto nothing = f.log().append(removal);
    QVERIFY(!nothing->isNew);
    QCOMPARE(nothing->id, EntryId(2));

    EntryDraft addition = removal;
    addition.reactionAdded = true;
    QVERIFY(f.log().append(addition)->isNew);
    QCOMPARE(f.log().append(removal)->id, EntryId(4));
    QVERIFY(f.log().messages(room, {})->messages.first().reactions.isEmpty());
}

void TestSqlEntryLog::reactionsComeInOrderOfTime()
{
    StorageFixture f;
    const RoomKey room = f.makeRoom(u"general"_s).key;
    QVERIFY(f.log().append(chat(room, u"a"_s)));
    QVERIFY(f.log().append(chat(room, u"b"_s)));
    const QList<std::pair<QString, QString>> reactions {{u"Zoe"_s, u"👍"_s}, {u"Bob"_s, u"❤"_s}, {u"Ana"_s, u"👍"_s}};
    for (const auto &[user, emoji] : reactions) {
        EntryDraft reaction = change(room, EntryKind::Reaction, 2, user);
        reaction.emoji = emoji;
        QVERIFY(f.log().append(reaction));
    }
    const auto page = f.log().messages(room, {});
    QVERIFY(page->messages.first().reactions.isEmpty());
    const QList<ReactionGroup> expected {{u"👍"_s, {u"Zoe"_s, u"Ana"_s}}, {u"❤"_s, {u"Bob"_s}}};
    QCOMPARE(page->messages.last().reactions, expected);
}

void TestSqlEntryLog::pagesGoBothWays()
{
    StorageFixture f;
    const RoomKey room = f.makeRoom(u"general"_s).key;
    QVERIFY(f.makeRoom(u"neighbour"_s).key != room);
    for (int i = 1; i <= 10; ++i)
        QVERIFY(f.log().append(chat(room, QString::number(i))));
    QVERIFY(f.log().append(change(room, EntryKind::Delete, 6)));

    auto page = f.log().messages(room, {3, 0, {}, {}});
    QCOMPARE(ids(*page), (QList<EntryId> {8, 9, 10}));
    QVERIFY(page->hasMore);
    page = f.log().messages(room, {3, 8, {}, {}});
    QCOMPARE(ids(*page), (QList<EntryId> {4, 5, 7}));
    page = f.log().messages(room, {3, 4, {}, {}});
    QCOMPARE(ids(*page), (QList<EntryId> {1, 2, 3}));
    QVERIFY(!page->hasMore);
    page = f.log().messages(room, {3, 0, 4, {}});
    QCOMPARE(ids(*page), (QList<EntryId> {5, 7, 8}));
    QVERIFY(page->hasMore);
    page = f.log().messages(room, {3, 0, 7, {}});
    QCOMPARE(ids(*page), (QList<EntryId> {8, 9, 10}));
    QVERIFY(!page->hasMore);
    page = f.log().messages(room, {50, 9, 2, {}});
    QCOMPARE(ids(*page), (QList<EntryId> {3, 4, 5, 7, 8}));
    page = f.log().messages(room, {50, std::numeric_limits<EntryId>::max(), 0, {}});
    QCOMPARE(page->messages.size(), 9);
    page = f.log().messages(room, {50, 0, std::numeric_limits<EntryId>::max(), {}});
    QVERIFY(page->messages.isEmpty());
    QCOMPARE(page->lastId, EntryId(11));
}

void TestSqlEntryLog::unreadCountsOthersMessages()
{
    StorageFixture f;
    const RoomKey room = f.makeRoom(u"general"_s).key;
    for (const QString &user : {u"Ana"_s, u"Bob"_s, u"Bob"_s, u"Ana"_s, u"Bob"_s})
        QVERIFY(f.log().append(chat(room, u"x"_s, user)));
    QVERIFY(f.log().append(change(room, EntryKind::Delete, 5, u"Bob"_s)));
    QCOMPARE(*f.log().unread(room, u"id-Ana"_s, 0, 99), 2);
    QCOMPARE(*f.log().unread(room, u"id-Ana"_s, 2, 99), 1);
    QCOMPARE(*f.log().unread(room, u"id-Cid"_s, 0, 3), 3);
}

void TestSqlEntryLog::trimKeepsTheNewest()
{
    StorageFixture f;
    const RoomKey room = f.makeRoom(u"general"_s).key;
    for (int i = 1; i <= 10; ++i)
        QVERIFY(f.log().append(chat(room, u"word"_s)));
    QCOMPARE(*f.log().trim(room, 20), EntryId(1));
    QCOMPARE(*f.log().trim(room, 4), EntryId(7));
    QCOMPARE(f.log().entriesAfter(room, 0, 10)->first().id, EntryId(7));
    QCOMPARE(f.log().messages(room, {50, 0, {}, u"word"_s})->messages.size(), 4);
    QCOMPARE(f.log().append(change(room, EntryKind::Edit, 3)).error().code, ErrorCode::NoSuchEntry);
    QCOMPARE(*f.log().trim(room, 0), EntryId(11));
    QCOMPARE(f.rooms().all()->first().firstId, EntryId(11));
    QCOMPARE(f.log().append(chat(room, u"next"_s))->id, EntryId(11));
}

void TestSqlEntryLog::trimStepsAreBounded()
{
    StorageFixture f;
    const RoomKey room = f.makeRoom(u"general"_s).key;
    QVERIFY(f.storage->atomically([&]() -> Result<void> {
        for (int i = 1; i <= 5000; ++i) {
            if (const auto appended = f.log().append(chat(room, u"x"_s)); !appended)
                return appended.error();
        }
        return {};
    }));
    QCOMPARE(*f.log().trim(room, 100), EntryId(2001));
    QCOMPARE(*f.log().trim(room, 100), EntryId(4001));
    QCOMPARE(*f.log().trim(room, 100), EntryId(4901));
    QCOMPARE(*f.log().trim(room, 100), EntryId(4901));
}

void TestSqlEntryLog::removedRoomGoesOnCounting()
{
    StorageFixture f;
    const RoomRecord room = f.makeRoom(u"Sala"_s);
    EntryDraft draft = chat(room.key, u"secreto"_s);
    draft.ref = u"r"_s;
    QVERIFY(f.log().append(draft));
    QVERIFY(f.log().append(chat(room.key, u"dos"_s)));
    QCOMPARE(f.rooms().create(room).error().code, ErrorCode::RoomExists);
    QVERIFY(f.rooms().remove(room.key));
    QCOMPARE(f.rooms().remove(room.key).error().code, ErrorCode::NoSuchRoom);
    QCOMPARE(f.log().append(chat(room.key, u"late"_s)).error().code, ErrorCode::NoSuchRoom);

    const RoomRecord again = f.makeRoom(u"SALA"_s);
    QVERIFY(again.key != room.key);
    QVERIFY(again.epoch != room.epoch);
    QCOMPARE(again.lastId, EntryId(2));
    QCOMPARE(again.firstId, EntryId(3));
    draft.room = again.key;
    const auto appended = f.log().append(draft);
    QVERIFY(appended->isNew);
    QCOMPARE(appended->id, EntryId(3));
    QCOMPARE(f.log().messages(again.key, {50, 0, {}, u"secreto"_s})->messages.size(), 1);
    QCOMPARE(f.rooms().all()->size(), 1);
}

void TestSqlEntryLog::removedRoomIsSweptOut()
{
    StorageFixture f;
    const RoomKey room = f.makeRoom(u"gone"_s).key;
    const RoomKey kept = f.makeRoom(u"kept"_s).key;
    QVERIFY(f.log().append(chat(room, u"indexed"_s)));
    QCOMPARE(f.log().messages(room, {50, 0, {}, u"indexed"_s})->messages.size(), 1);
    QVERIFY(f.log().append(chat(room, u"not yet"_s)));
    QVERIFY(f.log().append(chat(kept, u"stays"_s)));
    QVERIFY(f.rooms().remove(room));
    auto didWork = f.storage->housekeeping().step();
    for (int i = 0; i < 20 && didWork && *didWork; ++i)
        didWork = f.storage->housekeeping().step();
    QVERIFY(didWork && !*didWork);
    SqlConnection &connection = f.storage->connection();
    QCOMPARE(connection.selectValue(u"SELECT count(*) FROM entries"_s).toInt(), 1);
    QCOMPARE(connection.selectValue(u"SELECT count(*) FROM removed_rooms"_s).toInt(), 0);
    QCOMPARE(
        connection.selectValue(u"SELECT count(*) FROM entries_search WHERE entries_search MATCH 'indexed'"_s).toInt(),
        0);
    QCOMPARE(
        connection.selectValue(u"SELECT count(*) FROM entries_search WHERE entries_search MATCH 'stays'"_s).toInt(), 1);
    QVERIFY(connection.execute(u"INSERT INTO entries_search (entries_search, rank) VALUES ('integrity-check', 1)"_s));
}

void TestSqlEntryLog::loneSurrogatesDoNotEatTheirNeighbours()
{
    StorageFixture f;
    const RoomKey room = f.makeRoom(u"general"_s).key;
    const QString broken = u"a"_s + QChar(0xd83d) + u"b"_s + QChar(0xdc00) + u"c\0d"_s + QChar(0xd83d);
    QVERIFY(f.log().append(chat(room, broken)));
    const QChar mark = QChar::ReplacementCharacter;
    QCOMPARE(contents(*f.log().messages(room, {})).first(), u"a"_s + mark + u"b"_s + mark + u"c\0d"_s + mark);
}

void TestSqlEntryLog::everyFieldSurvives()
{
    StorageFixture f;
    const RoomKey room = f.makeRoom(u"general"_s).key;
    QVERIFY(f.log().append(chat(room, u"first"_s)));
    EntryDraft draft = chat(room, u"línea 1\nlínea 2 😀"_s, u"Bob"_s);
    draft.replyTo = 1;
    draft.mentions = {u"Ana María"_s, u"Zoe"_s};
    draft.file = FileInfo {u"id"_s, u"ñ.png"_s, 5'000'000'000, u"image/png"_s, u"/files/id/%C3%B1.png"_s};
    QVERIFY(f.log().append(draft));
    const Entry entry = f.log().entriesAfter(room, 1, 1)->first();
    QCOMPARE(entry.user, u"Bob"_s);
    QCOMPARE(entry.userId, u"id-Bob"_s);
    QCOMPARE(entry.content, draft.content);
    QCOMPARE(entry.replyTo, EntryId(1));
    QCOMPARE(entry.mentions, draft.mentions);
    QCOMPARE(entry.file, draft.file);
    QCOMPARE(entry.timestamp, kNoon);
}

void TestSqlEntryLog::failedPieceLeavesNothing()
{
    StorageFixture f;
    const RoomKey room = f.makeRoom(u"general"_s).key;
    const auto outcome = f.storage->atomically([&]() -> Result<void> {
        if (!f.log().append(chat(room, u"kept"_s)))
            return ErrorCode::Internal;
        const auto inner = f.storage->atomically([&]() -> Result<void> {
            if (!f.log().append(chat(room, u"lost"_s)))
                return ErrorCode::Internal;
            return ErrorCode::InvalidField;
        });
        if (inner || inner.error().code != ErrorCode::InvalidField)
            return ErrorCode::Internal;
        return {};
    });
    QVERIFY(outcome);
    QCOMPARE(contents(*f.log().messages(room, {})), QStringList {u"kept"_s});
    QCOMPARE(f.log().append(chat(room, u"next"_s))->id, EntryId(2));
}

void TestSqlEntryLog::anotherConnectionsEntriesAreCounted()
{
    StorageFixture f;
    const RoomKey room = f.makeRoom(u"general"_s).key;
    QCOMPARE(f.log().append(chat(room, u"a"_s))->id, EntryId(1));
    const auto other = openStorage(f.directory.path(), f.clock);
    QVERIFY(other);
    QCOMPARE((*other)->entries().append(chat(room, u"b"_s))->id, EntryId(2));
    QCOMPARE(f.log().append(chat(room, u"c"_s))->id, EntryId(3));
    QCOMPARE((*other)->entries().append(chat(room, u"d"_s))->id, EntryId(4));
}

QTEST_GUILESS_MAIN(TestSqlEntryLog)
#include "tst_sqlentrylog.moc"
