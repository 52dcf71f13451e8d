// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/result.h"

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QString>
#include <QThread>

#include <functional>
#include <memory>

namespace tertulia {

/// What became of the bytes of one upload.
struct ReceivedFile {
    QByteArray sha256; ///< lower-case hex
    qint64 size = 0;
    QString type;
};

/// The bytes of uploaded files on disk, each kept once under its hash. A thread of its own does all work with the disk,
/// so that a slow one stops nobody; answers come in the thread that made the store. Calls are done in their order.
class FileStore final : public QObject
{
    Q_OBJECT

public:
    explicit FileStore(const QString &directory, QObject *parent = nullptr);
    ~FileStore() override;

    /// One upload on its way to the disk. Dropping it removes what was written.
    class Incoming;
    using IncomingPtr = std::shared_ptr<Incoming>;
    /// `name` helps to tell the type.
    [[nodiscard]] IncomingPtr begin(const QString &name);
    /// `written` is called when the piece is on its way; StoreUnavailable where the disk is full or fails.
    void append(
        const IncomingPtr &file, const QByteArray &piece, QObject *context, std::function<void(Result<void>)> written);
    /// After the last piece: hash and type.
    void finish(const IncomingPtr &file, QObject *context, std::function<void(Result<ReceivedFile>)> then);
    /// Moves it to its place; where the same bytes are there already those stay.
    void keep(const IncomingPtr &file, QObject *context, std::function<void(Result<void>)> then);

    [[nodiscard]] QString pathOf(const QByteArray &sha256) const;
    void remove(const QByteArray &sha256);
    /// The hashes of all files that are kept.
    void list(QObject *context, std::function<void(QList<QByteArray>)> then);

private:
    /// Runs `work` in the disk's thread; what it returns is called here.
    void run(QObject *context, std::function<std::function<void()>()> work);

    QString m_directory;
    QThread m_thread;
    std::unique_ptr<QObject> m_worker; ///< lives in m_thread
};

} // namespace tertulia
