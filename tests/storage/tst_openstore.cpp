// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/migrations.h"
#include "storage/storagefixture.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QRandomGenerator>

using namespace Qt::StringLiterals;
using namespace tertulia;

namespace {

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

} // namespace

class TestOpenStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void directoryIsForItsOwnerAlone();
    void secondInstanceIsRefusedByProcess();
    void staleLockIsTakenOver();
    void pathThatIsNoDirectoryIsRefused();
    void foreignFileIsRefusedUntouched_data();
    void foreignFileIsRefusedUntouched();
    void damagedPageIsRefusedUntouched();
    void damagedDatabaseGoesAsideWhenAsked();
    void newerSchemaIsRefused();
    void migrationKeepsABackup();
    void failedMigrationChangesNothing();
};

void TestOpenStore::directoryIsForItsOwnerAlone()
{
    QTemporaryDir temporary;
    const QString path = temporary.path() + u"/a/b"_s;
    const auto directory = DataDirectory::open(path);
    QVERIFY(directory);
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    for (const QString &made : {path, (*directory)->filesPath(), (*directory)->keysPath()}) {
        QVERIFY(QFileInfo(made).isDir());
        QVERIFY(!(QFile::permissions(made) & others));
    }
}

void TestOpenStore::secondInstanceIsRefusedByProcess()
{
    QTemporaryDir temporary;
    auto first = DataDirectory::open(temporary.path());
    QVERIFY(first);
    const auto second = DataDirectory::open(temporary.path());
    QVERIFY(!second);
    QVERIFY(second.error().detail.contains(QString::number(QCoreApplication::applicationPid())));
    first->reset();
    QVERIFY(DataDirectory::open(temporary.path()));
}

void TestOpenStore::staleLockIsTakenOver()
{
    QTemporaryDir temporary;
    const QString lock = temporary.path() + u"/tertulia.lock"_s;
    // As a killed process left it: one that is gone, and, as in a container, one with our own id.
    for (const qint64 process : {qint64(999'999'999), QCoreApplication::applicationPid()}) {
        write(lock, QByteArray::number(process) + "\ntst_openstore\n" + QSysInfo::machineHostName().toUtf8() + '\n');
        const auto directory = DataDirectory::open(temporary.path());
        QVERIFY2(directory, directory ? "" : qPrintable(directory.error().detail));
    }
}

void TestOpenStore::pathThatIsNoDirectoryIsRefused()
{
    QTemporaryDir temporary;
    write(temporary.path() + u"/file"_s, "x");
    for (const QString &name : {u"/file"_s, u"/file/below"_s}) {
        const auto directory = DataDirectory::open(temporary.path() + name);
        QVERIFY(!directory);
        QVERIFY(directory.error().detail.contains(temporary.path() + name));
        QVERIFY(!directory.error().detail.contains(u'\n'));
    }
}

void TestOpenStore::foreignFileIsRefusedUntouched_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("text") << QByteArray("hello\n").repeated(100);
    QTest::newRow("short") << "SQLite format 3"_ba;
    QTest::newRow("zeros") << QByteArray(8192, '\0');
    QTest::newRow("header alone") << QByteArray("SQLite format 3\0", 16) + QByteArray(8000, 'x');
}

void TestOpenStore::foreignFileIsRefusedUntouched()
{
    QFETCH(QByteArray, bytes);
    QTemporaryDir temporary;
    const QString path = DataDirectory::databasePath(temporary.path());
    write(path, bytes);
    const auto opened = openStorage(temporary.path(), SystemClock());
    QVERIFY(!opened);
    QVERIFY2(opened.error().detail.contains(u"damaged"_s), qPrintable(opened.error().detail));
    QCOMPARE(bytesOf(path), bytes);
}

void TestOpenStore::damagedPageIsRefusedUntouched()
{
    QTemporaryDir temporary;
    const SystemClock clock;
    const QString path = DataDirectory::databasePath(temporary.path());
    {
        const auto storage = openStorage(temporary.path(), clock);
        RoomRecord draft;
        draft.name = u"general"_s;
        const RoomKey room = (*storage)->rooms().create(draft)->key;
        QVERIFY((*storage)->atomically([&]() -> Result<void> {
            for (int i = 0; i < 500; ++i) {
                if (const auto done = (*storage)->entries().append(chat(room, QString(200, u'x'))); !done)
                    return done.error();
            }
            return {};
        }));
    }
    QRandomGenerator random(7);
    const QByteArray sound = bytesOf(path);
    int refused = 0;
    for (int round = 0; round < 20; ++round) {
        QByteArray damaged = sound;
        const qsizetype at = random.bounded(int(sound.size() / 4096)) * 4096;
        for (qsizetype i = at; i < at + 4096; ++i)
            damaged[i] = char(random.bounded(256));
        write(path, damaged);
        const auto opened = openStorage(temporary.path(), clock);
        if (opened)
            continue; // a free page held nothing
        ++refused;
        QVERIFY2(opened.error().detail.contains(u"damaged"_s), qPrintable(opened.error().detail));
        QVERIFY(!opened.error().detail.contains(u'\n'));
        QCOMPARE(QCryptographicHash::hash(bytesOf(path), QCryptographicHash::Sha256),
            QCryptographicHash::hash(damaged, QCryptographicHash::Sha256));
    }
    QVERIFY2(refused >= 18, qPrintable(QString::number(refused)));
}

void TestOpenStore::damagedDatabaseGoesAsideWhenAsked()
{
    QTemporaryDir temporary;
    const SystemClock clock;
    auto directory = DataDirectory::open(temporary.path());
    write((*directory)->databasePath(), "rubbish");
    QVERIFY(!openStore(**directory, clock));
    const auto aside = (*directory)->setDatabaseAside();
    QCOMPARE(bytesOf(*aside), "rubbish"_ba);
    QVERIFY(openStore(**directory, clock));
}

void TestOpenStore::newerSchemaIsRefused()
{
    QTemporaryDir temporary;
    const SystemClock clock;
    {
        const auto storage = openStorage(temporary.path(), clock);
        QVERIFY((*storage)->connection().execute(u"PRAGMA user_version = 99"_s));
    }
    const auto opened = openStorage(temporary.path(), clock);
    QVERIFY(!opened);
    QVERIFY2(opened.error().detail.contains(u"newer version"_s), qPrintable(opened.error().detail));
}

void TestOpenStore::migrationKeepsABackup()
{
    StorageFixture f;
    f.makeRoom(u"kept"_s);
    SqlConnection &connection = f.storage->connection();
    QList<SqlMigration> steps = connection.dialect().migrations();
    const qsizetype version = steps.size();
    steps.append({{u"CREATE TABLE added (x INTEGER)"_s, u"DELETE FROM rooms"_s}});
    const QString backup = u"%1.v%2.backup"_s.arg(f.databasePath()).arg(version);
    QVERIFY(!QFile::exists(backup));
    QVERIFY(migrate(connection, steps));
    QVERIFY(f.rooms().all()->isEmpty());
    QCOMPARE(*connection.dialect().schemaVersion(connection), int(version) + 1);

    QTemporaryDir old;
    QVERIFY(QFile::copy(backup, DataDirectory::databasePath(old.path())));
    const auto before = openStorage(old.path(), f.clock);
    QVERIFY2(before, before ? "" : qPrintable(before.error().detail));
    QCOMPARE((*before)->rooms().all()->size(), 1);
}

void TestOpenStore::failedMigrationChangesNothing()
{
    StorageFixture f;
    f.makeRoom(u"kept"_s);
    SqlConnection &connection = f.storage->connection();
    QList<SqlMigration> steps = connection.dialect().migrations();
    const int version = int(steps.size());
    steps.append({{u"DELETE FROM rooms"_s, u"no statement"_s}});
    QVERIFY(!migrate(connection, steps));
    connection.clearFailure();
    QCOMPARE(f.rooms().all()->size(), 1);
    QCOMPARE(*connection.dialect().schemaVersion(connection), version);
}

QTEST_GUILESS_MAIN(TestOpenStore)
#include "tst_openstore.moc"
