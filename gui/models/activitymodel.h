// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/hostvalues.h"

#include <QAbstractListModel>

#include <deque>

namespace tertulia {

/// The last things that happened on the server, oldest first, at most kMost of them.
class ActivityModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    static constexpr int kMost = 2000;
    enum Role { KindRole = Qt::UserRole, TimeRole, SentenceRole };

    explicit ActivityModel(QObject *parent = nullptr);

    void append(const QList<ActivityEvent> &events);
    void clear();

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

    /// The event as one sentence in the language of the interface.
    [[nodiscard]] static QString sentence(const ActivityEvent &event);
    /// "Joined", "Refused" ...: the short name of its kind.
    [[nodiscard]] static QString kindName(ActivityKind kind);

private:
    std::deque<ActivityEvent> m_events;
};

} // namespace tertulia
