// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/result.h"

#include <QLockFile>
#include <QString>

#include <memory>

namespace tertulia {

/// Where all state of one server is kept: the database, the files of messages, the keys. At most one server at a time
/// holds it.
class DataDirectory
{
public:
    /// Creates what is missing (for the owner alone) and takes the lock. Internal, with one line for people, where it
    /// cannot be written or another process holds it; the lock of a process that was killed is taken over.
    static Result<std::unique_ptr<DataDirectory>> open(const QString &path);
    /// The same without the lock, for work beside a running server. Returns the absolute path.
    static Result<QString> create(const QString &path);
    ~DataDirectory();
    Q_DISABLE_COPY_MOVE(DataDirectory)

    [[nodiscard]] const QString &path() const { return m_path; }
    [[nodiscard]] QString databasePath() const { return databasePath(m_path); }
    [[nodiscard]] QString filesPath() const { return m_path + u"/files"; }
    [[nodiscard]] QString keysPath() const { return m_path + u"/keys"; }
    [[nodiscard]] static QString databasePath(const QString &directory) { return directory + u"/tertulia.sqlite"; }

    /// Renames a damaged database, so that the next start makes a new one. Returns its new path.
    Result<QString> setDatabaseAside();

private:
    explicit DataDirectory(const QString &path);
    Result<void> lock();
    bool takeOverOwnProcessId();

    QString m_path;
    QLockFile m_lock;
};

} // namespace tertulia
