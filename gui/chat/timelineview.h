// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/entry.h"

#include <QListView>
#include <QPersistentModelIndex>

class QFrame;
class QPushButton;
class QToolButton;

namespace tertulia {

class Conversation;
class ImageStore;
class MessageDelegate;
class TimelineModel;

/// The messages of one room. Keeps its place when older ones come in above, follows the end when it is there.
class TimelineView final : public QListView
{
    Q_OBJECT
public:
    explicit TimelineView(ImageStore &images, QWidget *parent = nullptr);

    void setTimeline(TimelineModel *timeline);
    void scrollToNewest();
    void showMessage(EntryId id);
    [[nodiscard]] bool isAtEnd() const;
    [[nodiscard]] MessageDelegate *delegate() const { return m_delegate; }

Q_SIGNALS:
    void olderWanted();
    void replyRequested(tertulia::EntryId id);
    void editRequested(tertulia::EntryId id);
    void deleteRequested(tertulia::EntryId id);
    void reactionRequested(tertulia::EntryId id, const QString &emoji);
    void retryRequested(const QString &ref);
    void discardRequested(const QString &ref);
    void fileRequested(const tertulia::FileInfo &file);
    void linkRequested(const QString &address);

protected:
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void rowsComing(int first);
    void rowsCame(int first);
    void showMenuOf(const QModelIndex &index, const QPoint &position);
    void activate(const QModelIndex &index, const QPoint &position);
    void placeActions(const QModelIndex &index);
    void placeNewestButton();
    void buildActions();
    void retranslate();
    void showReactions(const QModelIndex &index, const QPoint &position);

    TimelineModel *m_timeline = nullptr;
    MessageDelegate *m_delegate;
    QFrame *m_actions;
    QToolButton *m_reply;
    QToolButton *m_react;
    QToolButton *m_more;
    QPushButton *m_newest;
    QPersistentModelIndex m_hovered;
    bool m_wasAtEnd = true;
    int m_fromEnd = 0; // pixels, before older rows came
};

} // namespace tertulia
