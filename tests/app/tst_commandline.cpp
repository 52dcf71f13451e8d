// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "commandline.h"

#include <QTest>

using namespace tertulia;
using namespace Qt::StringLiterals;

class TestCommandLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void optionsStandForSettings_data();
    void optionsStandForSettings();
    void wrongLinesAreRefusedWithOneLine_data();
    void wrongLinesAreRefusedWithOneLine();
    void tokenHasItsParts();
    void userCommands_data();
    void userCommands();
    void archivesNameRoomAndFile();
    void helpNeedsNothingElse();
    void dataDirectoryIsAbsolute();
};

using Overrides = QList<std::pair<QString, QString>>;

void TestCommandLine::optionsStandForSettings_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<Overrides>("overrides");
    QTest::newRow("nothing") << QStringList {} << Overrides {};
    QTest::newRow("host and port") << QStringList {u"--host"_s, u"127.0.0.1"_s, u"--port=0"_s}
                                   << Overrides {{u"server.host"_s, u"127.0.0.1"_s}, {u"server.port"_s, u"0"_s}};
    QTest::newRow("set, again and again") << QStringList {u"--set"_s, u"limits.burst=7"_s, u"--set"_s,
        u"server.name = A=B"_s} << Overrides {{u"limits.burst"_s, u"7"_s}, {u"server.name"_s, u"A=B"_s}};
    QTest::newRow("set to nothing") << QStringList {u"--set"_s, u"access.origins="_s}
                                    << Overrides {{u"access.origins"_s, QString()}};
    QTest::newRow("no guests") << QStringList {u"--no-guests"_s} << Overrides {{u"access.guests"_s, u"false"_s}};
    QTest::newRow("tls") << QStringList {u"--tls"_s} << Overrides {{u"server.tls"_s, u"true"_s}};
    QTest::newRow("own certificate is tls too")
        << QStringList {u"--cert"_s, u"c.pem"_s, u"--key"_s, u"k.pem"_s}
        << Overrides {{u"server.certificate"_s, u"c.pem"_s}, {u"server.private_key"_s, u"k.pem"_s},
               {u"server.tls"_s, u"true"_s}};
}

void TestCommandLine::optionsStandForSettings()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const Overrides, overrides);
    const Result<CommandLine> line = parseCommandLine(QStringList {u"tertulia"_s, u"--headless"_s} + arguments);
    QVERIFY(line);
    const auto *command = std::get_if<ServeCommand>(&line->command);
    QVERIFY(command);
    QVERIFY(command->isHeadless);
    QCOMPARE(command->overrides, overrides);
}

void TestCommandLine::wrongLinesAreRefusedWithOneLine_data()
{
    QTest::addColumn<QStringList>("arguments");
    const auto row = [](const char *name, const QStringList &arguments) { QTest::newRow(name) << arguments; };
    row("unknown option", {u"--frob"_s});
    row("unknown command", {u"frob"_s});
    row("value is missing", {u"--port"_s});
    row("set without a value", {u"--set"_s, u"limits.burst"_s});
    row("set without a key", {u"--set"_s, u"=3"_s});
    row("certificate without key", {u"--cert"_s, u"c.pem"_s});
    row("empty directory", {u"--data-dir"_s, u""_s});
    row("token for nobody", {u"token"_s});
    row("token of an unknown role", {u"token"_s, u"--user"_s, u"Ana"_s, u"--role"_s, u"king"_s});
    row("token for no time", {u"token"_s, u"--user"_s, u"Ana"_s, u"--ttl"_s, u"0"_s});
    row("token for some words", {u"token"_s, u"--user"_s, u"Ana"_s, u"--ttl"_s, u"long"_s});
    row("token for ever", {u"token"_s, u"--user"_s, u"Ana"_s, u"--ttl"_s, u"99999999999999999"_s});
    row("user alone", {u"user"_s});
    row("user without a name", {u"user"_s, u"add"_s});
    row("user with two names", {u"user"_s, u"remove"_s, u"Ana"_s, u"Eva"_s});
    row("account of a guest", {u"user"_s, u"add"_s, u"Ana"_s, u"--role"_s, u"guest"_s});
    row("password as an argument", {u"user"_s, u"add"_s, u"Ana"_s, u"--password"_s, u"correct horse"_s});
    row("export without a file", {u"export"_s, u"general"_s});
}

void TestCommandLine::wrongLinesAreRefusedWithOneLine()
{
    QFETCH(const QStringList, arguments);
    const Result<CommandLine> line = parseCommandLine(QStringList {u"tertulia"_s} + arguments);
    QVERIFY(!line);
    QVERIFY(!line.error().detail.isEmpty());
    QVERIFY(!line.error().detail.contains(u'\n'));
}

void TestCommandLine::tokenHasItsParts()
{
    const Result<CommandLine> line = parseCommandLine({u"tertulia"_s, u"token"_s, u"--user"_s, u"Ana"_s, u"--role"_s,
        u"admin"_s, u"--ttl"_s, u"60"_s, u"--data-dir"_s, u"/srv/chat"_s});
    QVERIFY(line);
    QCOMPARE(line->dataDirectory, u"/srv/chat"_s);
    const auto *command = std::get_if<TokenCommand>(&line->command);
    QVERIFY(command);
    QCOMPARE(command->user, u"Ana"_s);
    QCOMPARE(command->role, Role::Admin);
    QCOMPARE(command->lifetime, std::chrono::seconds(60));
}

void TestCommandLine::userCommands_data()
{
    using Action = UserCommand::Action;
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<int>("action");
    QTest::addColumn<int>("role");
    QTest::newRow("add") << QStringList {u"add"_s, u"Ana"_s} << int(Action::Add) << int(Role::Member);
    QTest::newRow("add an admin") << QStringList {u"add"_s, u"Ana"_s, u"--role"_s, u"admin"_s} << int(Action::Add)
                                  << int(Role::Admin);
    QTest::newRow("passwd") << QStringList {u"passwd"_s, u"Ana"_s} << int(Action::SetPassword) << int(Role::Member);
    QTest::newRow("role") << QStringList {u"role"_s, u"Ana"_s, u"admin"_s} << int(Action::SetRole) << int(Role::Admin);
    QTest::newRow("remove") << QStringList {u"remove"_s, u"Ana"_s} << int(Action::Remove) << int(Role::Member);
}

void TestCommandLine::userCommands()
{
    QFETCH(const QStringList, words);
    QFETCH(const int, action);
    QFETCH(const int, role);
    const Result<CommandLine> line = parseCommandLine(QStringList {u"tertulia"_s, u"user"_s} + words);
    QVERIFY(line);
    const auto *command = std::get_if<UserCommand>(&line->command);
    QVERIFY(command);
    QCOMPARE(int(command->action), action);
    QCOMPARE(int(command->role), role);
    QCOMPARE(command->name, u"Ana"_s);
}

void TestCommandLine::archivesNameRoomAndFile()
{
    const Result<CommandLine> line = parseCommandLine({u"tertulia"_s, u"import"_s, u"tapas"_s, u"tapas.jsonl"_s});
    QVERIFY(line);
    const auto *command = std::get_if<ArchiveCommand>(&line->command);
    QVERIFY(command && command->isImport);
    QCOMPARE(command->room, u"tapas"_s);
    QCOMPARE(command->file, u"tapas.jsonl"_s);
}

void TestCommandLine::helpNeedsNothingElse()
{
    for (const QStringList &words :
        {QStringList {u"--help"_s}, QStringList {u"-h"_s}, QStringList {u"token"_s, u"--help"_s}}) {
        const Result<CommandLine> line = parseCommandLine(QStringList {u"tertulia"_s} + words);
        QVERIFY(line && std::holds_alternative<PrintCommand>(line->command));
    }
}

void TestCommandLine::dataDirectoryIsAbsolute()
{
    const Result<CommandLine> line = parseCommandLine({u"tertulia"_s, u"--data-dir"_s, u"chat/../here"_s});
    QVERIFY(line);
    QVERIFY(line->dataDirectory.startsWith(u'/') && line->dataDirectory.endsWith(u"/here"));
    QVERIFY(!line->dataDirectory.contains(u".."));
}

QTEST_APPLESS_MAIN(TestCommandLine)
#include "tst_commandline.moc"
