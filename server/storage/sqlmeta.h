// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/sqlconnection.h"
#include "storage/storage.h"

namespace tertulia {

class SqlMeta final : public MetaTable
{
public:
    explicit SqlMeta(SqlConnection &connection);

    Result<QByteArray> value(const QString &key) override;
    Result<QByteArray> valueOrInsert(const QString &key, const QByteArray &value) override;
    Result<void> setValue(const QString &key, const QByteArray &value) override;
    Result<void> addAudit(const AuditRecord &record) override;
    Result<QList<AuditRecord>> audit(int limit) override;

private:
    SqlConnection &m_connection;
    SqlStatement m_value;
    SqlStatement m_insert;
    SqlStatement m_setValue;
    SqlStatement m_addAudit;
    SqlStatement m_audit;
};

} // namespace tertulia
