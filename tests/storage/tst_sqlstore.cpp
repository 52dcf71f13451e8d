// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/storagefixture.h"

#include <QFile>
#include <QSignalSpy>
#include <QThread>

#include <condition_variable>
#include <mutex>

using namespace Qt::StringLiterals;
using namespace tertulia;

namespace {

/// Holds the writer's thread inside a task, so that what is written meanwhile waits together.
class Gate
{
public:
    void open()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_open = true;
        }
        m_changed.notify_all();
    }
    void pass()
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_open; });
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_open = false;
};

struct StoreFixture {
    QTemporaryDir temporary;
    SystemClock clock;
    std::unique_ptr<DataDirectory> directory;
    std::unique_ptr<SqlStore> store;
    RoomKey room = 0;
    QObject context;

    StoreFixture()
    {
        auto opened = DataDirectory::open(temporary.path());
        if (!opened)
            qFatal("%s", qPrintable(opened.error().detail));
        directory = std::move(*opened);
        restart();
        writeTo<RoomRecord>(
            *store, &context,
            [](Storage &storage) {
                RoomRecord draft;
                draft.name = u"general"_s;
                return storage.rooms().create(draft);
            },
            [this](const Result<RoomRecord> &made) { room = made->key; });
        if (!QTest::qWaitFor([this] { return room != 0; }))
            qFatal("no room");
    }

    void restart()
    {
        store.reset();
        auto opened = openStore(*directory, clock);
        if (!opened)
            qFatal("%s", qPrintable(opened.error().detail));
        store = std::move(*opened);
    }

    void append(const QString &content, const std::function<void(const Result<Appended> &)> &then)
    {
        writeTo<Appended>(
            *store, &context,
            [draft = chat(room, content)](Storage &storage) { return storage.entries().append(draft); }, then);
    }

    /// Blocks the writer until the gate is opened.
    std::shared_ptr<Gate> hold()
    {
        auto gate = std::make_shared<Gate>();
        auto entered = std::make_shared<Gate>();
        store->write(
            [gate, entered](Storage &) {
                entered->open();
                gate->pass();
            },
            [](const Result<void> &) {});
        entered->pass();
        return gate;
    }

    Result<MessagePage> page(const MessageQuery &query)
    {
        std::optional<Result<MessagePage>> outcome;
        readFrom<MessagePage>(
            *store, &context, [this, query](Storage &storage) { return storage.entries().messages(room, query); },
            [&outcome](const Result<MessagePage> &read) { outcome = read; });
        if (!QTest::qWaitFor([&outcome] { return outcome.has_value(); }, 15'000))
            qFatal("no answer");
        return *outcome;
    }
};

} // namespace

class TestSqlStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void waitingWritesAreOneCommitInOrder();
    void readsSeeWhatWasAcknowledged();
    void searchSeesWhatWasAcknowledged();
    void fullDatabaseRefusesTheGroupAndRecovers();
    void lockedDatabaseIsWaitedFor();
    void longLockRefusesAndRecovers();
    void tooManyWritesAreRefused();
    void stopCommitsWhatWaits();
    void goneContextIsNotCalled();
    void otherProcessMayAppend();
    void healthReturnsWithoutWrites();
};

void TestSqlStore::waitingWritesAreOneCommitInOrder()
{
    StoreFixture f;
    QList<qsizetype> commits;
    f.store->setCommitObserver([&](std::chrono::nanoseconds time, qsizetype writes) {
        QVERIFY(time.count() > 0);
        commits.append(writes);
    });
    const auto gate = f.hold();
    QList<EntryId> acknowledged;
    QThread *const thread = QThread::currentThread();
    for (int i = 0; i < 100; ++i) {
        f.append(QString::number(i), [&](const Result<Appended> &appended) {
            QCOMPARE(QThread::currentThread(), thread);
            acknowledged.append(appended->id);
        });
    }
    gate->open();
    QTRY_COMPARE(acknowledged.size(), 100);
    for (qsizetype i = 0; i < 100; ++i)
        QCOMPARE(acknowledged[i], EntryId(i + 1));
    QCOMPARE(commits, (QList<qsizetype> {1, 100}));
}

void TestSqlStore::readsSeeWhatWasAcknowledged()
{
    StoreFixture f;
    for (int i = 1; i <= 50; ++i) {
        std::optional<Result<MessagePage>> page;
        f.append(QString::number(i), [&](const Result<Appended> &) { page = f.page({1, 0, {}, {}}); });
        QTRY_VERIFY(page);
        QCOMPARE(contents(**page), QStringList {QString::number(i)});
        QCOMPARE((*page)->lastId, EntryId(i));
    }
}

void TestSqlStore::searchSeesWhatWasAcknowledged()
{
    StoreFixture f;
    for (int i = 1; i <= 20; ++i) {
        bool stored = false;
        f.append(u"palabra%1 común"_s.arg(i), [&](const Result<Appended> &) { stored = true; });
        QTRY_VERIFY(stored);
        QCOMPARE(ids(*f.page({50, 0, {}, u"palabra%1"_s.arg(i)})), QList<EntryId> {EntryId(i)});
        QCOMPARE(f.page({50, 0, {}, u"comun"_s})->messages.size(), i);
    }
}

void TestSqlStore::fullDatabaseRefusesTheGroupAndRecovers()
{
    StoreFixture f;
    const auto limitPages = [&](const QString &pragma) {
        bool done = false;
        f.store->write(
            [pragma](Storage &storage) { static_cast<SqlStorage &>(storage).connection().selectValue(pragma); },
            [&](const Result<void> &) { done = true; });
        QTRY_VERIFY(done);
    };
    bool stored = false;
    f.append(u"before"_s, [&](const Result<Appended> &) { stored = true; });
    QTRY_VERIFY(stored);
    limitPages(u"PRAGMA max_page_count = 1"_s);

    const auto gate = f.hold();
    QList<ErrorCode> refused;
    for (int i = 0; i < 20; ++i) {
        f.append(QString(20'000, u'x'), [&](const Result<Appended> &appended) {
            QVERIFY(!appended);
            refused.append(appended.error().code);
        });
    }
    gate->open();
    QTRY_COMPARE(refused.size(), 20);
    QCOMPARE(refused.count(ErrorCode::StoreUnavailable), 20);
    QCOMPARE(contents(*f.page({})), QStringList {u"before"_s});

    limitPages(u"PRAGMA max_page_count = 1073741823"_s);
    EntryId id = 0;
    f.append(u"after"_s, [&](const Result<Appended> &appended) { id = appended->id; });
    QTRY_COMPARE(id, EntryId(2));
    QVERIFY(f.store->isHealthy());
    QCOMPARE(contents(*f.page({})), (QStringList {u"before"_s, u"after"_s}));
}

void TestSqlStore::lockedDatabaseIsWaitedFor()
{
    StoreFixture f;
    const auto other = openStorage(f.temporary.path(), f.clock);
    QVERIFY((*other)->connection().begin(SqlTransaction::Write));
    EntryId id = 0;
    f.append(u"patient"_s, [&](const Result<Appended> &appended) { id = appended->id; });
    // The reader is not held up, and the server's thread neither.
    QVERIFY(f.page({})->messages.isEmpty());
    QCOMPARE(id, EntryId(0));
    (*other)->connection().rollback();
    QTRY_COMPARE(id, EntryId(1));
    QVERIFY(f.store->isHealthy());
}

void TestSqlStore::longLockRefusesAndRecovers()
{
    StoreFixture f;
    const auto other = openStorage(f.temporary.path(), f.clock);
    QVERIFY((*other)->connection().begin(SqlTransaction::Write));
    std::optional<ErrorCode> refused;
    f.append(u"lost"_s, [&](const Result<Appended> &appended) { refused = appended.error().code; });
    QTRY_VERIFY_WITH_TIMEOUT(refused, 9'000);
    QCOMPARE(*refused, ErrorCode::StoreUnavailable);
    QVERIFY(!f.store->isHealthy());
    (*other)->connection().rollback();
    EntryId id = 0;
    f.append(u"kept"_s, [&](const Result<Appended> &appended) { id = appended ? appended->id : 0; });
    QTRY_COMPARE(id, EntryId(1));
    QVERIFY(f.store->isHealthy());
}

void TestSqlStore::tooManyWritesAreRefused()
{
    StoreFixture f;
    f.store.reset();
    f.store = std::make_unique<SqlStore>(std::make_shared<SqliteDialect>(f.directory->databasePath()), f.clock, 10);
    QCOMPARE(f.store->queueLimit(), 10);
    const auto gate = f.hold();
    int stored = 0;
    QList<ErrorCode> refused;
    for (int i = 0; i < 15; ++i) {
        f.append(u"x"_s, [&](const Result<Appended> &appended) {
            if (appended)
                ++stored;
            else
                refused.append(appended.error().code);
        });
    }
    QVERIFY2(refused.isEmpty(), "an answer came from within the call");
    QTRY_COMPARE(refused, QList<ErrorCode>(5, ErrorCode::StoreUnavailable));
    gate->open();
    QTRY_COMPARE(stored, 10);
}

void TestSqlStore::stopCommitsWhatWaits()
{
    StoreFixture f;
    const auto gate = f.hold();
    int stored = 0;
    for (int i = 0; i < 50; ++i)
        f.append(u"x"_s, [&](const Result<Appended> &appended) { stored += appended ? 1 : 0; });
    gate->open();
    f.store->stop();
    QTRY_COMPARE(stored, 50);
    std::optional<ErrorCode> late;
    f.append(u"late"_s, [&](const Result<Appended> &appended) { late = appended.error().code; });
    QTRY_COMPARE(late, ErrorCode::StoreUnavailable);
    f.restart();
    QCOMPARE(f.page({})->lastId, EntryId(50));
}

void TestSqlStore::goneContextIsNotCalled()
{
    StoreFixture f;
    auto context = std::make_unique<QObject>();
    bool called = false;
    const auto gate = f.hold();
    writeTo<Appended>(
        *f.store, context.get(),
        [draft = chat(f.room, u"x"_s)](Storage &storage) { return storage.entries().append(draft); },
        [&](const Result<Appended> &) { called = true; });
    context.reset();
    gate->open();
    QTRY_COMPARE(f.page({})->lastId, EntryId(1));
    QVERIFY(!called);
}

void TestSqlStore::otherProcessMayAppend()
{
    StoreFixture f;
    EntryId id = 0;
    f.append(u"a"_s, [&](const Result<Appended> &appended) { id = appended->id; });
    QTRY_COMPARE(id, EntryId(1));
    const auto other = openStorage(f.temporary.path(), f.clock);
    QCOMPARE((*other)->entries().append(chat(f.room, u"ajena"_s))->id, EntryId(2));
    QCOMPARE(ids(*f.page({50, 0, {}, u"ajena"_s})), QList<EntryId> {2});
    f.append(u"c"_s, [&](const Result<Appended> &appended) { id = appended->id; });
    QTRY_COMPARE(id, EntryId(3));
}

void TestSqlStore::healthReturnsWithoutWrites()
{
    StoreFixture f;
    f.store->write([](Storage &storage) { static_cast<SqlStorage &>(storage).connection().execute(u"no statement"_s); },
        [](const Result<void> &) {});
    QTRY_VERIFY(!f.store->isHealthy());
    QTRY_VERIFY(f.store->isHealthy());
}

QTEST_GUILESS_MAIN(TestSqlStore)
#include "tst_sqlstore.moc"
