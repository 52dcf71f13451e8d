// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/sqlnotifications.h"

namespace tertulia {

using namespace Qt::StringLiterals;

SqlNotifications::SqlNotifications(SqlConnection &connection)
    : m_connection(connection)
    // A counter's row is locked until the commit: ids become visible in their order, and a trimmed id is not given
    // again.
    , m_nextId(connection, u"UPDATE counters SET value = value + 1 WHERE name = 'notification' RETURNING value"_s)
    , m_insert(connection,
          u"INSERT INTO notifications (id, user_id, kind, title, body, level, room, from_name, timestamp)"
          " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"_s)
    , m_after(connection,
          u"SELECT id, kind, title, body, level, room, from_name, timestamp FROM notifications"
          " WHERE id > ? AND user_id IN (?, '') ORDER BY id LIMIT ?"_s)
    , m_lastId(connection, u"SELECT value FROM counters WHERE name = 'notification'"_s)
    , m_firstId(connection,
          u"SELECT coalesce((SELECT min(id) FROM notifications), value + 1) FROM counters WHERE name = 'notification'"_s)
    , m_trim(connection, u"DELETE FROM notifications WHERE timestamp < ?"_s)
{
}

Result<quint64> SqlNotifications::append(const QString &userId, const Notification &notification)
{
    SqlScope scope(m_connection);
    if (!scope.isOpen() || !m_nextId.run() || !m_nextId.next())
        return m_connection.unavailable();
    const qint64 id = m_nextId.integer(0);
    m_nextId.finish();
    const bool done = m_insert.change(id, userId, int(notification.kind), notification.title, notification.body,
        int(notification.level), notification.room, notification.from, toMilliseconds(notification.timestamp));
    if (!done || !scope.commit())
        return m_connection.unavailable();
    return quint64(id);
}

Result<QList<Notification>> SqlNotifications::after(const QString &userId, quint64 id, int limit)
{
    if (!m_after.run(qint64(qMin(id, quint64(std::numeric_limits<qint64>::max()))), userId, limit))
        return m_connection.unavailable();
    QList<Notification> notifications;
    while (m_after.next()) {
        Notification notification;
        notification.id = quint64(m_after.integer(0));
        notification.kind = NotificationKind(m_after.smallInteger(1));
        notification.title = m_after.text(2);
        notification.body = m_after.text(3);
        notification.level = NotificationLevel(m_after.smallInteger(4));
        notification.room = m_after.text(5);
        notification.from = m_after.text(6);
        notification.timestamp = fromMilliseconds(m_after.integer(7));
        notifications.append(notification);
    }
    m_after.finish();
    if (m_connection.hasFailed())
        return m_connection.unavailable();
    return notifications;
}

Result<quint64> SqlNotifications::lastId()
{
    if (!m_lastId.run() || !m_lastId.next())
        return m_connection.unavailable();
    const quint64 id = quint64(m_lastId.integer(0));
    m_lastId.finish();
    return id;
}

Result<quint64> SqlNotifications::firstId()
{
    if (!m_firstId.run() || !m_firstId.next())
        return m_connection.unavailable();
    const quint64 id = quint64(m_firstId.integer(0));
    m_firstId.finish();
    return id;
}

Result<void> SqlNotifications::trim(Timestamp olderThan)
{
    if (!m_trim.change(toMilliseconds(olderThan)))
        return m_connection.unavailable();
    return {};
}

} // namespace tertulia
