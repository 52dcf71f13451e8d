// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/sqlconnection.h"
#include "storage/storage.h"

namespace tertulia {

class SqlNotifications final : public NotificationTable
{
public:
    explicit SqlNotifications(SqlConnection &connection);

    Result<quint64> append(const QString &userId, const Notification &notification) override;
    Result<QList<Notification>> after(const QString &userId, quint64 id, int limit) override;
    Result<quint64> lastId() override;
    Result<quint64> firstId() override;
    Result<void> trim(Timestamp olderThan) override;

private:
    SqlConnection &m_connection;
    SqlStatement m_nextId;
    SqlStatement m_insert;
    SqlStatement m_after;
    SqlStatement m_lastId;
    SqlStatement m_firstId;
    SqlStatement m_trim;
};

} // namespace tertulia
