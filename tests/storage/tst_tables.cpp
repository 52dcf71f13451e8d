// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/storagefixture.h"

using namespace Qt::StringLiterals;
using namespace tertulia;

class TestTables : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void accountNamesAreUniqueFolded();
    void missingAccountsAreToldApart();
    void notificationIdsAreNeverGivenAgain();
    void notificationsReachTheirUserAndEveryone();
    void readMarksNeverMoveBack();
    void bansComeAndGo();
    void filesOfARemovedRoomWaitForTheirRemoval();
    void revocationsEndWithTheToken();
    void firstMetaValueStands();
    void auditIsNewestFirst();
    void roomFieldsSurvive();
    void membershipsEndWithTheRoom();
};

void TestTables::accountNamesAreUniqueFolded()
{
    StorageFixture f;
    const auto ana = f.storage->accounts().create(u"Ana"_s, u"hash"_s, Role::Admin);
    QVERIFY(ana);
    QCOMPARE(f.storage->accounts().create(u"ANA"_s, u"other"_s, Role::Member).error().code, ErrorCode::NameTaken);
    const auto found = f.storage->accounts().byName(u"aNa"_s);
    QCOMPARE(found->id, ana->id);
    QCOMPARE(found->passwordHash, u"hash"_s);
    QCOMPARE(found->role, Role::Admin);
    QVERIFY(f.storage->accounts().setTokensValidFrom(ana->id, kNoon));
    QCOMPARE(f.storage->accounts().all()->first().tokensValidFrom, kNoon);
}

void TestTables::missingAccountsAreToldApart()
{
    StorageFixture f;
    QCOMPARE(f.storage->accounts().byName(u"nobody"_s).error().code, ErrorCode::NoSuchUser);
    QCOMPARE(f.storage->accounts().setRole(u"nobody"_s, Role::Admin).error().code, ErrorCode::NoSuchUser);
    QCOMPARE(f.storage->accounts().remove(u"nobody"_s).error().code, ErrorCode::NoSuchUser);
}

void TestTables::notificationIdsAreNeverGivenAgain()
{
    StorageFixture f;
    NotificationTable &table = f.storage->notifications();
    QCOMPARE(*table.lastId(), quint64(0));
    QCOMPARE(*table.firstId(), quint64(1));
    Notification notification;
    notification.timestamp = kNoon;
    QCOMPARE(*table.append({}, notification), quint64(1));
    notification.timestamp = kNoon + std::chrono::hours(1);
    QCOMPARE(*table.append({}, notification), quint64(2));
    QVERIFY(table.trim(kNoon + std::chrono::minutes(1)));
    QCOMPARE(*table.firstId(), quint64(2));
    QVERIFY(table.trim(kNoon + std::chrono::hours(2)));
    QCOMPARE(*table.firstId(), quint64(3));
    QCOMPARE(*table.lastId(), quint64(2));
    QCOMPARE(*table.append({}, notification), quint64(3));
}

void TestTables::notificationsReachTheirUserAndEveryone()
{
    StorageFixture f;
    NotificationTable &table = f.storage->notifications();
    Notification sent {0, NotificationKind::Mention, u"título"_s, u"cuerpo"_s, NotificationLevel::Alert, u"general"_s,
        u"Bob"_s, kNoon};
    QVERIFY(table.append(u"ana"_s, sent));
    QVERIFY(table.append(u"bob"_s, sent));
    QVERIFY(table.append({}, sent));
    const auto received = table.after(u"ana"_s, 0, 10);
    QCOMPARE(received->size(), 2);
    sent.id = 1;
    QCOMPARE(received->first(), sent);
    QCOMPARE(received->last().id, quint64(3));
    QVERIFY(table.after(u"ana"_s, std::numeric_limits<quint64>::max(), 10)->isEmpty());
}

void TestTables::readMarksNeverMoveBack()
{
    StorageFixture f;
    ReadMarkTable &marks = f.storage->readMarks();
    QVERIFY(marks.set(u"ana"_s, 1, 7));
    QVERIFY(marks.set(u"ana"_s, 1, 5));
    QCOMPARE(marks.of(u"ana"_s)->first().id, EntryId(7));
    QVERIFY(marks.set(u"ana"_s, 1, 9));
    QCOMPARE(marks.of(u"ana"_s)->first().id, EntryId(9));
    QVERIFY(marks.of(u"bob"_s)->isEmpty());
}

void TestTables::bansComeAndGo()
{
    StorageFixture f;
    Ban draft;
    draft.address = u"192.168.1.0/24"_s;
    draft.reason = u"spam"_s;
    draft.until = kNoon;
    const auto ban = f.storage->bans().add(draft);
    QVERIFY(!ban->id.isEmpty());
    QCOMPARE(*f.storage->bans().all(), QList<Ban> {*ban});
    QVERIFY(*f.storage->bans().remove(ban->id));
    QVERIFY(!*f.storage->bans().remove(ban->id));
}

void TestTables::filesOfARemovedRoomWaitForTheirRemoval()
{
    StorageFixture f;
    const RoomKey room = f.makeRoom(u"files"_s).key;
    StoredFile file {{u"f1"_s, u"a"_s, 3, u"text/plain"_s, u"/files/f1/a"_s}, room, u"ana"_s, "abc"_ba};
    QVERIFY(f.storage->files().add(file));
    file.info.id = u"f2"_s;
    file.room = 0;
    QVERIFY(f.storage->files().add(file));
    QCOMPARE(*f.storage->files().countOfHash("abc"_ba), 2);
    QCOMPARE(*f.rooms().remove(room), QStringList {u"f1"_s});
    QCOMPARE(f.storage->files().byId(u"f1"_s)->room, RoomKey(0));
    QCOMPARE(f.storage->files().byId(u"f1"_s)->sha256, "abc"_ba);
    QVERIFY(f.storage->files().remove(u"f1"_s));
    QCOMPARE(f.storage->files().byId(u"f1"_s).error().code, ErrorCode::NotFound);
    QCOMPARE(*f.storage->files().countOfHash("abc"_ba), 1);
}

void TestTables::revocationsEndWithTheToken()
{
    StorageFixture f;
    const Timestamp now = f.clock.now();
    QVERIFY(f.storage->tokens().revoke({u"old"_s, now - std::chrono::hours(1)}));
    QVERIFY(f.storage->tokens().revoke({u"new"_s, now + std::chrono::hours(1)}));
    QVERIFY(f.storage->tokens().revoke({u"new"_s, now + std::chrono::hours(1)}));
    const auto revocations = f.storage->tokens().revocations();
    QCOMPARE(revocations->size(), 1);
    QCOMPARE(revocations->first().tokenId, u"new"_s);
}

void TestTables::firstMetaValueStands()
{
    StorageFixture f;
    QVERIFY(f.storage->meta().value(u"key"_s)->isEmpty());
    QCOMPARE(*f.storage->meta().valueOrInsert(u"key"_s, "a\0b"_ba), "a\0b"_ba);
    QCOMPARE(*f.storage->meta().valueOrInsert(u"key"_s, "other"_ba), "a\0b"_ba);
    QVERIFY(f.storage->meta().setValue(u"key"_s, {}));
    QVERIFY(f.storage->meta().value(u"key"_s)->isEmpty());
}

void TestTables::auditIsNewestFirst()
{
    StorageFixture f;
    for (const QString &action : {u"kick"_s, u"ban"_s, u"grant"_s})
        QVERIFY(f.storage->meta().addAudit({kNoon, u"Ana"_s, action, u"Bob"_s, {}}));
    const auto records = f.storage->meta().audit(2);
    QCOMPARE(records->size(), 2);
    QCOMPARE(records->first().action, u"grant"_s);
}

void TestTables::roomFieldsSurvive()
{
    StorageFixture f;
    RoomRecord draft;
    draft.name = u"Música"_s;
    draft.topic = u"jazz"_s;
    draft.isPrivate = true;
    draft.slowModeSeconds = 5;
    RoomRecord room = *f.rooms().create(draft);
    QCOMPARE(room.firstId, EntryId(1));
    QVERIFY(!room.epoch.isEmpty());
    room.topic = u"blues"_s;
    room.passwordHash = u"hash"_s;
    room.readOnly = true;
    QVERIFY(f.rooms().update(room));
    const RoomRecord read = f.rooms().all()->first();
    QCOMPARE(read.name, u"Música"_s);
    QCOMPARE(read.topic, u"blues"_s);
    QCOMPARE(read.passwordHash, u"hash"_s);
    QVERIFY(read.readOnly && read.isPrivate && !read.isDirect);
    QCOMPARE(read.slowModeSeconds, 5);
    QCOMPARE(read.epoch, room.epoch);
    QCOMPARE(read.createdAt, room.createdAt);
    room.key = 99;
    QCOMPARE(f.rooms().update(room).error().code, ErrorCode::NoSuchRoom);
}

void TestTables::membershipsEndWithTheRoom()
{
    StorageFixture f;
    const RoomKey room = f.makeRoom(u"a"_s).key;
    QVERIFY(f.rooms().addMembership({room, u"1"_s, u"Ana"_s}));
    QVERIFY(f.rooms().addMembership({room, u"1"_s, u"Ana María"_s}));
    QVERIFY(f.rooms().addMembership({room, u"2"_s, u"Bob"_s}));
    QVERIFY(f.rooms().removeMembership(room, u"2"_s));
    QCOMPARE(f.rooms().allMemberships()->size(), 1);
    QCOMPARE(f.rooms().allMemberships()->first().userName, u"Ana María"_s);
    QVERIFY(f.rooms().remove(room));
    QVERIFY(f.rooms().allMemberships()->isEmpty());
}

QTEST_GUILESS_MAIN(TestTables)
#include "tst_tables.moc"
