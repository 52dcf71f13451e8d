// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/settings.h"

#include <QDir>
#include <QFile>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace tertulia;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void defaultsAreThoseOfTheContract();
    void tableIsWhole();
    void goodValueIsTaken_data();
    void goodValueIsTaken();
    void badValueIsRefusedByName_data();
    void badValueIsRefusedByName();
    void secretsAreNotShown();
    void unknownKeyIsRefused();
    void savedFileIsLoaded();
    void onlyChangesAreSaved();
    void commentsAndUnknownKeysAreKept();
    void overridesAreNotSaved();
    void setReplacesAnOverride();
    void savedFileIsPrivate();
    void missingFileIsEmpty();
    void badFileIsRefusedWithItsLine_data();
    void badFileIsRefusedWithItsLine();
    void unwritableFileIsAnError();

private:
    [[nodiscard]] QString write(const QByteArray &content)
    {
        const QString path = m_directory.filePath(u"%1.conf"_s.arg(++m_count));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("The test cannot write.");
        return path;
    }
    [[nodiscard]] static QByteArray read(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QTemporaryDir m_directory;
    int m_count = 0;
};

void TestSettings::defaultsAreThoseOfTheContract()
{
    const Settings settings;
    const ServerSettings &values = settings.values();
    QCOMPARE(values.port, 8000);
    QCOMPARE(values.host, u"0.0.0.0"_s);
    QVERIFY(!values.tls);
    QCOMPARE(values.messagesPerSecond, 20);
    QCOMPARE(values.burst, 40);
    QCOMPARE(values.messageBytes, 16384);
    QCOMPARE(values.connections, 20000);
    QCOMPARE(values.connectionsPerUser, 16);
    QCOMPARE(values.connectionsPerAddress, 0);
    QCOMPARE(values.outboundBytes, 1048576);
    QCOMPARE(values.uploadBytes, 26214400);
    QCOMPARE(values.roomHistory, 0);
    QCOMPARE(values.maxRooms, 1000);
    QVERIFY(values.heartbeatInterval == 25s);
    QVERIFY(values.heartbeatTimeout == 60s);
    QVERIFY(values.sseKeepalive == 15s);
    QVERIFY(values.presenceGrace == 5s);
    QVERIFY(values.guests);
    QVERIFY(values.joinCode.isEmpty());
    QVERIFY(!values.door);
    QVERIFY(values.origins.isEmpty());
    QVERIFY(values.hosts.isEmpty());
    QVERIFY(values.rooms.isEmpty());
    QVERIFY(values.createByJoining);
    QVERIFY(!values.name.isEmpty());
}

void TestSettings::tableIsWhole()
{
    QSet<QString> keys;
    Settings settings;
    for (const SettingInfo &info : Settings::table()) {
        QVERIFY2(!keys.contains(info.key), qPrintable(info.key));
        keys.insert(info.key);
        QVERIFY2(info.description.endsWith(u'.'), qPrintable(info.key));
        QVERIFY2(settings.set(info.key, info.defaultText).isOk(), qPrintable(info.key));
        QCOMPARE(settings.text(info.key), info.defaultText);
        QCOMPARE(Settings::find(info.key), &info);
    }
    QVERIFY(settings.values() == Settings().values());
    const SettingInfo *burst = Settings::find(u"limits.burst"_s);
    QVERIFY(burst->refusal == ErrorCode::RateLimited);
    QCOMPARE(burst->metricReason, "rate_limited"_ba);
}

void TestSettings::goodValueIsTaken_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("normal");
    const auto row = [](const char *key, const QString &text, const QString &normal) {
        QTest::addRow("%s=%s", key, qPrintable(text)) << QString::fromLatin1(key) << text << normal;
    };
    row("limits.messages_per_second", u"0"_s, u"0"_s);
    row("limits.message_bytes", u" 007 "_s, u"7"_s);
    row("server.port", u"65535"_s, u"65535"_s);
    row("access.guests", u"No"_s, u"false"_s);
    row("access.guests", u"1"_s, u"true"_s);
    row("access.door", u"ON"_s, u"true"_s);
    row("access.join_code", u"Sol-42_x"_s, u"Sol-42_x"_s);
    row("access.join_code", QString(), QString());
    row("server.name", u"Aula 3 · señales"_s, u"Aula 3 · señales"_s);
    row("server.rooms", u" one, two,,TWO , three "_s, u"one,two,three"_s);
    row("server.rooms", QString(), QString());
    row("access.origins", u"https://a.example, http://10.0.0.2:3000"_s, u"https://a.example,http://10.0.0.2:3000"_s);
    row("access.hosts", u"chat.example,10.0.0.1,[::1]"_s, u"chat.example,10.0.0.1,[::1]"_s);
    row("server.host", u"::"_s, u"::"_s);
    row("server.broker", u"redis://:secret@127.0.0.1:6379/1"_s, u"redis://:secret@127.0.0.1:6379/1"_s);
    row("server.database", u"postgresql://a:b@db/tertulia"_s, u"postgresql://a:b@db/tertulia"_s);
    row("server.certificate", u"/etc/ssl/a=b #1.pem"_s, u"/etc/ssl/a=b #1.pem"_s);
}

void TestSettings::goodValueIsTaken()
{
    QFETCH(const QString, key);
    QFETCH(const QString, text);
    QFETCH(const QString, normal);
    Settings settings;
    QVERIFY(settings.set(key, text).isOk());
    QCOMPARE(settings.text(key), normal);
    const QString path = m_directory.filePath(u"good.conf"_s);
    QVERIFY(settings.save(path).isOk());
    Settings again;
    QVERIFY(again.load(path).isOk());
    QVERIFY(again.values() == settings.values());
}

void TestSettings::badValueIsRefusedByName_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("text");
    const auto rows = [](const char *key, const QStringList &texts) {
        for (const QString &text : texts)
            QTest::addRow("%s=%s", key, qPrintable(text.left(30))) << QString::fromLatin1(key) << text;
    };
    rows("limits.messages_per_second",
        {QString(), u"-1"_s, u"x"_s, u"1.5"_s, u"1e3"_s, u"0x10"_s, u"+5"_s, u"1 000"_s, u"1000001"_s,
            u"99999999999999999999"_s, u"٣"_s, u"20 per second"_s});
    rows("limits.burst", {u"0"_s});
    rows("limits.message_bytes", {u"0"_s, u"16777216"_s});
    rows("limits.rooms", {u"0"_s});
    rows("server.port", {u"-1"_s, u"65536"_s, u"http"_s, QString()});
    rows("heartbeat.interval_ms", {u"0"_s, u"25s"_s, u"86400001"_s});
    rows("access.guests", {QString(), u"maybe"_s, u"2"_s, u"truefalse"_s});
    rows("access.join_code", {u"two words"_s, u"a/b"_s, u"ñ"_s, u"a"_s.repeated(65)});
    rows("server.name", {QString(), u"   "_s, u"a"_s.repeated(65), u"two\nlines"_s, u"nul\0"_s, u"escape\x1b[0m"_s});
    rows("server.rooms", {u"a b"_s, u"ok,../etc"_s, u"."_s, u"a"_s.repeated(65), u"one;two"_s, u"#x"_s});
    rows("server.host", {QString(), u"300.1.1.1"_s, u"example.com"_s, u"0.0.0.0:80"_s, u"127.1"_s});
    rows("access.origins",
        {u"*"_s, u"null"_s, u"chat.example"_s, u"https://a.example/"_s, u"https://a.example,ftp://b.example"_s});
    rows("access.hosts", {u"*"_s, u"a.example:80"_s, u"http://a.example"_s, u"ok.example,bad host"_s});
    rows("server.broker", {u"localhost"_s, u"http://localhost"_s, u"redis://"_s, u"redis:"_s});
    rows("server.database", {u"mysql://db"_s, u"file.db"_s, u"postgresql:///x"_s});
}

void TestSettings::badValueIsRefusedByName()
{
    QFETCH(const QString, key);
    QFETCH(const QString, text);
    Settings settings;
    for (const auto &result : {settings.set(key, text), settings.setForThisRun(key, text)}) {
        QVERIFY(!result.isOk());
        QCOMPARE(result.error().code, ErrorCode::InvalidField);
        QVERIFY2(result.error().detail.contains(key), qPrintable(result.error().detail));
        QVERIFY2(result.error().detail.contains(u"allowed is "), qPrintable(result.error().detail));
        QVERIFY(result.error().detail.size() < 300);
    }
    QVERIFY(settings.values() == Settings().values());
}

void TestSettings::secretsAreNotShown()
{
    Settings settings;
    for (const QString &key : {u"server.broker"_s, u"server.database"_s, u"access.join_code"_s})
        QVERIFY(!settings.set(key, u"mysql://me:hunter2@db"_s).error().detail.contains(u"hunter2"));
}

void TestSettings::unknownKeyIsRefused()
{
    Settings settings;
    for (const QString &key : {QString(), u"limits"_s, u"limits.bursts"_s, u"LIMITS.BURST"_s, u" limits.burst"_s}) {
        QVERIFY(!settings.set(key, u"1"_s).isOk());
        QVERIFY(settings.setForThisRun(key, u"1"_s).error().detail.contains(key));
    }
    QCOMPARE(settings.text(u"limits.bursts"_s), QString());
}

void TestSettings::savedFileIsLoaded()
{
    Settings settings;
    QVERIFY(settings.set(u"server.name"_s, u"Aula = 3 # señales"_s).isOk());
    QVERIFY(settings.set(u"limits.burst"_s, u"7"_s).isOk());
    QVERIFY(settings.set(u"server.rooms"_s, u"one,two"_s).isOk());
    QVERIFY(settings.set(u"heartbeat.interval_ms"_s, u"500"_s).isOk());
    const QString path = m_directory.filePath(u"saved.conf"_s);
    QVERIFY(settings.save(path).isOk());
    Settings again;
    QVERIFY(again.load(path).isOk());
    QVERIFY(again.values() == settings.values());
    QCOMPARE(again.values().rooms, QStringList({u"one"_s, u"two"_s}));
    QVERIFY(again.values().heartbeatInterval == 500ms);
}

void TestSettings::onlyChangesAreSaved()
{
    Settings settings;
    QVERIFY(settings.set(u"limits.burst"_s, u"40"_s).isOk()); // the default
    QVERIFY(settings.set(u"access.door"_s, u"yes"_s).isOk());
    const QString path = m_directory.filePath(u"changes.conf"_s);
    QVERIFY(settings.save(path).isOk());
    QCOMPARE(read(path), "access.door = true\n"_ba);
}

void TestSettings::commentsAndUnknownKeysAreKept()
{
    const QString path
        = write("# of ours\r\n\r\nlimits.burst=  50\r\nfuture.key = some = thing\r\n  access.door = yes");
    Settings settings;
    QVERIFY(settings.load(path).isOk());
    QCOMPARE(settings.values().burst, 50);
    QVERIFY(settings.values().door);
    QCOMPARE(settings.unknownKeys(), QStringList({u"future.key"_s}));
    QVERIFY(settings.set(u"access.door"_s, u"no"_s).isOk());
    QVERIFY(settings.set(u"limits.rooms"_s, u"5"_s).isOk());
    QVERIFY(settings.save(path).isOk());
    QCOMPARE(read(path),
        "# of ours\n\nlimits.burst=  50\nfuture.key = some = thing\naccess.door = false\nlimits.rooms = 5\n"_ba);
}

void TestSettings::overridesAreNotSaved()
{
    const QString path = write("limits.burst = 50\n");
    Settings settings;
    QVERIFY(settings.setForThisRun(u"limits.burst"_s, u"60"_s).isOk());
    QVERIFY(settings.setForThisRun(u"access.door"_s, u"true"_s).isOk());
    QVERIFY(settings.load(path).isOk());
    QCOMPARE(settings.values().burst, 60);
    QVERIFY(settings.set(u"limits.rooms"_s, u"5"_s).isOk());
    QVERIFY(settings.save(path).isOk());
    QCOMPARE(read(path), "limits.burst = 50\nlimits.rooms = 5\n"_ba);
}

void TestSettings::setReplacesAnOverride()
{
    Settings settings;
    const ServerSettings &values = settings.values();
    QVERIFY(settings.setForThisRun(u"limits.burst"_s, u"60"_s).isOk());
    QCOMPARE(values.burst, 60);
    QVERIFY(settings.set(u"limits.burst"_s, u"70"_s).isOk());
    QCOMPARE(values.burst, 70);
    const QString path = m_directory.filePath(u"replaced.conf"_s);
    QVERIFY(settings.save(path).isOk());
    QCOMPARE(read(path), "limits.burst = 70\n"_ba);
}

void TestSettings::savedFileIsPrivate()
{
    const QString path = write("access.join_code = secret\n");
    QVERIFY(QFile::setPermissions(path, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadOther));
    Settings settings;
    QVERIFY(settings.load(path).isOk());
    QVERIFY(settings.save(path).isOk());
    QCOMPARE(int(QFile::permissions(path)) & 0x0077, 0);
}

void TestSettings::missingFileIsEmpty()
{
    Settings settings;
    QVERIFY(settings.load(m_directory.filePath(u"missing.conf"_s)).isOk());
    QVERIFY(settings.values() == Settings().values());
    QVERIFY(settings.load(write({})).isOk());
    QVERIFY(settings.values() == Settings().values());
}

void TestSettings::badFileIsRefusedWithItsLine_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("told");
    QTest::newRow("bad value") << "access.door = yes\n\nlimits.burst = many\n"_ba << u"line 3: limits.burst"_s;
    QTest::newRow("out of bounds") << "server.port = 70000"_ba << u"line 1: server.port"_s;
    QTest::newRow("no assignment") << "access.door = yes\nnonsense\n"_ba << u"line 2"_s;
    QTest::newRow("no key") << " = 5\n"_ba << u"line 1"_s;
    QTest::newRow("twice") << "access.door = yes\naccess.door = no\n"_ba << u"line 2: access.door is set twice"_s;
    QTest::newRow("unknown twice") << "x = 1\nx = 2\n"_ba << u"line 2: x is set twice"_s;
    QTest::newRow("JSON") << "{\"limits.burst\": 5}\n"_ba << u"line 1"_s;
    QTest::newRow("binary") << QByteArray("\xff\xfe\x00\x01", 4) << u"UTF-8"_s;
    QTest::newRow("nul") << QByteArray("access.door = yes\0\n", 19) << u"UTF-8"_s;
    QTest::newRow("huge") << QByteArray(2 * 1024 * 1024, '#') << u"too large"_s;
}

void TestSettings::badFileIsRefusedWithItsLine()
{
    QFETCH(const QByteArray, content);
    QFETCH(const QString, told);
    const QString path = write(content);
    Settings settings;
    QVERIFY(settings.set(u"limits.rooms"_s, u"7"_s).isOk());
    const ServerSettings before = settings.values();
    const auto loaded = settings.load(path);
    QVERIFY(!loaded.isOk());
    QVERIFY2(loaded.error().detail.contains(told), qPrintable(loaded.error().detail));
    QVERIFY(loaded.error().detail.contains(QDir::toNativeSeparators(path)));
    QVERIFY(settings.values() == before);
}

void TestSettings::unwritableFileIsAnError()
{
    const Settings settings;
    const auto saved = settings.save(m_directory.filePath(u"missing/settings.conf"_s));
    QVERIFY(!saved.isOk());
    QVERIFY(saved.error().detail.contains(u"settings.conf"));
    QVERIFY(!Settings().load(m_directory.path()).isOk());
}

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
