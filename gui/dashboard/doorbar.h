// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/hostvalues.h"

#include <QFrame>
#include <QList>

class QLabel;
class QPushButton;

namespace tertulia {

/// Who waits at the door, the longest first: one at a time with the two answers, and how many more there are.
class DoorBar final : public QFrame
{
    Q_OBJECT
public:
    explicit DoorBar(QWidget *parent = nullptr);

    void add(const DoorKnock &knock);
    void remove(const QString &id);
    void clear();
    [[nodiscard]] qsizetype waiting() const { return m_knocks.size(); }

Q_SIGNALS:
    void answered(const QString &id, bool admit);

protected:
    void changeEvent(QEvent *event) override;

private:
    void answer(bool admit);
    void showFirst();

    QList<DoorKnock> m_knocks;
    QLabel *m_text;
    QPushButton *m_admit;
    QPushButton *m_refuse;
};

} // namespace tertulia
