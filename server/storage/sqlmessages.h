// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/logstates.h"

#include <functional>

namespace tertulia {

/// Pages of messages as they now stand, by place or by words.
class SqlMessages
{
public:
    SqlMessages(SqlConnection &connection, LogStates &logs);

    Result<MessagePage> page(RoomKey room, const MessageQuery &query);

private:
    Result<QList<Message>> select(SqlStatement &statement, const QString &room, int limit);
    bool addReactions(RoomKey room, QList<Message> &ascending);

    SqlConnection &m_connection;
    LogStates &m_logs;
    SqlStatement m_older;
    SqlStatement m_newer;
    SqlStatement m_foundOlder;
    SqlStatement m_foundNewer;
    SqlStatement m_reactions;
};

} // namespace tertulia
