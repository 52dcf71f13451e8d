// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/command.h"

#include <QTest>

using namespace tertulia;
using namespace Qt::StringLiterals;

class TestCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusals_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("slug");
        QTest::newRow("empty") << ""_ba
                               << "invalid_json"_ba;
        QTest::newRow("not JSON") << "hello"_ba
                                  << "invalid_json"_ba;
        QTest::newRow("half") << "{\"type\":\"chat\""_ba
                              << "invalid_json"_ba;
        QTest::newRow("after the end") << "{\"type\":\"ping\"} x"_ba
                                       << "invalid_json"_ba;
        QTest::newRow("not UTF-8") << "{\"type\":\"\xff\"}"_ba
                                   << "invalid_json"_ba;
        QTest::newRow("deep") << QByteArray(100000, '[') << "invalid_json"_ba;
        QTest::newRow("a number") << "7"_ba
                                  << "invalid_message"_ba;
        QTest::newRow("a text") << "\"hello\""_ba
                                << "invalid_message"_ba;
        QTest::newRow("two values") << "1,2"_ba
                                    << "invalid_json"_ba;
        QTest::newRow("array") << "[]"_ba
                               << "invalid_message"_ba;
        QTest::newRow("no type") << "{}"_ba
                                 << "invalid_message"_ba;
        QTest::newRow("type is a number") << "{\"type\":1}"_ba
                                          << "invalid_message"_ba;
        QTest::newRow("type is null") << "{\"type\":null}"_ba
                                      << "invalid_message"_ba;
        QTest::newRow("unknown") << "{\"type\":\"dance\"}"_ba
                                 << "unknown_type"_ba;
        QTest::newRow("chat without room") << "{\"type\":\"chat\",\"content\":\"x\"}"_ba
                                           << "invalid_field"_ba;
        QTest::newRow("room is a number") << "{\"type\":\"chat\",\"room\":1,\"content\":\"x\"}"_ba
                                          << "invalid_field"_ba;
        QTest::newRow("content is null") << "{\"type\":\"chat\",\"room\":\"a\",\"content\":null}"_ba
                                         << "invalid_field"_ba;
        QTest::newRow("since is a text") << "{\"type\":\"join\",\"room\":\"a\",\"since\":\"1\"}"_ba
                                         << "invalid_field"_ba;
        QTest::newRow("since is negative") << "{\"type\":\"join\",\"room\":\"a\",\"since\":-1}"_ba
                                           << "invalid_field"_ba;
        QTest::newRow("since is broken") << "{\"type\":\"join\",\"room\":\"a\",\"since\":1.5}"_ba
                                         << "invalid_field"_ba;
        QTest::newRow("since is huge") << "{\"type\":\"join\",\"room\":\"a\",\"since\":1e300}"_ba
                                       << "invalid_field"_ba;
        QTest::newRow("wrong action")
            << "{\"type\":\"reaction\",\"room\":\"a\",\"target\":1,\"emoji\":\"x\",\"action\":\"no\"}"_ba
            << "invalid_field"_ba;
        QTest::newRow("blank emoji")
            << "{\"type\":\"reaction\",\"room\":\"a\",\"target\":1,\"emoji\":\" \",\"action\":\"add\"}"_ba
            << "invalid_field"_ba;
        QTest::newRow("long ref") << QByteArray("{\"type\":\"ping\",\"ref\":\"" + QByteArray(65, 'r') + "\"}")
                                  << "invalid_field"_ba;
        QTest::newRow("ref is a number") << "{\"type\":\"ping\",\"ref\":7}"_ba
                                         << "invalid_field"_ba;
    }

    void refusals()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, slug);
        const auto decoded = decodeCommand(text);
        const auto *failure = std::get_if<CommandError>(&decoded);
        QVERIFY(failure);
        QCOMPARE(errorSlug(failure->error.code), slug);
    }

    void chatCarriesItsFields()
    {
        const auto decoded = decodeCommand(
            "{\"type\":\"chat\",\"room\":\"General\",\"content\":\"hola \\u00f1\",\"reply_to\":7,\"ref\":\"r1\",\"more\":{}}"_ba);
        const auto *command = std::get_if<Command>(&decoded);
        QVERIFY(command);
        QCOMPARE(command->ref, u"r1"_s);
        const auto *chat = std::get_if<ChatCommand>(&command->body);
        QVERIFY(chat);
        QCOMPARE(chat->room, u"General"_s);
        QCOMPARE(chat->content, u"hola \u00f1"_s);
        QCOMPARE(chat->replyTo, EntryId(7));
    }

    void joinWithoutSinceHasNone()
    {
        const auto plain = decodeCommand("{\"type\":\"join\",\"room\":\"a\"}"_ba);
        QVERIFY(!std::get<JoinCommand>(std::get<Command>(plain).body).since);
        const auto zero = decodeCommand("{\"type\":\"join\",\"room\":\"a\",\"since\":0,\"epoch\":\"e\"}"_ba);
        const auto &join = std::get<JoinCommand>(std::get<Command>(zero).body);
        QCOMPARE(join.since.value_or(9), EntryId(0));
        QCOMPARE(join.epoch, u"e"_s);
    }

    void errorKeepsTheRef()
    {
        const auto decoded = decodeCommand("{\"type\":\"dance\",\"ref\":\"r9\"}"_ba);
        QCOMPARE(std::get<CommandError>(decoded).ref, u"r9"_s);
    }
};

QTEST_GUILESS_MAIN(TestCommand)
#include "tst_command.moc"
