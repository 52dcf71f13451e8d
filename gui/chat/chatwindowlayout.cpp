// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The construction of ChatWindow: what stands where, what it is called and which keys it has.
#include "chat/chatwindow.h"
#include "chat/clientsession.h"
#include "chat/composer.h"
#include "chat/connectionbanner.h"
#include "chat/emojimenu.h"
#include "chat/listdelegates.h"
#include "chat/roomheader.h"
#include "chat/timelineview.h"
#include "widgets/icons.h"
#include "widgets/statedot.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

namespace tertulia {

namespace {
constexpr int kSideCharacters = 24;
} // namespace

void ChatWindow::buildLayout()
{
    m_splitter = new QSplitter(Qt::Horizontal);
    m_splitter->addWidget(buildLeft());
    m_splitter->addWidget(buildCenter());
    m_splitter->addWidget(buildRight());
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setStretchFactor(2, 0);
    m_splitter->setSizes({220, 700, 200});
    fitSides();
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    setCentralWidget(m_splitter);
}

void ChatWindow::fitSides()
{
    // In characters, so that a large font cuts nothing.
    m_left->setMinimumWidth(kSideCharacters * fontMetrics().averageCharWidth());
    m_right->setMinimumWidth(kSideCharacters * fontMetrics().averageCharWidth());
}

QWidget *ChatWindow::buildLeft()
{
    auto *left = new QWidget;
    m_goTo = new QPushButton(icon(Glyph::Search), {});
    m_rooms = new QListView;
    m_rooms->setModel(&m_session->rooms());
    m_rooms->setItemDelegate(new RoomDelegate(m_rooms));
    m_rooms->setProperty("plain", true);
    m_rooms->setMouseTracking(true);
    m_rooms->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_rooms->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_self = new QLabel;
    m_self->setTextFormat(Qt::PlainText);
    m_self->setProperty("muted", true);
    m_self->setWordWrap(true);
    auto *layout = new QVBoxLayout(left);
    layout->setContentsMargins(10, 10, 10, 10);
    layout->setSpacing(8);
    layout->addWidget(m_goTo);
    layout->addWidget(m_rooms, 1);
    m_selfDot = new StateDot;
    auto *self = new QHBoxLayout;
    self->addWidget(m_selfDot);
    self->addWidget(m_self, 1);
    layout->addLayout(self);
    connect(m_goTo, &QPushButton::clicked, this, &ChatWindow::showSwitcher);
    connect(m_rooms, &QListView::clicked, this,
        [this](const QModelIndex &index) { openRoom(index.data(RoomListModel::NameRole).toString()); });
    connect(m_rooms, &QListView::activated, this,
        [this](const QModelIndex &index) { openRoom(index.data(RoomListModel::NameRole).toString()); });
    m_left = left;
    return left;
}

QWidget *ChatWindow::buildCenter()
{
    auto *center = new QFrame;
    center->setAutoFillBackground(true);
    center->setBackgroundRole(QPalette::Base);
    m_header = new RoomHeader;
    m_banner = new ConnectionBanner(m_client);
    m_timeline = new TimelineView(*m_images);
    m_typing = new QLabel;
    m_typing->setTextFormat(Qt::PlainText);
    m_typing->setProperty("muted", true);
    m_trouble = new QLabel;
    m_trouble->setTextFormat(Qt::PlainText);
    m_trouble->setProperty("danger", true);
    m_trouble->setWordWrap(true);
    m_trouble->hide();
    m_draftBar = new QWidget;
    m_draftText = new QLabel;
    m_draftText->setTextFormat(Qt::PlainText);
    m_draftText->setProperty("muted", true);
    m_draftCancel = new QToolButton;
    m_draftCancel->setIcon(icon(Glyph::Close));
    m_draftCancel->setProperty("flat", true);
    auto *draft = new QHBoxLayout(m_draftBar);
    draft->setContentsMargins(0, 0, 0, 0);
    draft->addWidget(m_draftText, 1);
    draft->addWidget(m_draftCancel);
    m_draftBar->hide();
    m_transfers = new QVBoxLayout;
    m_attach = new QToolButton;
    m_attach->setIcon(icon(Glyph::Attach));
    m_emoji = new QToolButton;
    m_emoji->setIcon(icon(Glyph::Smile));
    m_composer = new Composer;
    m_send = new QPushButton(icon(Glyph::Send, Ink::OnAccent), {});
    m_send->setProperty("primary", true);

    auto *write = new QHBoxLayout;
    write->setSpacing(8);
    write->addWidget(m_attach, 0, Qt::AlignBottom);
    write->addWidget(m_composer, 1);
    write->addWidget(m_emoji, 0, Qt::AlignBottom);
    write->addWidget(m_send, 0, Qt::AlignBottom);
    auto *bottom = new QVBoxLayout;
    bottom->setContentsMargins(16, 0, 16, 12);
    bottom->setSpacing(4);
    bottom->addWidget(m_trouble);
    bottom->addLayout(m_transfers);
    bottom->addWidget(m_typing);
    bottom->addWidget(m_draftBar);
    bottom->addLayout(write);
    auto *banner = new QVBoxLayout;
    banner->setContentsMargins(12, 0, 12, 0);
    banner->addWidget(m_banner);
    auto *layout = new QVBoxLayout(center);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_header);
    layout->addLayout(banner);
    layout->addWidget(m_timeline, 1);
    layout->addLayout(bottom);

    connect(m_send, &QPushButton::clicked, this, &ChatWindow::send);
    connect(m_attach, &QToolButton::clicked, this, &ChatWindow::chooseFiles);
    connect(m_draftCancel, &QToolButton::clicked, this, &ChatWindow::cancelDraft);
    connect(m_banner, &ConnectionBanner::signInRequested, this, &ChatWindow::showConnectDialog);
    connect(m_header, &RoomHeader::searchRequested, this, &ChatWindow::showSearch);
    connect(m_header, &RoomHeader::leaveRequested, this, [this] { m_session->leaveRoom(m_room); });
    connect(m_emoji, &QToolButton::clicked, this, [this] {
        auto *menu = new EmojiMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        connect(menu, &EmojiMenu::chosen, m_composer, &Composer::insertAtCursor);
        menu->popup(m_emoji->mapToGlobal(QPoint(0, -menu->sizeHint().height())));
    });
    return center;
}

QWidget *ChatWindow::buildRight()
{
    m_right = new QWidget;
    m_membersTitle = new QLabel;
    m_membersTitle->setProperty("title", true);
    m_members = new QListView;
    m_members->setItemDelegate(new MemberDelegate(m_members));
    m_members->setProperty("plain", true);
    m_members->setMouseTracking(true);
    m_members->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_members->setContextMenuPolicy(Qt::CustomContextMenu);
    m_members->setUniformItemSizes(true);
    auto *layout = new QVBoxLayout(m_right);
    layout->setContentsMargins(10, 14, 10, 10);
    layout->setSpacing(8);
    layout->addWidget(m_membersTitle);
    layout->addWidget(m_members, 1);
    const auto ask = [this](const QModelIndex &index) { askDirect(index.data(MemberModel::NameRole).toString()); };
    connect(m_members, &QListView::activated, this, ask);
    connect(m_members, &QListView::customContextMenuRequested, this, [this, ask](const QPoint &position) {
        const QPersistentModelIndex index = m_members->indexAt(position);
        if (!index.isValid())
            return;
        auto *menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->addAction(tr("Direct message…"), this, [ask, index] { ask(index); });
        menu->addAction(tr("Mention"), this, [this, index] {
            m_composer->insertAtCursor(QString(u'@' % index.data(MemberModel::NameRole).toString() % u' '));
        });
        menu->popup(m_members->viewport()->mapToGlobal(position));
    });
    connect(m_header->membersButton(), &QToolButton::toggled, m_right, &QWidget::setVisible);
    return m_right;
}

void ChatWindow::buildActions()
{
    const auto add = [this](const QKeySequence &keys, auto slot) {
        auto *action = new QAction(this);
        action->setShortcut(keys);
        addAction(action);
        connect(action, &QAction::triggered, this, slot);
    };
    add(Qt::CTRL | Qt::Key_K, [this] { showSwitcher(); });
    add(QKeySequence::Find, [this] { showSearch(); });
    add(Qt::ALT | Qt::Key_Down, [this] { goToNextUnread(1); });
    add(Qt::ALT | Qt::Key_Up, [this] { goToNextUnread(-1); });
    add(Qt::CTRL | Qt::Key_O, [this] { chooseFiles(); });
    add(Qt::CTRL | Qt::SHIFT | Qt::Key_O, [this] { showConnectDialog(); });
    add(Qt::Key_F6, [this] {
        const QList<QWidget *> panes = {m_composer, m_rooms, m_timeline, m_members};
        panes.at((panes.indexOf(focusWidget()) + 1) % panes.size())->setFocus(Qt::ShortcutFocusReason);
    });
}

void ChatWindow::retranslate()
{
    m_goTo->setText(tr("Go to…  Ctrl+K"));
    m_goTo->setAccessibleName(tr("Go to a room or person"));
    m_rooms->setAccessibleName(tr("Rooms"));
    m_members->setAccessibleName(tr("Members"));
    m_attach->setToolTip(tr("Attach a file (Ctrl+O)"));
    m_attach->setAccessibleName(tr("Attach a file"));
    m_emoji->setToolTip(tr("Insert an emoji"));
    m_emoji->setAccessibleName(tr("Insert an emoji"));
    m_draftCancel->setToolTip(tr("Cancel (Esc)"));
    m_draftCancel->setAccessibleName(tr("Cancel"));
    m_composer->setAccessibleName(tr("Message"));
    m_membersTitle->setText(tr("Members"));
    showDraftState();
    showHead();
    showSelf();
    showTyping();
    showUnread();
}

} // namespace tertulia
