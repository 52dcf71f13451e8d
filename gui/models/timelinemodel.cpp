// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/timelinemodel.h"

#include "models/format.h"
#include "protocol/names.h"

#include <algorithm>
#include <limits>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

constexpr EntryId kUnderWay = std::numeric_limits<EntryId>::max();
constexpr int kExcerptLength = 80;
constexpr int kNamesShown = 3;

Message messageOf(const Entry &entry)
{
    Message message;
    message.room = entry.room;
    message.id = entry.id;
    message.user = entry.user;
    message.content = entry.content;
    message.timestamp = entry.timestamp;
    message.replyTo = entry.replyTo;
    message.file = entry.file;
    message.mentions = entry.mentions;
    return message;
}

QDate dayOf(Timestamp time)
{
    return toDateTime(time).toLocalTime().date();
}

} // namespace

TimelineModel::TimelineModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

void TimelineModel::setOwnName(const QString &name)
{
    if (m_ownName == name)
        return;
    m_ownName = name;
    touchAll();
}

void TimelineModel::touchAll()
{
    for (TimelineItem &item : m_items)
        ++item.revision;
    if (!m_items.isEmpty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

TimelineItem TimelineModel::itemOf(const Message &message)
{
    TimelineItem item;
    item.message = message;
    item.time = message.timestamp;
    item.position = message.id;
    item.serial = m_nextSerial++;
    return item;
}

int TimelineModel::insertPosition(EntryId id) const
{
    const auto at = std::upper_bound(m_items.cbegin(), m_items.cend(), id,
        [](EntryId value, const TimelineItem &item) { return value < item.position; });
    return int(at - m_items.cbegin());
}

int TimelineModel::rowOf(EntryId id) const
{
    const auto at = std::lower_bound(m_items.cbegin(), m_items.cend(), id,
        [](const TimelineItem &item, EntryId value) { return item.position < value; });
    if (id == 0)
        return -1;
    // Notices that follow a message have its position too.
    for (auto candidate = at; candidate != m_items.cend() && candidate->position == id; ++candidate) {
        if (candidate->message.id == id)
            return int(candidate - m_items.cbegin());
    }
    return -1;
}

int TimelineModel::rowOfRef(const QString &ref) const
{
    for (int row = rowCount() - 1; row >= 0 && m_items.at(row).position == kUnderWay; --row) {
        if (m_items.at(row).ref == ref)
            return row;
    }
    return -1;
}

void TimelineModel::changed(int row)
{
    ++m_items[row].revision;
    Q_EMIT dataChanged(index(row), index(row));
}

void TimelineModel::insertItem(int row, const TimelineItem &item)
{
    beginInsertRows({}, row, row);
    m_items.insert(row, item);
    endInsertRows();
    if (row + 1 < rowCount())
        changed(row + 1); // its day or its group may begin elsewhere now
}

void TimelineModel::removeItem(int row)
{
    if (m_items.at(row).message.id != 0 && m_items.at(row).message.id == m_unreadLine) {
        // The line moves on to the next message, if there is one.
        m_unreadLine = 0;
        for (int next = row + 1; next < rowCount() && m_unreadLine == 0; ++next)
            m_unreadLine = m_items.at(next).message.id;
    }
    beginRemoveRows({}, row, row);
    m_items.removeAt(row);
    endRemoveRows();
    if (row < rowCount())
        changed(row);
}

void TimelineModel::reset(const QList<Message> &messages)
{
    beginResetModel();
    m_items.removeIf([](const TimelineItem &item) { return item.position != kUnderWay; });
    QList<TimelineItem> items;
    items.reserve(messages.size() + m_items.size());
    for (const Message &message : messages)
        items.append(itemOf(message));
    std::sort(items.begin(), items.end(),
        [](const TimelineItem &left, const TimelineItem &right) { return left.position < right.position; });
    m_items = items + m_items;
    endResetModel();
}

void TimelineModel::prepend(const QList<Message> &messages)
{
    QList<TimelineItem> older;
    const EntryId oldest = oldestId();
    for (const Message &message : messages) {
        if (oldest == 0 || message.id < oldest)
            older.append(itemOf(message));
    }
    if (older.isEmpty())
        return;
    beginInsertRows({}, 0, int(older.size()) - 1);
    m_items = older + m_items;
    endInsertRows();
    if (older.size() < m_items.size())
        changed(int(older.size()));
}

int TimelineModel::pendingLike(const Entry &entry) const
{
    if (entry.file || foldName(entry.user) != foldName(m_ownName))
        return -1;
    for (int row = 0; row < rowCount(); ++row) {
        const TimelineItem &item = m_items.at(row);
        if (item.position == kUnderWay && item.delivery == TimelineItem::Delivery::Sending
            && item.message.content == entry.content && item.message.replyTo == entry.replyTo)
            return row;
    }
    return -1;
}

void TimelineModel::settle(int row, const Message &message)
{
    TimelineItem item = m_items.at(row);
    item.message = message;
    item.time = message.timestamp;
    item.position = message.id;
    item.delivery = TimelineItem::Delivery::Stored;
    item.ref.clear();
    if (insertPosition(message.id) == row) {
        m_items[row] = item;
        changed(row);
        return;
    }
    removeItem(row);
    insertItem(insertPosition(message.id), item);
}

void TimelineModel::applyChat(const Entry &entry)
{
    if (rowOf(entry.id) >= 0)
        return;
    const Message message = messageOf(entry);
    if (const int pending = pendingLike(entry); pending >= 0)
        settle(pending, message);
    else
        insertItem(insertPosition(entry.id), itemOf(message));
}

void TimelineModel::applyReaction(const Entry &entry)
{
    const int row = rowOf(entry.target);
    if (row < 0)
        return;
    QList<ReactionGroup> &reactions = m_items[row].message.reactions;
    auto group = std::find_if(reactions.begin(), reactions.end(),
        [&](const ReactionGroup &candidate) { return candidate.emoji == entry.emoji; });
    if (entry.reactionAdded) {
        if (group == reactions.end())
            reactions.append({entry.emoji, {entry.user}});
        else if (!group->users.contains(entry.user))
            group->users.append(entry.user);
    } else if (group != reactions.end()) {
        group->users.removeAll(entry.user);
        if (group->users.isEmpty())
            reactions.erase(group);
    }
    changed(row);
}

void TimelineModel::apply(const Entry &entry)
{
    switch (entry.kind) {
    case EntryKind::Chat:
        applyChat(entry);
        return;
    case EntryKind::Edit:
        if (const int row = rowOf(entry.target); row >= 0) {
            m_items[row].message.content = entry.content;
            m_items[row].message.editedAt = entry.timestamp;
            m_items[row].message.mentions = entry.mentions;
            changed(row);
        }
        return;
    case EntryKind::Delete:
        if (const int row = rowOf(entry.target); row >= 0)
            removeItem(row);
        return;
    case EntryKind::Reaction:
        applyReaction(entry);
        return;
    }
}

void TimelineModel::addNotice(TimelineItem::Kind kind, const QString &name, Timestamp time)
{
    const int at = insertPosition(kUnderWay - 1);
    if (at > 0) {
        TimelineItem &last = m_items[at - 1];
        if (last.kind == kind && dayOf(last.time) == dayOf(time)) {
            last.names.removeAll(name);
            last.names.append(name);
            changed(at - 1);
            return;
        }
    }
    TimelineItem item;
    item.kind = kind;
    item.names = {name};
    item.time = time;
    item.position = newestId();
    item.serial = m_nextSerial++;
    insertItem(at, item);
}

void TimelineModel::addPending(const QString &ref, const QString &content, EntryId replyTo, Timestamp time)
{
    TimelineItem item;
    item.delivery = TimelineItem::Delivery::Sending;
    item.message.user = m_ownName;
    item.message.content = content;
    item.message.replyTo = replyTo;
    item.message.timestamp = time;
    item.time = time;
    item.ref = ref;
    item.position = kUnderWay;
    item.serial = m_nextSerial++;
    insertItem(rowCount(), item);
}

void TimelineModel::acknowledge(const QString &ref, EntryId id, Timestamp timestamp)
{
    const int row = rowOfRef(ref);
    if (row < 0)
        return;
    if (rowOf(id) >= 0) { // its entry came first
        removeItem(row);
        return;
    }
    Message message = m_items.at(row).message;
    message.id = id;
    message.timestamp = timestamp;
    settle(row, message);
}

void TimelineModel::fail(const QString &ref, const QString &failure)
{
    if (const int row = rowOfRef(ref); row >= 0) {
        m_items[row].delivery = TimelineItem::Delivery::Failed;
        m_items[row].failure = failure;
        changed(row);
    }
}

void TimelineModel::resend(const QString &ref)
{
    if (const int row = rowOfRef(ref); row >= 0) {
        m_items[row].delivery = TimelineItem::Delivery::Sending;
        changed(row);
    }
}

void TimelineModel::discard(const QString &ref)
{
    if (const int row = rowOfRef(ref); row >= 0)
        removeItem(row);
}

void TimelineModel::setUnreadCount(int count)
{
    EntryId first = 0;
    for (int row = rowCount() - 1; row >= 0 && count > 0; --row) {
        const TimelineItem &item = m_items.at(row);
        if (item.kind == TimelineItem::Kind::Message && item.message.id != 0 && !isOwn(row)) {
            first = item.message.id;
            --count;
        }
    }
    clearUnreadLine();
    startUnreadAt(first);
}

void TimelineModel::startUnreadAt(EntryId id)
{
    if (m_unreadLine != 0 || id == 0)
        return;
    m_unreadLine = id;
    if (const int row = rowOf(id); row >= 0)
        changed(row);
}

void TimelineModel::clearUnreadLine()
{
    const int row = unreadLineRow();
    m_unreadLine = 0;
    if (row >= 0)
        changed(row);
}

int TimelineModel::unreadLineRow() const
{
    return rowOf(m_unreadLine);
}

EntryId TimelineModel::oldestId() const
{
    for (const TimelineItem &item : m_items) {
        if (item.message.id != 0)
            return item.message.id;
    }
    return 0;
}

EntryId TimelineModel::newestId() const
{
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (m_items.at(row).message.id != 0)
            return m_items.at(row).message.id;
    }
    return 0;
}

int TimelineModel::lastOwnRow() const
{
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (isOwn(row) && m_items.at(row).message.id != 0 && !m_items.at(row).message.file)
            return row;
    }
    return -1;
}

bool TimelineModel::startsDay(int row) const
{
    return row == 0 || dayOf(m_items.at(row).time) != dayOf(m_items.at(row - 1).time);
}

bool TimelineModel::startsUnread(int row) const
{
    return m_unreadLine != 0 && m_items.at(row).message.id == m_unreadLine;
}

bool TimelineModel::continuesGroup(int row) const
{
    if (row == 0 || startsDay(row) || startsUnread(row))
        return false;
    const TimelineItem &item = m_items.at(row);
    const TimelineItem &previous = m_items.at(row - 1);
    return item.kind == TimelineItem::Kind::Message && previous.kind == TimelineItem::Kind::Message
        && item.message.replyTo == 0 && item.message.user == previous.message.user
        && item.time - previous.time < std::chrono::seconds(kGroupSeconds);
}

bool TimelineModel::isOwn(int row) const
{
    const TimelineItem &item = m_items.at(row);
    return item.kind == TimelineItem::Kind::Message && foldName(item.message.user) == foldName(m_ownName);
}

bool TimelineModel::mentionsMe(int row) const
{
    const QStringList &mentions = m_items.at(row).message.mentions;
    return std::any_of(mentions.cbegin(), mentions.cend(),
        [key = foldName(m_ownName)](const QString &name) { return foldName(name) == key; });
}

QString TimelineModel::replyExcerpt(int row) const
{
    const EntryId target = m_items.at(row).message.replyTo;
    if (target == 0)
        return {};
    const int at = rowOf(target);
    if (at < 0)
        return tr("an earlier message");
    const Message &message = m_items.at(at).message;
    const QString text = (message.file ? message.file->name : message.content).simplified();
    const QString excerpt = text.size() > kExcerptLength ? QString(text.left(kExcerptLength) % u'…') : text;
    return QString(message.user % u": "_s % excerpt);
}

QString TimelineModel::noticeText(int row) const
{
    const TimelineItem &item = m_items.at(row);
    const bool areIn = item.kind == TimelineItem::Kind::Joined;
    const int more = int(item.names.size()) - kNamesShown;
    const QString names
        = QStringList(item.names.first(std::min<qsizetype>(item.names.size(), kNamesShown))).join(u", "_s);
    if (more > 0)
        return areIn ? tr("%1 and %n more joined", nullptr, more).arg(names)
                     : tr("%1 and %n more left", nullptr, more).arg(names);
    const int count = int(item.names.size());
    return areIn ? tr("%1 joined", nullptr, count).arg(names) : tr("%1 left", nullptr, count).arg(names);
}

QString TimelineModel::accessibleText(int row) const
{
    const TimelineItem &item = m_items.at(row);
    if (item.kind != TimelineItem::Kind::Message)
        return noticeText(row);
    QStringList parts;
    if (startsUnread(row))
        parts.append(tr("New messages"));
    parts.append(tr("%1 at %2").arg(item.message.user, formatTime(item.time)));
    if (item.message.replyTo != 0)
        parts.append(tr("in reply to %1").arg(replyExcerpt(row)));
    if (item.message.file)
        parts.append(tr("file %1, %2").arg(item.message.file->name, formatBytes(double(item.message.file->size))));
    if (!item.message.content.isEmpty())
        parts.append(item.message.content);
    if (item.message.editedAt)
        parts.append(tr("edited"));
    for (const ReactionGroup &group : item.message.reactions)
        parts.append(QString(group.emoji % u' ' % group.users.join(u", "_s)));
    if (item.delivery == TimelineItem::Delivery::Sending)
        parts.append(tr("being sent"));
    if (item.delivery == TimelineItem::Delivery::Failed)
        parts.append(tr("not sent"));
    return parts.join(u". "_s);
}

int TimelineModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_items.size());
}

QVariant TimelineModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const TimelineItem &item = m_items.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return item.kind == TimelineItem::Kind::Message ? item.message.content : noticeText(index.row());
    case Qt::AccessibleTextRole:
        return accessibleText(index.row());
    case KindRole:
        return int(item.kind);
    case IdRole:
        return item.message.id;
    case DeliveryRole:
        return int(item.delivery);
    default:
        return {};
    }
}

} // namespace tertulia
