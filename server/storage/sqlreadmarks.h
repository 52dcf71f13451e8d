// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/sqlconnection.h"
#include "storage/storage.h"

namespace tertulia {

class SqlReadMarks final : public ReadMarkTable
{
public:
    explicit SqlReadMarks(SqlConnection &connection);

    Result<QList<ReadMark>> of(const QString &userId) override;
    Result<void> set(const QString &userId, RoomKey room, EntryId id) override;

private:
    SqlConnection &m_connection;
    SqlStatement m_of;
    SqlStatement m_set;
};

} // namespace tertulia
