// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/housekeeping.h"
#include "storage/sqlaccounts.h"
#include "storage/sqlbans.h"
#include "storage/sqlentrylog.h"
#include "storage/sqlfiles.h"
#include "storage/sqlmeta.h"
#include "storage/sqlnotifications.h"
#include "storage/sqlreadmarks.h"
#include "storage/sqlrooms.h"
#include "storage/sqltokens.h"

namespace tertulia {

/// All tables over one connection. Outside of a transaction every call is one of its own. Used only in the thread that
/// made it; several may use one database at a time.
class SqlStorage final : public Storage
{
public:
    /// Opens the database as it is; the schema must be there. `clock` outlives the storage.
    static Result<std::unique_ptr<SqlStorage>> open(
        std::shared_ptr<const SqlDialect> dialect, SqlAccess access, const Clock &clock);

    Result<void> atomically(const std::function<Result<void>()> &work) override;
    RoomTable &rooms() override { return m_rooms; }
    SqlEntryLog &entries() override { return m_entries; }
    AccountTable &accounts() override { return m_accounts; }
    NotificationTable &notifications() override { return m_notifications; }
    ReadMarkTable &readMarks() override { return m_readMarks; }
    BanTable &bans() override { return m_bans; }
    FileTable &files() override { return m_files; }
    TokenTable &tokens() override { return m_tokens; }
    MetaTable &meta() override { return m_meta; }

    [[nodiscard]] SqlConnection &connection() { return *m_connection; }
    [[nodiscard]] Housekeeping &housekeeping() { return m_housekeeping; }
    /// How far the search index is behind, in entries.
    [[nodiscard]] qsizetype indexBacklog() const { return m_index.backlog(); }
    /// Writes something without meaning: whether the database takes anything.
    bool probe();

private:
    SqlStorage(
        std::shared_ptr<const SqlDialect> dialect, std::unique_ptr<SqlConnection> connection, const Clock &clock);

    const std::shared_ptr<const SqlDialect> m_dialect;
    std::unique_ptr<SqlConnection> m_connection;
    LogStates m_logs;
    SearchIndex m_index;
    SqlRooms m_rooms;
    SqlEntryLog m_entries;
    SqlAccounts m_accounts;
    SqlNotifications m_notifications;
    SqlReadMarks m_readMarks;
    SqlBans m_bans;
    SqlFiles m_files;
    SqlTokens m_tokens;
    SqlMeta m_meta;
    Housekeeping m_housekeeping;
};

/// Opens the database for the first time in this process: checks it, and brings its schema to the newest version.
/// StoreUnavailable with one line for people; a database that is damaged, foreign or too new is left as it is.
Result<void> prepareDatabase(const SqlDialect &dialect);

} // namespace tertulia
