// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/membermodel.h"

#include "protocol/names.h"

#include <QDeadlineTimer>
#include <QSet>

#include <algorithm>

namespace tertulia {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qint64 kTypingMs = 6000;

qint64 nowMs()
{
    return QDeadlineTimer::current().deadline();
}

} // namespace

MemberModel::MemberModel(QObject *parent)
    : QAbstractListModel(parent)
{
    m_expiry.setInterval(1s);
    connect(&m_expiry, &QTimer::timeout, this, &MemberModel::expireTyping);
}

int MemberModel::position(const QString &name) const
{
    const QString key = foldName(name);
    const auto at = std::lower_bound(m_members.cbegin(), m_members.cend(), key,
        [](const Member &member, const QString &other) { return foldName(member.name) < other; });
    return int(at - m_members.cbegin());
}

int MemberModel::rowOf(const QString &name) const
{
    const int at = position(name);
    return at < m_members.size() && foldName(m_members.at(at).name) == foldName(name) ? at : -1;
}

void MemberModel::setMembers(const QList<Member> &members)
{
    QSet<QString> present;
    for (const Member &member : members)
        present.insert(foldName(member.name));
    for (int row = int(m_members.size()) - 1; row >= 0; --row) {
        const QString name = m_members.at(row).name;
        if (!present.contains(foldName(name)))
            remove(name);
    }
    for (const Member &member : members)
        upsert(member);
}

void MemberModel::upsert(const Member &member)
{
    const int at = position(member.name);
    if (rowOf(member.name) >= 0) {
        m_members[at] = member;
        Q_EMIT dataChanged(index(at), index(at));
        return;
    }
    beginInsertRows({}, at, at);
    m_members.insert(at, member);
    endInsertRows();
}

void MemberModel::remove(const QString &name)
{
    const int at = rowOf(name);
    if (at < 0)
        return;
    stopTyping(name);
    beginRemoveRows({}, at, at);
    m_members.removeAt(at);
    endRemoveRows();
}

void MemberModel::typingRowChanged(const QString &name)
{
    if (const int at = rowOf(name); at >= 0)
        Q_EMIT dataChanged(index(at), index(at));
}

void MemberModel::setTyping(const QString &name)
{
    const bool isNew = !m_typingUntil.contains(name);
    m_typingUntil[name] = nowMs() + kTypingMs;
    m_expiry.start();
    if (!isNew)
        return;
    typingRowChanged(name);
    Q_EMIT typingChanged();
}

void MemberModel::stopTyping(const QString &name)
{
    if (m_typingUntil.remove(name) == 0)
        return;
    typingRowChanged(name);
    Q_EMIT typingChanged();
}

void MemberModel::expireTyping()
{
    const qint64 now = nowMs();
    const QStringList who = m_typingUntil.keys();
    for (const QString &name : who) {
        if (m_typingUntil.value(name) <= now)
            stopTyping(name);
    }
    if (m_typingUntil.isEmpty())
        m_expiry.stop();
}

QStringList MemberModel::names() const
{
    QStringList result;
    for (const Member &member : m_members)
        result.append(member.name);
    return result;
}

QStringList MemberModel::typing() const
{
    QStringList result = m_typingUntil.keys();
    result.sort(Qt::CaseInsensitive);
    return result;
}

int MemberModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_members.size());
}

QVariant MemberModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Member &member = m_members.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return member.name;
    case RoleRole:
        return int(member.role);
    case TypingRole:
        return m_typingUntil.contains(member.name);
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole: {
        const QString typing = m_typingUntil.contains(member.name) ? tr(", is typing") : QString();
        if (member.role == tertulia::Role::Admin)
            return QString(tr("%1, host").arg(member.name) % typing);
        if (member.role == tertulia::Role::Guest)
            return QString(tr("%1, guest").arg(member.name) % typing);
        return QString(member.name % typing);
    }
    default:
        return {};
    }
}

} // namespace tertulia
