// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/room.h"
#include "support/fakeconnection.h"

#include <QJsonArray>
#include <QTest>

using namespace tertulia;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestRoom : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void subscribersAreEachOnce()
    {
        Room room {RoomRecord {}};
        std::array<FakeConnection, 4> connections;
        for (FakeConnection &connection : connections) {
            room.addSubscriber(connection);
            room.addSubscriber(connection);
        }
        QCOMPARE(room.subscribers().size(), std::size_t(4));
        room.removeSubscriber(connections[0]); // the last takes its place
        room.removeSubscriber(connections[3]);
        QCOMPARE(QSet<Connection *>(room.subscribers().begin(), room.subscribers().end()),
            (QSet<Connection *> {&connections[1], &connections[2]}));
        QVERIFY(!room.isSubscribed(connections[3]));
        QVERIFY(room.isSubscribed(connections[1]));
    }

    void whoComesDuringABlockGetsItsRestOnly()
    {
        Room room {RoomRecord {}};
        FakeConnection early;
        FakeConnection late;
        FakeConnection gone;
        room.addSubscriber(early);
        room.block.append(Frame("{\"type\":\"a\"}"_ba));
        room.addSubscriber(late);
        room.addSubscriber(gone);
        room.removeSubscriber(gone);
        room.block.append(Frame("{\"type\":\"b\"}"_ba));
        QCOMPARE(room.subscribers().size(), std::size_t(1));
        const auto newcomers = room.takeNewcomers();
        QCOMPARE(newcomers.size(), std::size_t(1));
        QCOMPARE(newcomers.front().connection, &late);
        QCOMPARE(newcomers.front().firstFrame, qsizetype(1));
        QCOMPARE(room.subscribers().size(), std::size_t(2));
        room.removeSubscriber(late);
        QCOMPARE(room.subscribers().size(), std::size_t(1));
    }

    void membersAreShownUpToTwoHundred()
    {
        Room room {RoomRecord {}};
        for (int i = 0; i < 250; ++i)
            room.addMember({QString::number(i), u"user"_s + QString::number(i), Role::Guest}, fromMilliseconds(i));
        QCOMPARE(QJsonDocument::fromJson(room.membersJson()).array().size(), 200);
        room.removeMember(u"0"_s);
        const QJsonArray shown = QJsonDocument::fromJson(room.membersJson()).array();
        QCOMPARE(shown.size(), 200);
        QCOMPARE(shown.first().toObject().value("name"_L1).toString(), u"user249"_s);
        QCOMPARE(room.members().size(), std::size_t(249));
        QVERIFY(!room.findMember(u"0"_s));
        QCOMPARE(room.findMember(u"249"_s)->user.name, u"user249"_s);
    }

    void messagesAreCountedOverAMinute()
    {
        Room room {RoomRecord {}};
        const std::chrono::steady_clock::time_point start {1h};
        for (int second = 0; second < 120; ++second)
            room.countMessage(start + std::chrono::seconds(second));
        QCOMPARE(room.messagesPerMinute(start + 119s), 60);
        QCOMPARE(room.messagesPerMinute(start + 149s), 30);
        QCOMPARE(room.messagesPerMinute(start + 300s), 0);
        room.countMessage(start + 301s);
        QCOMPARE(room.messagesPerMinute(start + 301s), 1);
    }
};

QTEST_GUILESS_MAIN(TestRoom)
#include "tst_room.moc"
