// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/user.h"

#include <QAbstractListModel>
#include <QHash>
#include <QList>
#include <QTimer>

namespace tertulia {

/// Who is in one room now, sorted by name. Knows who is typing (each for six seconds).
class MemberModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { NameRole = Qt::UserRole, RoleRole, TypingRole };

    explicit MemberModel(QObject *parent = nullptr);

    /// Makes the list these, by inserting and removing what differs.
    void setMembers(const QList<Member> &members);
    void upsert(const Member &member);
    void remove(const QString &name);
    void setTyping(const QString &name);
    void stopTyping(const QString &name);
    [[nodiscard]] QStringList names() const;
    /// Sorted names of who types now.
    [[nodiscard]] QStringList typing() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void typingChanged();

private:
    void expireTyping();
    void typingRowChanged(const QString &name);
    [[nodiscard]] int position(const QString &name) const;
    [[nodiscard]] int rowOf(const QString &name) const;

    QList<Member> m_members;
    QHash<QString, qint64> m_typingUntil; // milliseconds of the monotonic clock
    QTimer m_expiry;
};

} // namespace tertulia
