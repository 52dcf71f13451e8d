// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/clock.h"
#include "storage/sqlconnection.h"
#include "storage/storage.h"

namespace tertulia {

class SqlTokens final : public TokenTable
{
public:
    SqlTokens(SqlConnection &connection, const Clock &clock);

    Result<QList<Revocation>> revocations() override;
    Result<void> revoke(const Revocation &revocation) override;

private:
    SqlConnection &m_connection;
    const Clock &m_clock;
    SqlStatement m_revocations;
    SqlStatement m_revoke;
    SqlStatement m_forgetExpired;
};

} // namespace tertulia
