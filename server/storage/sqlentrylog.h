// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/searchindex.h"
#include "storage/sqlmessages.h"

namespace tertulia {

class SqlEntryLog final : public EntryLog
{
public:
    /// Brings the index of a room up to date before it is searched; whether that succeeded. Called without a
    /// transaction.
    using IndexRequest = std::function<bool(RoomKey)>;

    SqlEntryLog(SqlConnection &connection, LogStates &logs, SearchIndex &index);

    /// For a reader, which cannot write the index itself.
    void setIndexRequest(IndexRequest request) { m_indexRequest = std::move(request); }

    Result<Appended> append(const EntryDraft &draft) override;
    Result<QList<Entry>> entriesAfter(RoomKey room, EntryId after, int limit) override;
    Result<EntryId> lastId(RoomKey room) override;
    Result<MessagePage> messages(RoomKey room, const MessageQuery &query) override;
    Result<int> unread(RoomKey room, const QString &userId, EntryId mark, int cap) override;
    Result<EntryId> trim(RoomKey room, qint64 keep) override;
    Result<void> import(RoomKey room, const QList<Entry> &entries) override;

private:
    /// What an entry names: the entry that it answers, changes or reacts to.
    struct Target {
        QString userId;
        std::optional<FileInfo> file;
    };

    Result<std::optional<Appended>> outcomeOfRef(const EntryDraft &draft);
    Result<Target> findMessage(RoomKey room, EntryId id);
    Result<Appended> appendByKind(const EntryDraft &draft, LogState &state);
    Result<Appended> appendChat(const EntryDraft &draft, LogState &state);
    Result<Appended> appendChange(const EntryDraft &draft, LogState &state);
    Result<Appended> appendReaction(const EntryDraft &draft, LogState &state);
    Result<Appended> addEntry(const EntryDraft &draft, LogState &state);
    Result<void> startImport(RoomKey room, LogState &state, EntryId first, EntryId last);
    bool insert(qint64 key, const Entry &entry);
    bool applyEdit(RoomKey room, const LogState &state, EntryId target, const QString &content, Timestamp time);
    bool applyDelete(RoomKey room, const LogState &state, EntryId target);
    bool applyReaction(RoomKey room, const Entry &entry);
    bool applyImported(RoomKey room, const LogState &state, const Entry &entry);
    Result<void> completeIndex(RoomKey room);

    SqlConnection &m_connection;
    LogStates &m_logs;
    SearchIndex &m_index;
    SqlMessages m_messages;
    IndexRequest m_indexRequest;
    SqlStatement m_insert;
    SqlStatement m_findRef;
    SqlStatement m_keepRef;
    SqlStatement m_findMessage;
    SqlStatement m_edit;
    SqlStatement m_delete;
    SqlStatement m_dropReactions;
    SqlStatement m_findReaction;
    SqlStatement m_addReaction;
    SqlStatement m_removeReaction;
    SqlStatement m_entriesAfter;
    SqlStatement m_unread;
    SqlStatement m_setBase;
};

} // namespace tertulia
