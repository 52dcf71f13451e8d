// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/sqlfiles.h"

namespace tertulia {

using namespace Qt::StringLiterals;

SqlFiles::SqlFiles(SqlConnection &connection)
    : m_connection(connection)
    , m_add(connection,
          u"INSERT INTO files (id, name, size, type, url, room, uploader_id, sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"_s)
    , m_byId(connection, u"SELECT id, name, size, type, url, room, uploader_id, sha256 FROM files WHERE id = ?"_s)
    , m_remove(connection, u"DELETE FROM files WHERE id = ?"_s)
    , m_countOfHash(connection, u"SELECT count(*) FROM files WHERE sha256 = ?"_s)
{
}

Result<void> SqlFiles::add(const StoredFile &file)
{
    const FileInfo &info = file.info;
    if (!m_add.change(info.id, info.name, info.size, info.type, info.url, file.room, file.uploaderId, file.sha256))
        return m_connection.unavailable();
    return {};
}

Result<StoredFile> SqlFiles::byId(const QString &id)
{
    if (!m_byId.run(id))
        return m_connection.unavailable();
    if (!m_byId.next()) {
        m_byId.finish();
        return m_connection.hasFailed() ? m_connection.unavailable() : Error(ErrorCode::NotFound);
    }
    StoredFile file;
    file.info.id = m_byId.text(0);
    file.info.name = m_byId.text(1);
    file.info.size = m_byId.integer(2);
    file.info.type = m_byId.text(3);
    file.info.url = m_byId.text(4);
    file.room = m_byId.integer(5);
    file.uploaderId = m_byId.text(6);
    file.sha256 = m_byId.bytes(7);
    m_byId.finish();
    return file;
}

Result<void> SqlFiles::remove(const QString &id)
{
    if (!m_remove.change(id))
        return m_connection.unavailable();
    return {};
}

Result<int> SqlFiles::countOfHash(const QByteArray &sha256)
{
    if (!m_countOfHash.run(sha256) || !m_countOfHash.next())
        return m_connection.unavailable();
    const int count = m_countOfHash.smallInteger(0);
    m_countOfHash.finish();
    return count;
}

} // namespace tertulia
