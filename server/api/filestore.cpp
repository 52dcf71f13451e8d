// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/filestore.h"

#include "api/filename.h"

#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QTemporaryFile>

#include <algorithm>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(logFiles, "tertulia.files")

/// Enough for every magic number that QMimeDatabase knows.
constexpr qsizetype kSniffedBytes = 16 * 1024;

bool isHash(const QString &name)
{
    static constexpr auto isHex = [](QChar c) { return c.isDigit() || (c >= u'a' && c <= u'f'); };
    return name.size() == 64 && std::all_of(name.begin(), name.end(), isHex);
}

bool makePrivateDirectory(const QString &path)
{
    if (QFileInfo(path).isDir())
        return true;
    if (!QDir().mkpath(path))
        return false;
    return QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

void syncToDisk(QFile &file)
{
#ifdef Q_OS_UNIX
    ::fsync(file.handle());
#else
    Q_UNUSED(file)
#endif
}

} // namespace

/// Used in the disk's thread only, save for being held.
class FileStore::Incoming
{
public:
    QString name;
    std::unique_ptr<QTemporaryFile> file;
    QCryptographicHash hash {QCryptographicHash::Sha256};
    QByteArray firstBytes;
    QByteArray sha256;
    qint64 size = 0;
    bool hasFailed = false;

    bool open(const QString &directory)
    {
        if (file || hasFailed)
            return !hasFailed;
        file = std::make_unique<QTemporaryFile>(directory % u"/incoming/XXXXXX.part");
        hasFailed = !makePrivateDirectory(directory) || !makePrivateDirectory(directory % u"/incoming")
            || !file->open();
        return !hasFailed;
    }
};

FileStore::FileStore(const QString &directory, QObject *parent)
    : QObject(parent)
    , m_directory(directory)
    , m_worker(std::make_unique<QObject>())
{
    m_worker->moveToThread(&m_thread);
    m_thread.setObjectName(u"files"_s);
    m_thread.start();
    // What an earlier run was cut off in.
    run(this, [incoming = m_directory % u"/incoming"]() -> std::function<void()> {
        QDir(incoming).removeRecursively();
        return {};
    });
}

FileStore::~FileStore()
{
    // What was asked for is done first, so that nothing half-written stays behind.
    QMetaObject::invokeMethod(
        m_worker.get(), [] {}, Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

void FileStore::run(QObject *context, std::function<std::function<void()>()> work)
{
    QMetaObject::invokeMethod(m_worker.get(), [this, guard = QPointer<QObject>(context), work = std::move(work)] {
        auto answer = work();
        if (!answer)
            return;
        QMetaObject::invokeMethod(this, [guard, answer = std::move(answer)] {
            if (guard)
                answer();
        });
    });
}

FileStore::IncomingPtr FileStore::begin(const QString &name)
{
    // The file is closed and removed where it was opened.
    IncomingPtr incoming(new Incoming, [this, guard = QPointer<FileStore>(this)](Incoming *file) {
        if (guard)
            QMetaObject::invokeMethod(m_worker.get(), [file] { delete file; });
        else
            delete file;
    });
    incoming->name = name;
    return incoming;
}

void FileStore::append(
    const IncomingPtr &file, const QByteArray &piece, QObject *context, std::function<void(Result<void>)> written)
{
    run(context, [this, file, piece, written = std::move(written)]() -> std::function<void()> {
        Result<void> outcome;
        if (!file->open(m_directory) || file->file->write(piece) != piece.size()) {
            qCWarning(logFiles) << "an upload could not be written:" << file->file->errorString();
            file->hasFailed = true;
            outcome = ErrorCode::StoreUnavailable;
        }
        file->hash.addData(piece);
        file->size += piece.size();
        if (file->firstBytes.size() < kSniffedBytes)
            file->firstBytes.append(piece.first(std::min(piece.size(), kSniffedBytes - file->firstBytes.size())));
        return [written, outcome] { written(outcome); };
    });
}

void FileStore::finish(const IncomingPtr &file, QObject *context, std::function<void(Result<ReceivedFile>)> then)
{
    run(context, [this, file, then = std::move(then)]() -> std::function<void()> {
        if (!file->open(m_directory) || !file->file->flush())
            return [then] { then(ErrorCode::StoreUnavailable); };
        syncToDisk(*file->file);
        file->sha256 = file->hash.result().toHex();
        const ReceivedFile received {file->sha256, file->size, fileType(file->name, file->firstBytes)};
        return [then, received] { then(received); };
    });
}

void FileStore::keep(const IncomingPtr &file, QObject *context, std::function<void(Result<void>)> then)
{
    run(context, [this, file, then = std::move(then)]() -> std::function<void()> {
        const QString path = pathOf(file->sha256);
        if (!QFile::exists(path)) {
            if (!makePrivateDirectory(QFileInfo(path).path()) || !file->file->rename(path)) {
                qCWarning(logFiles) << "an upload could not be moved to its place:" << file->file->errorString();
                return [then] { then(ErrorCode::StoreUnavailable); };
            }
            file->file->setAutoRemove(false);
        }
        return [then] { then({}); };
    });
}

QString FileStore::pathOf(const QByteArray &sha256) const
{
    return m_directory % u'/' % pathOfHash(sha256);
}

void FileStore::remove(const QByteArray &sha256)
{
    run(this, [path = pathOf(sha256)]() -> std::function<void()> {
        if (QFile::exists(path) && !QFile::remove(path))
            qCWarning(logFiles) << "a file that nobody needs could not be removed";
        return {};
    });
}

void FileStore::list(QObject *context, std::function<void(QList<QByteArray>)> then)
{
    run(context, [this, then = std::move(then)]() -> std::function<void()> {
        QList<QByteArray> hashes;
        QDirIterator files(m_directory, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            files.next();
            if (isHash(files.fileName()))
                hashes.append(files.fileName().toLatin1());
        }
        return [then, hashes] { then(hashes); };
    });
}

} // namespace tertulia
