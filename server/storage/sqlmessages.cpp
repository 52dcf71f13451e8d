// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/sqlmessages.h"

#include "storage/entrykey.h"
#include "storage/entryrow.h"

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

constexpr int kLongestPage = 200;

QString columns()
{
    return u"SELECT e.key, e.user_name, e.timestamp, coalesce(e.current, e.content), e.edited_at, e.reply_to, e.file,"
           " e.mentions FROM "_s;
}

QString byPlace(QStringView order)
{
    return columns() + u"entries e WHERE e.key > ? AND e.key < ? AND e.kind = 0 AND e.deleted = 0 ORDER BY e.key "_s
        + order + u" LIMIT ?"_s;
}

QString byWords(const SqlDialect &dialect, QStringView order)
{
    return columns() + dialect.searchSource() + u" ORDER BY "_s + dialect.searchKey() + u' ' + order + u" LIMIT ?"_s;
}

Message messageOf(const SqlStatement &row, const QString &room)
{
    Message message;
    message.room = room;
    message.id = idOfKey(row.integer(0));
    message.user = row.text(1);
    message.timestamp = fromMilliseconds(row.integer(2));
    message.content = row.text(3);
    if (!row.isNull(4))
        message.editedAt = fromMilliseconds(row.integer(4));
    message.replyTo = EntryId(row.integer(5));
    if (!row.isNull(6))
        message.file = fileOfColumn(row.text(6));
    if (!row.isNull(7))
        message.mentions = mentionsOfColumn(row.text(7));
    return message;
}

void addReaction(Message &message, const QString &emoji, const QString &user)
{
    for (ReactionGroup &group : message.reactions) {
        if (group.emoji == emoji) {
            group.users.append(user);
            return;
        }
    }
    message.reactions.append({emoji, {user}});
}

} // namespace

SqlMessages::SqlMessages(SqlConnection &connection, LogStates &logs)
    : m_connection(connection)
    , m_logs(logs)
    , m_older(connection, byPlace(u"DESC"))
    , m_newer(connection, byPlace(u"ASC"))
    , m_foundOlder(connection, byWords(connection.dialect(), u"DESC"))
    , m_foundNewer(connection, byWords(connection.dialect(), u"ASC"))
    , m_reactions(connection,
          u"SELECT target_key, emoji, user_name FROM reactions WHERE target_key >= ? AND target_key <= ?"
          " ORDER BY target_key, entry_id"_s)
{
}

Result<MessagePage> SqlMessages::page(RoomKey room, const MessageQuery &query)
{
    const auto state = m_logs.find(room);
    if (!state)
        return state.error();
    MessagePage page;
    page.lastId = (*state)->lastId;

    const int limit = qBound(1, query.limit, kLongestPage);
    const bool towardsNewer = query.after.has_value();
    const qint64 first = entryKey(room, query.after.value_or(0));
    // One id more than the last can be: the bound itself is left out.
    const qint64 end = query.before > 0 && query.before <= kLastEntryId ? entryKey(room, query.before)
                                                                        : entryKey(room, kLastEntryId) + 1;
    QString expression;
    if (!query.text.isEmpty()) {
        expression = m_connection.dialect().searchExpression(query.text);
        if (expression.isEmpty())
            return page;
    }
    SqlStatement &statement = expression.isEmpty() ? (towardsNewer ? m_newer : m_older)
                                                   : (towardsNewer ? m_foundNewer : m_foundOlder);
    const bool done = expression.isEmpty() ? statement.run(first, end, limit + 1)
                                           : statement.run(expression, first, end, limit + 1);
    if (!done)
        return m_connection.unavailable();
    auto messages = select(statement, (*state)->room, limit + 1);
    if (!messages)
        return messages.error();
    page.hasMore = messages->size() > limit;
    if (page.hasMore)
        messages->removeLast();
    if (!towardsNewer)
        std::reverse(messages->begin(), messages->end());
    page.messages = std::move(*messages);
    if (!addReactions(room, page.messages))
        return m_connection.unavailable();
    return page;
}

Result<QList<Message>> SqlMessages::select(SqlStatement &statement, const QString &room, int limit)
{
    QList<Message> messages;
    messages.reserve(limit);
    while (statement.next())
        messages.append(messageOf(statement, room));
    statement.finish();
    if (m_connection.hasFailed())
        return m_connection.unavailable();
    return messages;
}

bool SqlMessages::addReactions(RoomKey room, QList<Message> &ascending)
{
    if (ascending.isEmpty())
        return true;
    // Found messages may lie far apart; what was said between them is not read.
    const bool isDense = ascending.last().id - ascending.first().id < EntryId(4 * kLongestPage);
    const auto read = [&](qsizetype from, qsizetype to) {
        if (!m_reactions.run(entryKey(room, ascending[from].id), entryKey(room, ascending[to].id)))
            return false;
        qsizetype at = from;
        while (m_reactions.next()) {
            const EntryId id = idOfKey(m_reactions.integer(0));
            while (at <= to && ascending[at].id < id)
                ++at;
            if (at <= to && ascending[at].id == id)
                addReaction(ascending[at], m_reactions.text(1), m_reactions.text(2));
        }
        m_reactions.finish();
        return !m_connection.hasFailed();
    };
    if (isDense)
        return read(0, ascending.size() - 1);
    for (qsizetype i = 0; i < ascending.size(); ++i) {
        if (!read(i, i))
            return false;
    }
    return true;
}

} // namespace tertulia
