// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/support/samples.h"
#include "models/activitymodel.h"
#include "models/connectionmodel.h"
#include "models/membermodel.h"
#include "models/metricsseries.h"
#include "models/roomlistmodel.h"
#include "models/roommodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace tertulia;
using namespace Qt::StringLiterals;
using Tester = QAbstractItemModelTester;

class TestModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void connectionsAreKeptByTheirId()
    {
        ConnectionModel model;
        Tester tester(&model, Tester::FailureReportingMode::QtTest);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        model.apply({{samples::connection(u"a"_s, u"Ana"_s), samples::connection(u"b"_s, u"Bea"_s),
                         samples::connection(u"c"_s, u"Carla"_s)},
            {}});
        ConnectionRow slow = samples::connection(u"b"_s, u"Bea"_s);
        slow.queuedBytes = 1 << 20;
        model.apply({{slow, samples::connection(u"d"_s, u"Diego"_s)}, {u"a"_s, u"unknown"_s}});
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.rowOf(u"a"_s), -1);
        QCOMPARE(model.rowOf(u"b"_s), 0);
        QVERIFY(model.index(0, ConnectionModel::User).data().toString().startsWith(u'▲'));
        QCOMPARE(model.index(0, ConnectionModel::Waiting).data(ConnectionModel::SortRole).toLongLong(), 1 << 20);
        model.clear();
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(resets.count(), 0);
    }

    void unchangedConnectionTellsNothing()
    {
        ConnectionModel model;
        const ConnectionRow row = samples::connection(u"a"_s, u"Ana"_s);
        model.apply({{row}, {}});
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        model.apply({{row}, {}});
        QCOMPARE(changes.count(), 0);
    }

    void roomsAreKeptByTheirName()
    {
        RoomModel model;
        Tester tester(&model, Tester::FailureReportingMode::QtTest);
        model.apply({{samples::room(u"general"_s, 3, 1), samples::room(u"dudas"_s, 2, 0)}, {}});
        model.apply({{samples::room(u"general"_s, 4, 9)}, {u"dudas"_s}});
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.index(0, RoomModel::Members).data(RoomModel::SortRole).toInt(), 4);
    }

    void toolTipsShowTagsAsText()
    {
        RoomModel model;
        RoomRow row = samples::room(u"r"_s, 1, 0);
        row.topic = u"<img src='file:///etc/passwd'>"_s;
        model.apply({{row}, {}});
        const QString tip = model.index(0, 0).data(Qt::ToolTipRole).toString();
        QVERIFY(!tip.contains(u"<img"_s));
        QVERIFY(tip.contains(u"&lt;img"_s));
    }

    void activityIsARing()
    {
        ActivityModel model;
        Tester tester(&model, Tester::FailureReportingMode::QtTest);
        QList<ActivityEvent> events;
        for (int i = 0; i < ActivityModel::kMost; ++i)
            events.append({samples::ago(0), ActivityKind::Server, {}, {}, {}, QString::number(i)});
        model.append(events);
        model.append({{samples::ago(0), ActivityKind::Server, {}, {}, {}, u"last"_s}});
        QCOMPARE(model.rowCount(), ActivityModel::kMost);
        QCOMPARE(model.index(0).data(ActivityModel::SentenceRole).toString(), u"1"_s);
        model.append(events + events);
        QCOMPARE(model.rowCount(), ActivityModel::kMost);
    }

    void strangersTextStaysOnOneLineOfTheFeed()
    {
        const ActivityEvent event {
            samples::ago(0), ActivityKind::Joined, u"Eve\n12:00:00 Server all is well"_s, {}, u"r"_s, {}};
        QVERIFY(!ActivityModel::sentence(event).contains(u'\n'));
    }

    void seriesDownsampleByMeanAndKeepPeaks()
    {
        MetricsSeries series;
        for (int i = 0; i < 30; ++i) {
            MetricsSample sample;
            sample.messagesInPerSecond = i < 15 ? 10 : 20;
            sample.fanoutP99Ms = i == 7 ? 99 : 1;
            series.append(sample);
        }
        using Range = MetricsSeries::Range;
        using Value = MetricsSeries::Value;
        QCOMPARE(series.values(Range::Minute, Value::MessagesIn).size(), 30);
        QCOMPARE(series.values(Range::QuarterHour, Value::MessagesIn), (QList<double> {10, 20}));
        QCOMPARE(series.values(Range::QuarterHour, Value::FanoutP99), (QList<double> {99, 1}));
        QCOMPARE(series.values(Range::Hour, Value::MessagesIn), (QList<double> {15})); // still being gathered
        for (int i = 0; i < 500; ++i)
            series.append({});
        QCOMPARE(series.values(Range::Minute, Value::MessagesIn).size(), MetricsSeries::kPoints);
    }

    void membersAreSortedAndForgetTyping()
    {
        MemberModel model;
        Tester tester(&model, Tester::FailureReportingMode::QtTest);
        model.setMembers({{u"bea"_s, Role::Guest, 1, {}}, {u"Ana"_s, Role::Admin, 1, {}}});
        model.upsert({u"BEA"_s, Role::Member, 2, {}});
        QCOMPARE(model.names(), (QStringList {u"Ana"_s, u"BEA"_s}));
        model.setTyping(u"Ana"_s);
        QCOMPARE(model.typing(), (QStringList {u"Ana"_s}));
        model.setMembers({{u"BEA"_s, Role::Member, 2, {}}, {u"Carla"_s, Role::Guest, 1, {}}});
        QCOMPARE(model.names(), (QStringList {u"BEA"_s, u"Carla"_s}));
        QVERIFY(model.typing().isEmpty());
    }

    void roomListPutsDirectOnesLastAndCountsMentions()
    {
        RoomListModel model;
        Tester tester(&model, Tester::FailureReportingMode::QtTest);
        RoomInfo direct;
        direct.name = u"a-direct"_s;
        direct.isDirect = true;
        RoomInfo general;
        general.name = u"general"_s;
        RoomInfo doubts;
        doubts.name = u"Dudas"_s;
        model.setRooms({direct, general, doubts});
        QCOMPARE(model.rowOf(u"Dudas"_s), 0);
        QCOMPARE(model.rowOf(u"a-direct"_s), 2);
        model.addUnread(u"general"_s, false);
        model.addUnread(u"a-direct"_s, false);
        model.addUnread(u"Dudas"_s, true);
        QCOMPARE(model.totalMentions(), 2); // the direct one and the mention
        model.setRooms({general, direct});
        QCOMPARE(model.totalMentions(), 1);
        QVERIFY(model.hasUnread());
        model.setUnread(u"general"_s, 0, 0);
        model.setUnread(u"a-direct"_s, 0, 0);
        QVERIFY(!model.hasUnread());
    }
};

QTEST_GUILESS_MAIN(TestModels)
#include "tst_models.moc"
