// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/clock.h"
#include "storage/logstates.h"

namespace tertulia {

class SqlRooms final : public RoomTable
{
public:
    SqlRooms(SqlConnection &connection, LogStates &logs, const Clock &clock);

    Result<QList<RoomRecord>> all() override;
    Result<QList<RoomMembership>> allMemberships() override;
    Result<RoomRecord> create(const RoomRecord &draft) override;
    Result<void> update(const RoomRecord &room) override;
    Result<void> setEpoch(RoomKey room, const QString &epoch) override;
    Result<QStringList> remove(RoomKey room) override;
    Result<void> addMembership(const RoomMembership &membership) override;
    Result<void> removeMembership(RoomKey room, const QString &userId) override;

private:
    Result<bool> insert(const QString &folded, const RoomRecord &room);
    bool forgetLog(RoomKey room, const QString &folded, EntryId lastId, EntryId indexedId);
    Result<QStringList> takeFiles(RoomKey room);

    SqlConnection &m_connection;
    LogStates &m_logs;
    const Clock &m_clock;
    SqlStatement m_all;
    SqlStatement m_memberships;
    SqlStatement m_nextKey;
    SqlStatement m_formerLastId;
    SqlStatement m_insert;
    SqlStatement m_update;
    SqlStatement m_setEpoch;
    SqlStatement m_logOf;
    SqlStatement m_addMembership;
    SqlStatement m_removeMembership;
};

} // namespace tertulia
