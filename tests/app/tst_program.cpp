// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;

/// The program as it is run: real processes over a directory of their own.
class TestProgram : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void servesWithoutADisplayAndEndsCleanly();
    void secondServerOnTheDirectoryIsRefused();
    void accountsComeGoAndChange();
    void tokensOfOneNameHaveOneId();
    void importOfWhatIsNotWholeAddsNothing_data();
    void importOfWhatIsNotWholeAddsNothing();
    void roomGoesOutAndComesBackTheSame();

private:
    struct Outcome {
        int code = -1;
        QByteArray out;
        QByteArray err;
    };
    [[nodiscard]] Outcome run(const QStringList &arguments, const QByteArray &input = {}) const;
    void start(QProcess &process) const;
    [[nodiscard]] QString path(const QString &name) const { return m_folder->filePath(name); }
    void write(const QString &name, const QByteArray &content) const;
    static QJsonObject claims(const QByteArray &token);
    static QProcessEnvironment environment();

    std::unique_ptr<QTemporaryDir> m_folder;
};

QProcessEnvironment TestProgram::environment()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(u"DISPLAY"_s);
    environment.remove(u"WAYLAND_DISPLAY"_s);
    environment.insert(u"QT_QPA_PLATFORM"_s, u"there-is-no-such-plugin"_s);
    return environment;
}

TestProgram::Outcome TestProgram::run(const QStringList &arguments, const QByteArray &input) const
{
    QProcess process;
    process.setProcessEnvironment(environment());
    process.start(QStringLiteral(TERTULIA_PROGRAM), arguments + QStringList {u"--data-dir"_s, path(u"data"_s)});
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished() || process.exitStatus() != QProcess::NormalExit)
        return {};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

void TestProgram::start(QProcess &process) const
{
    process.setProcessEnvironment(environment());
    process.start(QStringLiteral(TERTULIA_PROGRAM),
        {u"--headless"_s, u"--host"_s, u"127.0.0.1"_s, u"--port"_s, u"0"_s, u"--data-dir"_s, path(u"data"_s)});
    QTRY_VERIFY_WITH_TIMEOUT(process.canReadLine(), 20000);
    const QString line = QString::fromUtf8(process.readLine()).trimmed();
    QVERIFY2(QRegularExpression(u"^Tertulia is ready at http://127\\.0\\.0\\.1:[1-9][0-9]*$"_s).match(line).hasMatch(),
        qPrintable(line));
}

void TestProgram::write(const QString &name, const QByteArray &content) const
{
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

QJsonObject TestProgram::claims(const QByteArray &token)
{
    return QJsonDocument::fromJson(QByteArray::fromBase64(token.split('.').value(1), QByteArray::Base64UrlEncoding))
        .object();
}

void TestProgram::servesWithoutADisplayAndEndsCleanly()
{
    QProcess process;
    start(process);
    process.terminate();
    QVERIFY(process.waitForFinished(5000));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 0);
    QVERIFY(process.readAllStandardOutput().isEmpty());
}

void TestProgram::secondServerOnTheDirectoryIsRefused()
{
    QProcess process;
    start(process);
    const Outcome second = run({u"--headless"_s, u"--host"_s, u"127.0.0.1"_s, u"--port"_s, u"0"_s});
    QCOMPARE(second.code, 1);
    QVERIFY(second.out.isEmpty());
    QVERIFY(second.err.startsWith("tertulia: "));
    QCOMPARE(second.err.count('\n'), 1);
    // Subcommands work beside it.
    QCOMPARE(run({u"user"_s, u"add"_s, u"Ana"_s}, "correct horse\n").code, 0);
    QVERIFY(run({u"user"_s, u"list"_s}).out.startsWith("Ana\tmember\t"));
    process.terminate();
    QVERIFY(process.waitForFinished(5000));
}

void TestProgram::accountsComeGoAndChange()
{
    QCOMPARE(run({u"user"_s, u"add"_s, u"Ana"_s}, "short\n").code, 1);
    QVERIFY(run({u"user"_s, u"list"_s}).out.isEmpty());
    QCOMPARE(run({u"user"_s, u"add"_s, u"Ana"_s, u"--role"_s, u"admin"_s}, "correct horse\n").code, 0);
    QCOMPARE(run({u"user"_s, u"add"_s, u"ANA"_s}, "correct horse\n").code, 1);
    QVERIFY(run({u"user"_s, u"list"_s}).out.startsWith("Ana\tadmin\t"));
    const QJsonObject before = claims(run({u"token"_s, u"--user"_s, u"ana"_s}).out);
    QCOMPARE(before.value("name"_L1).toString(), u"Ana"_s);
    QCOMPARE(before.value("role"_L1).toString(), u"admin"_s);
    QCOMPARE(run({u"user"_s, u"role"_s, u"Ana"_s, u"member"_s}).code, 0);
    const QJsonObject after = claims(run({u"token"_s, u"--user"_s, u"Ana"_s}).out);
    QCOMPARE(after.value("role"_L1).toString(), u"member"_s);
    QCOMPARE(after.value("sub"_L1), before.value("sub"_L1));
    QCOMPARE(run({u"user"_s, u"passwd"_s, u"Ana"_s}, "another horse\n").code, 0);
    QCOMPARE(run({u"user"_s, u"remove"_s, u"Ana"_s}).code, 0);
    QCOMPARE(run({u"user"_s, u"remove"_s, u"Ana"_s}).code, 1);
    QVERIFY(run({u"user"_s, u"list"_s}).out.isEmpty());
}

void TestProgram::tokensOfOneNameHaveOneId()
{
    const QJsonObject one = claims(run({u"token"_s, u"--user"_s, u"Host"_s, u"--role"_s, u"admin"_s}).out);
    const QJsonObject two = claims(run({u"token"_s, u"--user"_s, u"HOST"_s, u"--ttl"_s, u"60"_s}).out);
    QVERIFY(!one.value("sub"_L1).toString().isEmpty());
    QCOMPARE(one.value("sub"_L1), two.value("sub"_L1));
    QVERIFY(one.value("jti"_L1) != two.value("jti"_L1));
    QCOMPARE(one.value("role"_L1).toString(), u"admin"_s);
    QCOMPARE(two.value("role"_L1).toString(), u"member"_s);
    QCOMPARE(run({u"token"_s, u"--user"_s, u"<b>"_s}).code, 1);
}

namespace {

const QByteArray kHead = R"({"room":"tapas","epoch":"e1","exported_at":"2026-11-21T09:30:00.123Z"})";
const QByteArray kOne
    = R"({"type":"chat","room":"tapas","id":1,"user":"Ana","content":"hola","timestamp":"2026-11-21T09:30:00.123Z"})";
const QByteArray kTwo
    = R"({"type":"edit","room":"tapas","id":2,"user":"Ana","target":1,"content":"=1+1","timestamp":"2026-11-21T09:31:00.000Z"})";

} // namespace

void TestProgram::importOfWhatIsNotWholeAddsNothing_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("no last line") << kHead + '\n' + kOne + '\n' + kTwo + '\n' << "line 4:"_ba;
    QTest::newRow("wrong count") << kHead + '\n' + kOne + "\n{\"count\":2}\n"
                                 << "line 3:"_ba;
    QTest::newRow("a hole") << kHead + '\n' + kTwo + '\n' + kOne + "\n{\"count\":2}\n"
                            << "line 3:"_ba;
    QTest::newRow("cut") << kHead + '\n' + kOne.chopped(9) + "\n{\"count\":1}\n"
                         << "line 2:"_ba;
    QTest::newRow("no head") << kOne + "\n{\"count\":1}\n"
                             << "line 1:"_ba;
    QTest::newRow("empty") << ""_ba
                           << "line 1:"_ba;
}

void TestProgram::importOfWhatIsNotWholeAddsNothing()
{
    QFETCH(const QByteArray, content);
    QFETCH(const QByteArray, line);
    write(u"in.jsonl"_s, content);
    const Outcome outcome = run({u"import"_s, u"tapas"_s, path(u"in.jsonl"_s)});
    QCOMPARE(outcome.code, 1);
    QVERIFY2(outcome.err.contains(line), outcome.err.constData());
    QCOMPARE(run({u"export"_s, u"tapas"_s, path(u"out.jsonl"_s)}).code, 1); // there is no such room
}

void TestProgram::roomGoesOutAndComesBackTheSame()
{
    write(u"in.jsonl"_s, kHead + '\n' + kOne + '\n' + kTwo + "\n{\"count\":2}\n");
    QCOMPARE(run({u"import"_s, u"tapas"_s, path(u"in.jsonl"_s)}).code, 0);
    QCOMPARE(run({u"import"_s, u"tapas"_s, path(u"in.jsonl"_s)}).code, 1); // it is not empty any more
    const auto exported = [this](const QString &name) {
        if (run({u"export"_s, u"tapas"_s, path(name)}).code != 0)
            return QByteArray();
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    const QList<QByteArray> lines = exported(u"out.jsonl"_s).split('\n');
    QCOMPARE(lines.value(1), kOne);
    QCOMPARE(lines.value(2), kTwo);
    QCOMPARE(lines.value(3), "{\"count\":2}"_ba);
    QCOMPARE(QJsonDocument::fromJson(lines.value(0)).object().value("epoch"_L1).toString(), u"e1"_s);
    QVERIFY(exported(u"out.csv"_s).endsWith("2,2026-11-21T09:31:00.000Z,edit,Ana,'=1+1,1,\r\n"));
    QVERIFY(exported(u"out.txt"_s).startsWith("[2026-11-21T09:30:00.123Z] Ana: hola\n"));
    QVERIFY(exported(u"out.html"_s).contains("hola"));

    const QByteArray json = exported(u"out.json"_s);
    write(u"again.json"_s, json);
    QCOMPARE(run({u"import"_s, u"copy"_s, path(u"again.json"_s)}).code, 0);
    QCOMPARE(run({u"import"_s, u"half"_s, path(u"out.csv"_s)}).code, 1);
}

QTEST_GUILESS_MAIN(TestProgram)
#include "tst_program.moc"
