// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/sqlconnection.h"
#include "storage/storage.h"

namespace tertulia {

class SqlFiles final : public FileTable
{
public:
    explicit SqlFiles(SqlConnection &connection);

    Result<void> add(const StoredFile &file) override;
    Result<StoredFile> byId(const QString &id) override;
    Result<void> remove(const QString &id) override;
    Result<int> countOfHash(const QByteArray &sha256) override;

private:
    SqlConnection &m_connection;
    SqlStatement m_add;
    SqlStatement m_byId;
    SqlStatement m_remove;
    SqlStatement m_countOfHash;
};

} // namespace tertulia
