// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QToolButton;

namespace tertulia {

/// The head of a conversation: its name, its topic, and the buttons that concern it.
class RoomHeader final : public QFrame
{
    Q_OBJECT
public:
    explicit RoomHeader(QWidget *parent = nullptr);

    void show(const QString &title, const QString &topic, int members);
    [[nodiscard]] QToolButton *membersButton() const { return m_members; }

Q_SIGNALS:
    void searchRequested();
    void leaveRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();

    QString m_topic;
    int m_count = 0;
    QLabel *m_title;
    QLabel *m_details;
    QToolButton *m_search;
    QToolButton *m_members;
    QToolButton *m_leave;
};

} // namespace tertulia
