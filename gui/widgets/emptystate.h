// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QPointer>

class QAbstractItemView;

namespace tertulia {

/// What an empty list says instead of nothing: why it is empty and what to do about it. Lies over the view while its
/// model has no rows.
class EmptyState final : public QLabel
{
    Q_OBJECT
public:
    explicit EmptyState(QAbstractItemView *view);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void refresh();
    QAbstractItemView *m_view; // the parent's owner: outlives this
};

} // namespace tertulia
