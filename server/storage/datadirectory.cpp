// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/datadirectory.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryFile>

#ifdef Q_OS_UNIX
#include <sys/file.h>
#endif

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

constexpr QFileDevice::Permissions kOwnerOnly = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;

Result<void> makeDirectory(const QString &path)
{
    const QFileInfo before(path);
    if (before.exists() && !before.isDir())
        return Error(ErrorCode::Internal, u"%1 is no directory."_s.arg(path));
    if (!before.exists()) {
        if (!QDir().mkpath(path))
            return Error(ErrorCode::Internal, u"The directory %1 cannot be created."_s.arg(path));
        QFile::setPermissions(path, kOwnerOnly);
    }
    // Permissions do not tell all: a file system may be mounted for reading, or full.
    QTemporaryFile probe(path + u"/.write-test-XXXXXX"_s);
    if (!probe.open())
        return Error(ErrorCode::Internal, u"The directory %1 cannot be written: %2."_s.arg(path, probe.errorString()));
    return {};
}

} // namespace

Result<QString> DataDirectory::create(const QString &path)
{
    const QString absolute = QDir::cleanPath(QDir(path).absolutePath());
    for (const QString &part : {u""_s, u"/files"_s, u"/keys"_s}) {
        if (const auto made = makeDirectory(absolute + part); !made)
            return made.error();
    }
    return absolute;
}

Result<std::unique_ptr<DataDirectory>> DataDirectory::open(const QString &path)
{
    const auto absolute = create(path);
    if (!absolute)
        return absolute.error();
    std::unique_ptr<DataDirectory> directory(new DataDirectory(*absolute));
    if (const auto locked = directory->lock(); !locked)
        return locked.error();
    return directory;
}

DataDirectory::DataDirectory(const QString &path)
    : m_path(path)
    , m_lock(path + u"/tertulia.lock"_s)
{
    // Age says nothing: a server may run for months. Only the death of its process frees the lock.
    m_lock.setStaleLockTime(0);
}

DataDirectory::~DataDirectory() = default;

Result<void> DataDirectory::lock()
{
    if (m_lock.tryLock(0))
        return {};
    if (m_lock.error() != QLockFile::LockFailedError)
        return Error(ErrorCode::Internal, u"The directory %1 cannot be locked."_s.arg(m_path));
    qint64 process = 0;
    QString host;
    QString application;
    if (!m_lock.getLockInfo(&process, &host, &application)) {
        // It was given back, or is half written: once more is enough for both.
        if (m_lock.tryLock(200))
            return {};
        return Error(ErrorCode::Internal, u"The directory %1 is in use."_s.arg(m_path));
    }
    if (process == QCoreApplication::applicationPid() && takeOverOwnProcessId())
        return {};
    return Error(ErrorCode::Internal,
        u"The directory %1 is in use by another Tertulia (process %2)."_s.arg(m_path).arg(process));
}

bool DataDirectory::takeOverOwnProcessId()
{
#ifdef Q_OS_UNIX
    // In a container every start may have the same process id as the one that was killed. A lock that is really held is
    // held on the file, too.
    QFile file(m_lock.fileName());
    if (!file.open(QIODevice::ReadWrite) || flock(file.handle(), LOCK_EX | LOCK_NB) != 0)
        return false;
    return m_lock.removeStaleLockFile() || (file.remove() && m_lock.tryLock(0));
#else
    return false;
#endif
}

Result<QString> DataDirectory::setDatabaseAside()
{
    const QString stamp = QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-HHmmss-zzz"_s);
    const QString aside = u"%1.damaged-%2"_s.arg(databasePath(), stamp);
    if (!QFile::rename(databasePath(), aside))
        return Error(ErrorCode::Internal, u"%1 cannot be renamed."_s.arg(databasePath()));
    // The log belongs to the database: beside a new one it would be played into it.
    for (const QString &suffix : {u"-wal"_s, u"-shm"_s}) {
        if (QFile::exists(databasePath() + suffix) && !QFile::rename(databasePath() + suffix, aside + suffix))
            return Error(ErrorCode::Internal, u"%1 cannot be renamed."_s.arg(databasePath() + suffix));
    }
    return aside;
}

} // namespace tertulia
