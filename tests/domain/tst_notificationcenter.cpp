// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/notificationcenter.h"
#include "storage/openstore.h"
#include "support/fakeclock.h"
#include "support/fakeconnection.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace tertulia;
using namespace Qt::StringLiterals;

/// The feeds over a real store.
class TestNotificationCenter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void oneNumberingForAllAndOnlyOnesOwnAreHeard();
    void resumesWithoutGapOrDoubleWhileMoreComes();
    void replayIsLongerThanAPage();
    void unknownIdIsResetAndNoPartialReplay();
    void zeroMeansEverythingKept();
    void pageTellsWhereToGoOn();
    void waiterIsWokenOnceByItsOwnAndByAll();
    void pageDoesNotMissWhatCameWhileItWasRead();
    void eventStreamsCarryTheIdAndNoType();
    void whoLeftWhileTheReplayIsReadHearsNothing();

private:
    quint64 notify(const QString &userId, const QString &title);
    static QList<quint64> idsOf(const FakeConnection &connection);
    static Principal principal(const QString &id) { return {{id, id, Role::Member}, {}, {}, {}}; }

    std::unique_ptr<QTemporaryDir> m_folder;
    FakeClock m_clock;
    std::unique_ptr<DataDirectory> m_directory;
    std::unique_ptr<SqlStore> m_store;
    std::unique_ptr<NotificationCenter> m_center;
};

void TestNotificationCenter::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_directory = std::move(*DataDirectory::open(m_folder->path()));
    m_store = std::move(*openStore(*m_directory, m_clock));
    m_center = std::make_unique<NotificationCenter>(*m_store, m_clock);
    bool isLoaded = false;
    m_center->load(this, [&isLoaded](const Result<void> &result) { isLoaded = result.isOk(); });
    QTRY_VERIFY(isLoaded);
}

void TestNotificationCenter::cleanup()
{
    m_center.reset();
    m_store.reset();
    m_directory.reset();
}

quint64 TestNotificationCenter::notify(const QString &userId, const QString &title)
{
    quint64 id = 0;
    Notification notification;
    notification.title = title;
    m_center->notify(userId, notification, this, [&id](const Result<Notification> &kept) { id = kept ? kept->id : 0; });
    if (!QTest::qWaitFor([&id] { return id != 0; }))
        qFatal("The notification was not kept.");
    return id;
}

QList<quint64> TestNotificationCenter::idsOf(const FakeConnection &connection)
{
    QList<quint64> ids;
    for (const QJsonObject &message : connection.messages)
        ids.append(quint64(message.value("id"_L1).toInteger()));
    return ids;
}

void TestNotificationCenter::oneNumberingForAllAndOnlyOnesOwnAreHeard()
{
    FakeConnection ana;
    FakeConnection eva;
    m_center->subscribe(ana, principal(u"ana"_s), std::nullopt);
    m_center->subscribe(eva, principal(u"eva"_s), std::nullopt);
    const quint64 first = notify(u"ana"_s, u"for Ana"_s);
    const quint64 second = notify({}, u"for all"_s);
    const quint64 third = notify(u"eva"_s, u"for Eva"_s);
    QVERIFY(first < second && second < third);
    QCOMPARE(idsOf(ana), QList<quint64>({first, second}));
    QCOMPARE(idsOf(eva), QList<quint64>({second, third}));
    QCOMPARE(ana.messages.constFirst().value("type"_L1).toString(), u"notification"_s);
}

void TestNotificationCenter::resumesWithoutGapOrDoubleWhileMoreComes()
{
    QList<quint64> expected;
    const quint64 seen = notify(u"ana"_s, u"seen"_s);
    for (int i = 0; i < 5; ++i)
        expected.append(notify(u"ana"_s, u"missed"_s));
    FakeConnection ana;
    m_center->subscribe(ana, principal(u"ana"_s), seen);
    // These are on their way into the store while the replay is being read.
    Notification notification;
    int kept = 0;
    for (int i = 0; i < 5; ++i) {
        m_center->notify(u"ana"_s, notification, this, [&](const Result<Notification> &result) {
            expected.append(result->id);
            ++kept;
        });
    }
    QTRY_COMPARE(kept, 5);
    QTRY_COMPARE(ana.messages.size(), expected.size());
    expected.append(notify(u"ana"_s, u"live"_s));
    QCOMPARE(idsOf(ana), expected);
}

void TestNotificationCenter::replayIsLongerThanAPage()
{
    const quint64 seen = notify(u"ana"_s, u"seen"_s);
    int kept = 0;
    for (int i = 0; i < 1203; ++i)
        m_center->notify(u"ana"_s, {}, this, [&kept](const Result<Notification> &) { ++kept; });
    QTRY_COMPARE_WITH_TIMEOUT(kept, 1203, 20000);
    FakeConnection ana;
    m_center->subscribe(ana, principal(u"ana"_s), seen);
    QTRY_COMPARE(ana.messages.size(), 1203);
    const QList<quint64> ids = idsOf(ana);
    for (qsizetype i = 0; i < ids.size(); ++i)
        QCOMPARE(ids.at(i), seen + quint64(i) + 1);
}

void TestNotificationCenter::unknownIdIsResetAndNoPartialReplay()
{
    const quint64 last = notify(u"ana"_s, u"one"_s);
    FakeConnection ana;
    m_center->subscribe(ana, principal(u"ana"_s), last + 7);
    QCOMPARE(ana.messages.size(), 1);
    QCOMPARE(ana.messages.constFirst().value("type"_L1).toString(), u"reset"_s);
    QCOMPARE(quint64(ana.messages.constFirst().value("last_id"_L1).toInteger()), last);
    const quint64 next = notify(u"ana"_s, u"two"_s);
    QCOMPARE(idsOf(ana).constLast(), next);
}

void TestNotificationCenter::zeroMeansEverythingKept()
{
    const quint64 first = notify(u"ana"_s, u"one"_s);
    const quint64 second = notify({}, u"two"_s);
    FakeConnection ana;
    m_center->subscribe(ana, principal(u"ana"_s), 0);
    QTRY_COMPARE(idsOf(ana), QList<quint64>({first, second}));
}

void TestNotificationCenter::pageTellsWhereToGoOn()
{
    const quint64 first = notify(u"ana"_s, u"one"_s);
    const quint64 second = notify(u"ana"_s, u"two"_s);
    const quint64 other = notify(u"eva"_s, u"not hers"_s);
    std::optional<NotificationPage> page;
    const auto keep = [&page](const Result<NotificationPage> &result) { page = *result; };
    m_center->page(u"ana"_s, 0, 1, this, keep);
    QTRY_VERIFY(page);
    QCOMPARE(page->notifications.size(), 1);
    QCOMPARE(page->lastId, first);
    page.reset();
    m_center->page(u"ana"_s, second, 10, this, keep);
    QTRY_VERIFY(page);
    QVERIFY(page->notifications.isEmpty());
    QCOMPARE(page->lastId, other);
}

void TestNotificationCenter::waiterIsWokenOnceByItsOwnAndByAll()
{
    int ana = 0;
    int eva = 0;
    int cancelled = 0;
    (void)m_center->waitFor(u"ana"_s, [&ana] { ++ana; });
    (void)m_center->waitFor(u"eva"_s, [&eva] { ++eva; });
    m_center->cancelWait(m_center->waitFor(u"ana"_s, [&cancelled] { ++cancelled; }));
    notify(u"ana"_s, u"one"_s);
    QCOMPARE(ana, 1);
    QCOMPARE(eva, 0);
    notify({}, u"two"_s);
    QCOMPARE(ana, 1);
    QCOMPARE(eva, 1);
    QCOMPARE(cancelled, 0);
}

void TestNotificationCenter::pageDoesNotMissWhatCameWhileItWasRead()
{
    // Whatever the order in which the store answers, an empty page means that waitFor() is not too late.
    for (int round = 0; round < 50; ++round) {
        quint64 found = 0;
        quint64 id = 0;
        m_center->notify(u"ana"_s, {}, this, [&id](const Result<Notification> &kept) { id = kept->id; });
        const quint64 after = round == 0 ? 0 : quint64(round);
        m_center->page(u"ana"_s, after, 10, this, [&](const Result<NotificationPage> &page) {
            if (!page->notifications.isEmpty())
                found = page->lastId;
            else
                (void)m_center->waitFor(u"ana"_s, [&found, &id] { found = id == 0 ? 1 : id; });
        });
        QTRY_VERIFY(found != 0 && id != 0);
    }
}

void TestNotificationCenter::eventStreamsCarryTheIdAndNoType()
{
    FakeConnection stream(Wire::EventStream);
    m_center->subscribe(stream, principal(u"ana"_s), std::nullopt);
    notify(u"ana"_s, u"one"_s);
    QCOMPARE(stream.messages.size(), 1);
    QVERIFY(!stream.messages.constFirst().contains("type"_L1));
}

void TestNotificationCenter::whoLeftWhileTheReplayIsReadHearsNothing()
{
    notify(u"ana"_s, u"one"_s);
    FakeConnection ana;
    m_center->subscribe(ana, principal(u"ana"_s), 0);
    m_center->unsubscribe(ana);
    // A read that was asked for later is answered later.
    bool isRead = false;
    m_center->page(u"ana"_s, 0, 1, this, [&isRead](const Result<NotificationPage> &) { isRead = true; });
    QTRY_VERIFY(isRead);
    notify(u"ana"_s, u"two"_s);
    QVERIFY(ana.messages.isEmpty());
}

QTEST_GUILESS_MAIN(TestNotificationCenter)
#include "tst_notificationcenter.moc"
