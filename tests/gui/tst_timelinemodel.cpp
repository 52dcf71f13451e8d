// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/support/samples.h"
#include "models/timelinemodel.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace tertulia;
using namespace Qt::StringLiterals;

class TestTimelineModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_model = std::make_unique<TimelineModel>();
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        m_model->setOwnName(u"Ana"_s);
    }
    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
    }

    void entriesInAnyOrderEndInIdOrder()
    {
        for (const EntryId id : {5, 2, 9, 2, 1, 5, 7})
            m_model->apply(samples::chat(id, u"Bea"_s, QString::number(id)));
        QCOMPARE(ids(), (QList<EntryId> {1, 2, 5, 7, 9}));
        m_model->prepend({samples::message(1, u"Bea"_s, u"again"_s, samples::ago(9))});
        QCOMPARE(m_model->rowCount(), 5);
    }

    void ownMessageIsShownOnceWhateverComesFirst_data()
    {
        QTest::addColumn<bool>("entryFirst");
        QTest::newRow("entry, then ack") << true;
        QTest::newRow("ack, then entry") << false;
    }

    void ownMessageIsShownOnceWhateverComesFirst()
    {
        QFETCH(bool, entryFirst);
        m_model->addPending(u"r1"_s, u"hola"_s, 0, samples::ago(0));
        QCOMPARE(m_model->item(0).delivery, TimelineItem::Delivery::Sending);
        if (entryFirst)
            m_model->apply(samples::chat(3, u"Ana"_s, u"hola"_s));
        m_model->acknowledge(u"r1"_s, 3, samples::ago(0));
        if (!entryFirst)
            m_model->apply(samples::chat(3, u"Ana"_s, u"hola"_s));
        QCOMPARE(ids(), (QList<EntryId> {3}));
        QCOMPARE(m_model->item(0).delivery, TimelineItem::Delivery::Stored);
    }

    void sameTextFromAnotherDeviceIsAMessageOfItsOwn()
    {
        m_model->addPending(u"r1"_s, u"ok"_s, 0, samples::ago(0));
        m_model->apply(samples::chat(3, u"Ana"_s, u"ok"_s)); // written elsewhere
        m_model->acknowledge(u"r1"_s, 4, samples::ago(0));
        m_model->apply(samples::chat(4, u"Ana"_s, u"ok"_s));
        QCOMPARE(ids(), (QList<EntryId> {3, 4}));
    }

    void pendingStaysLastAndFailureCanBeTriedAgain()
    {
        m_model->addPending(u"r1"_s, u"later"_s, 0, samples::ago(0));
        m_model->apply(samples::chat(8, u"Bea"_s, u"x"_s));
        QCOMPARE(m_model->item(1).ref, u"r1"_s);
        m_model->fail(u"r1"_s, u"slow_mode"_s);
        QCOMPARE(m_model->item(1).delivery, TimelineItem::Delivery::Failed);
        m_model->reset({}); // a reconnect that could not resume
        QCOMPARE(m_model->rowCount(), 1);
        m_model->resend(u"r1"_s);
        QCOMPARE(m_model->item(0).delivery, TimelineItem::Delivery::Sending);
        m_model->discard(u"r1"_s);
        QCOMPARE(m_model->rowCount(), 0);
    }

    void editsDeletesAndReactionsApply()
    {
        m_model->apply(samples::chat(1, u"Bea"_s, u"one"_s));
        m_model->apply(samples::chat(2, u"Bea"_s, u"two"_s));
        Entry edit = samples::chat(3, u"Bea"_s, u"ONE"_s);
        edit.kind = EntryKind::Edit;
        edit.target = 1;
        m_model->apply(edit);
        QCOMPARE(m_model->item(0).message.content, u"ONE"_s);
        QVERIFY(m_model->item(0).message.editedAt);
        Entry reaction = samples::chat(4, u"Ana"_s, {});
        reaction.kind = EntryKind::Reaction;
        reaction.target = 1;
        reaction.emoji = u"👍"_s;
        m_model->apply(reaction);
        m_model->apply(reaction);
        QCOMPARE(m_model->item(0).message.reactions, (QList<ReactionGroup> {{u"👍"_s, {u"Ana"_s}}}));
        reaction.reactionAdded = false;
        m_model->apply(reaction);
        QVERIFY(m_model->item(0).message.reactions.isEmpty());
        Entry removal = edit;
        removal.kind = EntryKind::Delete;
        m_model->apply(removal);
        removal.target = 77; // of a page that is not loaded
        m_model->apply(removal);
        QCOMPARE(ids(), (QList<EntryId> {2}));
    }

    void groupsAndDaysFollowAuthorAndTime()
    {
        const qint64 day = 24 * 3600;
        m_model->reset({samples::message(1, u"Bea"_s, u"a"_s, samples::ago(2 * day)),
            samples::message(2, u"Bea"_s, u"b"_s, samples::ago(600)),
            samples::message(3, u"Bea"_s, u"c"_s, samples::ago(590)),
            samples::message(4, u"Bea"_s, u"d"_s, samples::ago(100)),
            samples::message(5, u"Ana"_s, u"e"_s, samples::ago(99))});
        QVERIFY(m_model->startsDay(0) && m_model->startsDay(1));
        QVERIFY(m_model->continuesGroup(2) || m_model->startsDay(2)); // midnight may fall between the two
        QVERIFY(!m_model->continuesGroup(3) && !m_model->continuesGroup(4));
    }

    void unreadLineStandsAboveTheOldestUnreadOfOthers()
    {
        for (EntryId id = 1; id <= 6; ++id)
            m_model->apply(samples::chat(id, id == 5 ? u"Ana"_s : u"Bea"_s, u"x"_s));
        m_model->setUnreadCount(2);
        QCOMPARE(m_model->item(m_model->unreadLineRow()).message.id, 4);
        m_model->startUnreadAt(6);
        QCOMPARE(m_model->item(m_model->unreadLineRow()).message.id, 4);
        Entry removal = samples::chat(7, u"Bea"_s, {});
        removal.kind = EntryKind::Delete;
        removal.target = 4;
        m_model->apply(removal);
        QCOMPARE(m_model->item(m_model->unreadLineRow()).message.id, 5);
        m_model->clearUnreadLine();
        QCOMPARE(m_model->unreadLineRow(), -1);
    }

    void noticesFoldAndDoNotDisturbIds()
    {
        m_model->apply(samples::chat(1, u"Bea"_s, u"x"_s));
        m_model->addNotice(TimelineItem::Kind::Joined, u"Carla"_s, samples::ago(0));
        m_model->addNotice(TimelineItem::Kind::Joined, u"Diego"_s, samples::ago(0));
        QCOMPARE(m_model->rowCount(), 2);
        m_model->apply(samples::chat(2, u"Bea"_s, u"y"_s));
        QCOMPARE(m_model->rowOf(1), 0);
        QCOMPARE(m_model->rowOf(2), 2);
    }

    void everyRowHasAccessibleText()
    {
        m_model->apply(samples::chat(1, u"Bea"_s, u"hello"_s));
        m_model->addNotice(TimelineItem::Kind::Left, u"Carla"_s, samples::ago(0));
        m_model->addPending(u"r"_s, u"mine"_s, 1, samples::ago(0));
        for (int row = 0; row < m_model->rowCount(); ++row)
            QVERIFY(!m_model->index(row).data(Qt::AccessibleTextRole).toString().isEmpty());
        QVERIFY(m_model->index(0).data(Qt::AccessibleTextRole).toString().contains(u"Bea"_s));
        QVERIFY(m_model->index(2).data(Qt::AccessibleTextRole).toString().contains(u"hello"_s)); // what it answers
    }

    void randomTrafficKeepsTheModelSound()
    {
        QRandomGenerator random(20261121);
        for (int i = 0; i < 2000; ++i) {
            Entry entry = samples::chat(1 + random.bounded(300), random.bounded(2) ? u"Ana"_s : u"Bea"_s, u"t"_s);
            entry.kind = EntryKind(random.bounded(4));
            entry.target = 1 + random.bounded(300);
            entry.emoji = u"x"_s;
            m_model->apply(entry);
            if (random.bounded(20) == 0)
                m_model->addPending(QString::number(i), u"t"_s, 0, samples::ago(0));
            if (random.bounded(20) == 0)
                m_model->addNotice(TimelineItem::Kind::Joined, u"C"_s, samples::ago(0));
            if (random.bounded(20) == 0)
                m_model->acknowledge(QString::number(i - random.bounded(40)), 1 + random.bounded(300), samples::ago(0));
        }
        const QList<EntryId> now = ids();
        QVERIFY(std::is_sorted(now.cbegin(), now.cend()));
        QVERIFY(std::adjacent_find(now.cbegin(), now.cend()) == now.cend());
    }

private:
    QList<EntryId> ids() const
    {
        QList<EntryId> list;
        for (int row = 0; row < m_model->rowCount(); ++row) {
            if (m_model->item(row).message.id != 0)
                list.append(m_model->item(row).message.id);
        }
        return list;
    }

    std::unique_ptr<TimelineModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

QTEST_GUILESS_MAIN(TestTimelineModel)
#include "tst_timelinemodel.moc"
