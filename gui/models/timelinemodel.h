// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/entry.h"

#include <QAbstractListModel>
#include <QDate>
#include <QList>

namespace tertulia {

/// One row of a conversation: a message as it now stands, or a folded notice of joins and leaves.
struct TimelineItem {
    enum class Kind : quint8 { Message, Joined, Left };
    enum class Delivery : quint8 { Stored, Sending, Failed };

    Kind kind = Kind::Message;
    Delivery delivery = Delivery::Stored;
    Message message; ///< id 0 until stored
    QString ref; ///< of one's own message that is not stored yet
    QString failure; ///< the refusal's slug, when Failed
    QStringList names; ///< of a notice
    Timestamp time;
    EntryId position = 0; ///< a message's id; a notice's: the id that it follows; the largest there is while not stored
    quint64 serial = 0; ///< of this row in this model, never reused
    quint32 revision = 0; ///< grows with each change of what is shown
};

/// The messages of one room in id order, then one's own that are still under way. Entries that arrive twice or out of
/// order end in the same list.
class TimelineModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { KindRole = Qt::UserRole, IdRole, DeliveryRole };
    /// Messages of one author within this time are shown as one group.
    static constexpr int kGroupSeconds = 5 * 60;

    explicit TimelineModel(QObject *parent = nullptr);

    void setOwnName(const QString &name);
    [[nodiscard]] QString ownName() const { return m_ownName; }

    /// Begins anew with the newest messages; one's own that are under way stay.
    void reset(const QList<Message> &messages);
    /// An older page. Messages that are here already are skipped.
    void prepend(const QList<Message> &messages);
    /// A log entry: a message, or what happened to one. Those of messages that are not loaded change nothing.
    void apply(const Entry &entry);
    void addNotice(TimelineItem::Kind kind, const QString &name, Timestamp time);

    void addPending(const QString &ref, const QString &content, EntryId replyTo, Timestamp time);
    void acknowledge(const QString &ref, EntryId id, Timestamp timestamp);
    void fail(const QString &ref, const QString &failure);
    void resend(const QString &ref);
    void discard(const QString &ref);

    /// Puts the line above the `count` newest messages of others; 0 takes it away.
    void setUnreadCount(int count);
    /// Puts the line above `id` unless there is one already.
    void startUnreadAt(EntryId id);
    void clearUnreadLine();
    [[nodiscard]] int unreadLineRow() const;

    [[nodiscard]] const TimelineItem &item(int row) const { return m_items.at(row); }
    [[nodiscard]] int rowOf(EntryId id) const; ///< -1 = not loaded
    [[nodiscard]] EntryId oldestId() const; ///< 0 = none
    [[nodiscard]] EntryId newestId() const;
    /// The row of one's own newest stored text message, for "arrow up edits"; -1 = none.
    [[nodiscard]] int lastOwnRow() const;

    [[nodiscard]] bool startsDay(int row) const;
    [[nodiscard]] bool startsUnread(int row) const;
    [[nodiscard]] bool continuesGroup(int row) const;
    [[nodiscard]] bool isOwn(int row) const;
    [[nodiscard]] bool mentionsMe(int row) const;
    /// "Ana: the first words": what a reply answers; empty where it answers nothing.
    [[nodiscard]] QString replyExcerpt(int row) const;
    [[nodiscard]] QString noticeText(int row) const;
    /// The language or the day changed: everything is worded anew.
    void touchAll();

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] int insertPosition(EntryId id) const;
    [[nodiscard]] int rowOfRef(const QString &ref) const;
    [[nodiscard]] int pendingLike(const Entry &entry) const;
    [[nodiscard]] TimelineItem itemOf(const Message &message);
    [[nodiscard]] QString accessibleText(int row) const;
    void insertItem(int row, const TimelineItem &item);
    void removeItem(int row);
    void applyChat(const Entry &entry);
    void applyReaction(const Entry &entry);
    void changed(int row);
    /// Its place in the list may differ from where it is: moves it there.
    void settle(int row, const Message &message);

    QList<TimelineItem> m_items;
    QString m_ownName;
    EntryId m_unreadLine = 0;
    quint64 m_nextSerial = 1;
};

} // namespace tertulia
