// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/timelineview.h"

#include "chat/emojimenu.h"
#include "chat/imagestore.h"
#include "chat/messagedelegate.h"
#include "models/timelinemodel.h"
#include "widgets/icons.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QFrame>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QMenu>
#include <QMouseEvent>
#include <QPushButton>
#include <QScrollBar>
#include <QToolButton>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {
constexpr int kNearTop = 120;
constexpr int kNearEnd = 24;
} // namespace

TimelineView::TimelineView(ImageStore &images, QWidget *parent)
    : QListView(parent)
    , m_delegate(new MessageDelegate(nullptr, images, this))
    , m_actions(new QFrame(viewport()))
    , m_reply(new QToolButton)
    , m_react(new QToolButton)
    , m_more(new QToolButton)
    , m_newest(new QPushButton(icon(Glyph::Down, Ink::OnAccent), {}, viewport()))
{
    setItemDelegate(m_delegate);
    setProperty("plain", true);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // its coming and going would lay out everything anew
    setResizeMode(Adjust);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setMouseTracking(true);
    viewport()->setMouseTracking(true);
    buildActions();
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        m_wasAtEnd = isAtEnd();
        m_actions->hide();
        placeNewestButton();
        if (m_timeline && value < kNearTop)
            Q_EMIT olderWanted();
    });
    connect(&images, &ImageStore::imageArrived, this, [this] {
        const bool wasAtEnd = m_wasAtEnd;
        scheduleDelayedItemsLayout();
        if (wasAtEnd)
            QMetaObject::invokeMethod(this, &TimelineView::scrollToNewest, Qt::QueuedConnection);
    });
    retranslate();
}

void TimelineView::buildActions()
{
    m_actions->setProperty("card", true);
    auto *layout = new QHBoxLayout(m_actions);
    layout->setContentsMargins(3, 3, 3, 3);
    layout->setSpacing(2);
    m_reply->setIcon(icon(Glyph::Reply));
    m_react->setIcon(icon(Glyph::Smile));
    m_more->setIcon(icon(Glyph::More));
    for (QToolButton *button : {m_react, m_reply, m_more}) {
        button->setProperty("flat", true);
        button->setFocusPolicy(Qt::NoFocus); // the keyboard has the menu key
        layout->addWidget(button);
    }
    m_actions->hide();
    m_newest->hide();
    m_newest->setProperty("primary", true);
    connect(m_newest, &QPushButton::clicked, this, &TimelineView::scrollToNewest);
    connect(m_reply, &QToolButton::clicked, this, [this] {
        if (m_hovered.isValid())
            Q_EMIT replyRequested(m_timeline->item(m_hovered.row()).message.id);
    });
    connect(m_react, &QToolButton::clicked, this,
        [this] { showReactions(m_hovered, m_react->mapToGlobal(QPoint(0, m_react->height()))); });
    connect(m_more, &QToolButton::clicked, this,
        [this] { showMenuOf(m_hovered, m_more->mapToGlobal(QPoint(0, m_more->height()))); });
}

void TimelineView::setTimeline(TimelineModel *timeline)
{
    if (m_timeline == timeline)
        return;
    if (m_timeline)
        m_timeline->disconnect(this);
    m_hovered = QPersistentModelIndex();
    m_actions->hide();
    m_timeline = timeline;
    m_delegate->setTimeline(timeline);
    setModel(timeline);
    if (!timeline)
        return;
    connect(timeline, &QObject::destroyed, this, [this] {
        m_timeline = nullptr;
        m_delegate->setTimeline(nullptr);
    });
    connect(timeline, &QAbstractItemModel::rowsAboutToBeInserted, this,
        [this](const QModelIndex &, int first) { rowsComing(first); });
    connect(
        timeline, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex &, int first) { rowsCame(first); });
    connect(timeline, &QAbstractItemModel::modelReset, this, &TimelineView::scrollToNewest);
    connect(timeline, &QAbstractItemModel::dataChanged, this, [this] {
        // Heights may have changed: QListView asks again only when told so.
        const bool wasAtEnd = m_wasAtEnd;
        scheduleDelayedItemsLayout();
        if (wasAtEnd)
            QMetaObject::invokeMethod(this, &TimelineView::scrollToNewest, Qt::QueuedConnection);
    });
    scrollToNewest();
}

void TimelineView::rowsComing(int first)
{
    m_wasAtEnd = isAtEnd();
    m_fromEnd = verticalScrollBar()->maximum() - verticalScrollBar()->value();
    Q_UNUSED(first)
}

void TimelineView::rowsCame(int first)
{
    if (m_wasAtEnd) {
        scrollToNewest();
        return;
    }
    executeDelayedItemsLayout();
    if (first == 0) // older ones: what was looked at stays where it was
        verticalScrollBar()->setValue(verticalScrollBar()->maximum() - m_fromEnd);
    placeNewestButton();
}

bool TimelineView::isAtEnd() const
{
    return verticalScrollBar()->value() >= verticalScrollBar()->maximum() - kNearEnd;
}

void TimelineView::scrollToNewest()
{
    executeDelayedItemsLayout();
    verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    m_wasAtEnd = true;
    placeNewestButton();
}

void TimelineView::showMessage(EntryId id)
{
    const int row = m_timeline ? m_timeline->rowOf(id) : -1;
    if (row < 0)
        return;
    executeDelayedItemsLayout();
    setCurrentIndex(m_timeline->index(row));
    scrollTo(m_timeline->index(row), PositionAtCenter);
}

void TimelineView::placeNewestButton()
{
    m_newest->setVisible(m_timeline && !isAtEnd());
    m_newest->adjustSize();
    m_newest->move(viewport()->width() - m_newest->width() - 16, viewport()->height() - m_newest->height() - 12);
}

void TimelineView::placeActions(const QModelIndex &index)
{
    if (m_hovered == index && m_actions->isVisible())
        return;
    m_hovered = index;
    const bool isMessage = index.isValid() && m_timeline->item(index.row()).message.id != 0;
    m_actions->setVisible(isMessage);
    if (!isMessage)
        return;
    m_actions->adjustSize();
    const QRect rect = visualRect(index);
    m_actions->move(rect.right() - m_actions->width() - 12, std::max(2, rect.top() - 6));
    m_actions->raise();
}

void TimelineView::mouseMoveEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    placeActions(index);
    MessageHit::Kind kind = MessageHit::Kind::Nothing;
    if (index.isValid())
        kind = m_delegate->hit(index, visualRect(index), event->position().toPoint(), font()).kind;
    viewport()->setCursor(kind == MessageHit::Kind::Nothing ? Qt::ArrowCursor : Qt::PointingHandCursor);
    QListView::mouseMoveEvent(event);
}

void TimelineView::leaveEvent(QEvent *event)
{
    m_actions->hide();
    QListView::leaveEvent(event);
}

void TimelineView::mouseReleaseEvent(QMouseEvent *event)
{
    QListView::mouseReleaseEvent(event);
    const QPoint position = event->position().toPoint();
    if (event->button() == Qt::LeftButton)
        activate(indexAt(position), position);
}

void TimelineView::activate(const QModelIndex &index, const QPoint &position)
{
    if (!index.isValid())
        return;
    const TimelineItem item = m_timeline->item(index.row());
    const MessageHit hit = m_delegate->hit(index, visualRect(index), position, font());
    switch (hit.kind) {
    case MessageHit::Kind::Link:
        Q_EMIT linkRequested(hit.text);
        break;
    case MessageHit::Kind::File:
        Q_EMIT fileRequested(*item.message.file);
        break;
    case MessageHit::Kind::Reaction:
        Q_EMIT reactionRequested(item.message.id, hit.text);
        break;
    case MessageHit::Kind::Reply:
        showMessage(item.message.replyTo);
        break;
    case MessageHit::Kind::Failure:
        Q_EMIT retryRequested(item.ref);
        break;
    case MessageHit::Kind::Nothing:
        break;
    }
}

void TimelineView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy) && currentIndex().isValid()) {
        QGuiApplication::clipboard()->setText(m_timeline->item(currentIndex().row()).message.content);
        return;
    }
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid()) {
        showMenuOf(currentIndex(), viewport()->mapToGlobal(visualRect(currentIndex()).center()));
        return;
    }
    QListView::keyPressEvent(event);
}

void TimelineView::contextMenuEvent(QContextMenuEvent *event)
{
    const bool isByMouse = event->reason() == QContextMenuEvent::Mouse;
    const QModelIndex index = isByMouse ? indexAt(event->pos()) : currentIndex();
    showMenuOf(index, isByMouse ? event->globalPos() : viewport()->mapToGlobal(visualRect(index).center()));
}

void TimelineView::showReactions(const QModelIndex &index, const QPoint &position)
{
    if (!index.isValid())
        return;
    const EntryId id = m_timeline->item(index.row()).message.id;
    auto *menu = new EmojiMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu, &EmojiMenu::chosen, this, [this, id](const QString &emoji) { Q_EMIT reactionRequested(id, emoji); });
    menu->popup(position);
}

void TimelineView::showMenuOf(const QModelIndex &index, const QPoint &position)
{
    if (!index.isValid())
        return;
    const TimelineItem item = m_timeline->item(index.row());
    if (item.kind != TimelineItem::Kind::Message)
        return;
    const EntryId id = item.message.id;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (id != 0) {
        menu->addAction(icon(Glyph::Reply), tr("Reply"), this, [this, id] { Q_EMIT replyRequested(id); });
        menu->addAction(icon(Glyph::Smile), tr("React…"), this,
            [this, persistent = QPersistentModelIndex(index), position] { showReactions(persistent, position); });
    }
    if (item.delivery == TimelineItem::Delivery::Failed) {
        menu->addAction(tr("Try again"), this, [this, ref = item.ref] { Q_EMIT retryRequested(ref); });
        menu->addAction(tr("Discard"), this, [this, ref = item.ref] { Q_EMIT discardRequested(ref); });
    }
    menu->addAction(icon(Glyph::Copy), tr("Copy text"), this,
        [text = item.message.content] { QGuiApplication::clipboard()->setText(text); });
    if (item.message.file)
        menu->addAction(tr("Save file…"), this, [this, file = *item.message.file] { Q_EMIT fileRequested(file); });
    if (id != 0 && m_timeline->isOwn(index.row())) {
        menu->addSeparator();
        if (!item.message.file)
            menu->addAction(icon(Glyph::Edit), tr("Edit"), this, [this, id] { Q_EMIT editRequested(id); });
        menu->addAction(tr("Delete"), this, [this, id] { Q_EMIT deleteRequested(id); });
    }
    menu->popup(position);
}

void TimelineView::resizeEvent(QResizeEvent *event)
{
    const bool wasAtEnd = m_wasAtEnd;
    QListView::resizeEvent(event);
    if (wasAtEnd)
        scrollToNewest();
    placeNewestButton();
}

void TimelineView::retranslate()
{
    setAccessibleName(tr("Messages"));
    m_reply->setToolTip(tr("Reply"));
    m_reply->setAccessibleName(tr("Reply"));
    m_react->setToolTip(tr("React"));
    m_react->setAccessibleName(tr("React"));
    m_more->setToolTip(tr("More"));
    m_more->setAccessibleName(tr("More"));
    m_newest->setText(tr("Newest"));
    m_newest->setToolTip(tr("Go to the newest message (End)"));
}

void TimelineView::changeEvent(QEvent *event)
{
    switch (event->type()) {
    case QEvent::LanguageChange:
        retranslate();
        [[fallthrough]];
    case QEvent::PaletteChange:
    case QEvent::FontChange:
    case QEvent::StyleChange:
        m_delegate->forgetLayouts();
        if (m_timeline)
            m_timeline->touchAll();
        break;
    default:
        break;
    }
    QListView::changeEvent(event);
}

} // namespace tertulia
