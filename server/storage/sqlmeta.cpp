// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/sqlmeta.h"

namespace tertulia {

using namespace Qt::StringLiterals;

SqlMeta::SqlMeta(SqlConnection &connection)
    : m_connection(connection)
    , m_value(connection, u"SELECT value FROM meta WHERE key = ?"_s)
    , m_insert(connection, u"INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO NOTHING"_s)
    , m_setValue(connection,
          u"INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"_s)
    , m_addAudit(connection, u"INSERT INTO audit (time, by_name, action, subject, detail) VALUES (?, ?, ?, ?, ?)"_s)
    , m_audit(connection, u"SELECT time, by_name, action, subject, detail FROM audit ORDER BY id DESC LIMIT ?"_s)
{
}

Result<QByteArray> SqlMeta::value(const QString &key)
{
    if (!m_value.run(key))
        return m_connection.unavailable();
    QByteArray value;
    if (m_value.next())
        value = m_value.bytes(0);
    m_value.finish();
    if (m_connection.hasFailed())
        return m_connection.unavailable();
    return value;
}

Result<QByteArray> SqlMeta::valueOrInsert(const QString &key, const QByteArray &value)
{
    SqlScope scope(m_connection);
    if (!scope.isOpen() || !m_insert.change(key, value.isNull() ? QByteArray("") : value))
        return m_connection.unavailable();
    auto standing = this->value(key);
    if (standing && !scope.commit())
        return m_connection.unavailable();
    return standing;
}

Result<void> SqlMeta::setValue(const QString &key, const QByteArray &value)
{
    if (!m_setValue.change(key, value.isNull() ? QByteArray("") : value))
        return m_connection.unavailable();
    return {};
}

Result<void> SqlMeta::addAudit(const AuditRecord &record)
{
    if (!m_addAudit.change(toMilliseconds(record.time), record.by, record.action, record.subject, record.detail))
        return m_connection.unavailable();
    return {};
}

Result<QList<AuditRecord>> SqlMeta::audit(int limit)
{
    if (!m_audit.run(limit))
        return m_connection.unavailable();
    QList<AuditRecord> records;
    while (m_audit.next()) {
        AuditRecord record;
        record.time = fromMilliseconds(m_audit.integer(0));
        record.by = m_audit.text(1);
        record.action = m_audit.text(2);
        record.subject = m_audit.text(3);
        record.detail = m_audit.text(4);
        records.append(record);
    }
    m_audit.finish();
    if (m_connection.hasFailed())
        return m_connection.unavailable();
    return records;
}

} // namespace tertulia
