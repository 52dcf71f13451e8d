// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/activitymodel.h"

#include <QTabWidget>

class QLabel;
class QListView;
class QPlainTextEdit;
class QToolButton;

namespace tertulia {

class EmptyState;

/// What happened on the server, and lines to try its interfaces by hand.
class ActivityPane final : public QTabWidget
{
    Q_OBJECT
public:
    explicit ActivityPane(QWidget *parent = nullptr);

    void append(const QList<ActivityEvent> &events);
    void setServerAddress(const QString &url);
    [[nodiscard]] const ActivityModel &model() const { return m_model; }
    [[nodiscard]] QListView *view() const { return m_view; }

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void showCommands();

    ActivityModel m_model;
    QString m_serverAddress;
    QListView *m_view;
    EmptyState *m_empty;
    QToolButton *m_clear;
    QWidget *m_feed;
    QWidget *m_try;
    QLabel *m_tryHint;
    QPlainTextEdit *m_commands;
    QToolButton *m_copy;
};

} // namespace tertulia
