// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/chatwindow.h"

#include "chat/clientsession.h"
#include "chat/composer.h"
#include "chat/connectionbanner.h"
#include "chat/imagestore.h"
#include "chat/roomheader.h"
#include "chat/timelineview.h"
#include "models/format.h"
#include "widgets/icons.h"
#include "widgets/statedot.h"

#include <QDateTime>
#include <QDragEnterEvent>
#include <QLabel>
#include <QListView>
#include <QMimeData>
#include <QPushButton>
#include <QScrollBar>
#include <QTimer>
#include <QToolButton>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {
constexpr qint64 kTypingEveryMs = 3000;
constexpr int kTroubleMs = 8000;
} // namespace

ChatWindow::ChatWindow(ChatClient &client, Appearance &appearance, QWidget *parent)
    : QMainWindow(parent)
    , m_client(client)
    , m_appearance(appearance)
    , m_session(new ClientSession(client, this))
    , m_images(new ImageStore(m_session->rest(), this))
{
    setWindowIcon(applicationIcon());
    setAcceptDrops(true);
    buildLayout();
    buildActions();
    connectSession();
    connectTimeline();
    retranslate();
    resize(1120, 760);
    m_composer->setFocus();
}

ChatWindow::~ChatWindow() = default;

Conversation *ChatWindow::current() const
{
    return m_session->known(m_room);
}

int ChatWindow::mentions() const
{
    return m_session->rooms().totalMentions();
}

void ChatWindow::openRoom(const QString &room)
{
    m_session->openRoom(room);
    m_composer->setFocus();
}

void ChatWindow::connectSession()
{
    connect(m_session, &ClientSession::currentRoomChanged, this, &ChatWindow::showRoom);
    connect(m_session, &ClientSession::conversationChanged, this, [this](const QString &room) {
        if (room == m_room)
            showHead();
    });
    connect(m_session, &ClientSession::passwordNeeded, this, &ChatWindow::askPassword);
    connect(m_session, &ClientSession::trouble, this, &ChatWindow::showTrouble);
    connect(m_session, &ClientSession::attentionWanted, this, &ChatWindow::attentionWanted);
    connect(m_session, &ClientSession::found, this, [this](const QString &room, EntryId id) {
        if (room == m_room)
            m_timeline->showMessage(id);
    });
    connect(&m_session->rooms(), &RoomListModel::unreadChanged, this, &ChatWindow::showUnread);
    connect(&m_session->rooms(), &QAbstractItemModel::rowsInserted, this, [this] {
        if (const int row = m_session->rooms().rowOf(m_room); row >= 0)
            m_rooms->setCurrentIndex(m_session->rooms().index(row));
    });
    connect(&m_client, &ChatClient::stateChanged, this, &ChatWindow::showSelf);
    connect(&m_client, &ChatClient::welcomed, this, &ChatWindow::showSelf);
}

void ChatWindow::connectTimeline()
{
    connect(m_timeline, &TimelineView::olderWanted, this, [this] { m_session->loadOlder(m_room); });
    connect(m_timeline, &TimelineView::replyRequested, this, &ChatWindow::beginReply);
    connect(m_timeline, &TimelineView::editRequested, this, &ChatWindow::beginEdit);
    connect(m_timeline, &TimelineView::deleteRequested, this, &ChatWindow::confirmDelete);
    connect(m_timeline, &TimelineView::reactionRequested, this,
        [this](EntryId id, const QString &emoji) { m_session->toggleReaction(m_room, id, emoji); });
    connect(
        m_timeline, &TimelineView::retryRequested, this, [this](const QString &ref) { m_session->retry(m_room, ref); });
    connect(m_timeline, &TimelineView::discardRequested, this, [this](const QString &ref) {
        if (Conversation *one = current())
            one->timeline->discard(ref);
    });
    connect(m_timeline, &TimelineView::fileRequested, this, &ChatWindow::saveFile);
    connect(m_timeline, &TimelineView::linkRequested, this, &ChatWindow::offerLink);
    connect(m_composer, &Composer::sendRequested, this, &ChatWindow::send);
    connect(m_composer, &Composer::editLastRequested, this, &ChatWindow::editLast);
    connect(m_composer, &Composer::cancelRequested, this, &ChatWindow::cancelDraft);
    connect(m_composer, &Composer::filesOffered, this, &ChatWindow::upload);
    connect(m_composer, &QPlainTextEdit::textChanged, this, &ChatWindow::tellTyping);
}

void ChatWindow::showRoom(const QString &room)
{
    keepDraft();
    if (Conversation *before = current())
        before->members->disconnect(this);
    m_room = room;
    Conversation *one = m_session->conversation(room);
    m_timeline->setTimeline(one->timeline);
    m_members->setModel(one->members);
    connect(one->members, &MemberModel::typingChanged, this, &ChatWindow::showTyping);
    m_isSettingDraft = true;
    m_composer->setPlainText(one->draft);
    m_composer->moveCursor(QTextCursor::End);
    m_isSettingDraft = false;
    if (const int row = m_session->rooms().rowOf(room); row >= 0)
        m_rooms->setCurrentIndex(m_session->rooms().index(row));
    if (const int line = one->timeline->unreadLineRow(); line >= 0)
        m_timeline->scrollTo(one->timeline->index(line), QAbstractItemView::PositionAtTop);
    showHead();
    showTyping();
    showDraftState();
}

void ChatWindow::keepDraft()
{
    if (Conversation *one = current())
        one->draft = m_composer->toPlainText();
}

void ChatWindow::showHead()
{
    const Conversation *one = current();
    if (!one)
        return;
    const QString title = m_session->rooms().title(m_room);
    m_header->show(title, one->topic, one->memberCount);
    m_membersTitle->setText(tr("Members (%1)").arg(one->memberCount));
    m_composer->setPlaceholderText(tr("Message to %1 — Enter sends, Shift+Enter begins a line").arg(title));
    m_composer->setAccessibleName(tr("Message to %1").arg(title));
    m_composer->setNames(one->members->names());
    showUnread();
}

void ChatWindow::showTyping()
{
    const Conversation *one = current();
    const QStringList who = one ? one->members->typing() : QStringList();
    if (who.isEmpty())
        m_typing->clear();
    else if (who.size() <= 3)
        m_typing->setText(tr("%1 is typing…", nullptr, int(who.size())).arg(who.join(u", "_s)));
    else
        m_typing->setText(tr("Several people are typing…"));
}

void ChatWindow::showSelf()
{
    QString state;
    switch (m_client.state()) {
    case ChatClient::State::Online:
        state = m_client.isAtTheDoor() ? tr("at the door") : tr("online");
        break;
    case ChatClient::State::Connecting:
        state = tr("connecting");
        break;
    case ChatClient::State::Waiting:
        state = tr("waiting for the server");
        break;
    default:
        state = tr("offline");
    }
    const QString name = m_client.userName();
    using State = ChatClient::State;
    const bool isTrying = m_client.state() == State::Connecting || m_client.state() == State::Waiting;
    m_selfDot->setMark(m_client.state() == State::Online ? StateDot::Mark::Good
            : isTrying                                   ? StateDot::Mark::Busy
                                                         : StateDot::Mark::Off,
        state);
    m_self->setText(name.isEmpty() ? state : QString(name % u" · "_s % state));
}

void ChatWindow::showUnread()
{
    const int waiting = mentions();
    const QString room = m_room.isEmpty() ? QString() : m_session->rooms().title(m_room);
    const QString title = room.isEmpty() ? u"Tertulia"_s : QString(room % u" — Tertulia"_s);
    setWindowTitle(waiting > 0 ? QString(u'(' % QString::number(waiting) % u") "_s % title) : title);
    Q_EMIT mentionsChanged(waiting);
}

void ChatWindow::send()
{
    Conversation *one = current();
    const QString text = m_composer->toPlainText().trimmed();
    if (!one || text.isEmpty())
        return;
    const qint64 limit = m_client.welcome().limits.messageBytes;
    if (text.toUtf8().size() > limit) {
        showTrouble(tr("The message is too long: at most %1.").arg(formatBytes(double(limit))));
        return;
    }
    if (one->editing != 0)
        m_session->edit(m_room, one->editing, text);
    else
        m_session->say(m_room, text, one->replyTo);
    one->replyTo = 0;
    one->editing = 0;
    one->draft.clear();
    m_isSettingDraft = true;
    m_composer->clear();
    m_isSettingDraft = false;
    showDraftState();
    m_timeline->scrollToNewest();
}

void ChatWindow::beginReply(EntryId id)
{
    if (Conversation *one = current()) {
        one->replyTo = id;
        one->editing = 0;
        showDraftState();
        m_composer->setFocus();
    }
}

void ChatWindow::beginEdit(EntryId id)
{
    Conversation *one = current();
    const int row = one ? one->timeline->rowOf(id) : -1;
    if (row < 0)
        return;
    one->editing = id;
    one->replyTo = 0;
    m_isSettingDraft = true;
    m_composer->setPlainText(one->timeline->item(row).message.content);
    m_composer->moveCursor(QTextCursor::End);
    m_isSettingDraft = false;
    showDraftState();
    m_composer->setFocus();
}

void ChatWindow::editLast()
{
    const Conversation *one = current();
    const int row = one ? one->timeline->lastOwnRow() : -1;
    if (row >= 0)
        beginEdit(one->timeline->item(row).message.id);
}

void ChatWindow::cancelDraft()
{
    Conversation *one = current();
    if (!one)
        return;
    if (one->editing != 0)
        m_composer->clear();
    one->editing = 0;
    one->replyTo = 0;
    showDraftState();
    m_timeline->scrollToNewest();
}

void ChatWindow::showDraftState()
{
    const Conversation *one = current();
    const bool isEditing = one && one->editing != 0;
    const bool isReply = one && one->replyTo != 0;
    m_draftBar->setVisible(isEditing || isReply);
    m_send->setText(isEditing ? tr("Save") : tr("Send"));
    if (isEditing) {
        m_draftText->setText(tr("Editing your message"));
    } else if (isReply) {
        const int row = one->timeline->rowOf(one->replyTo);
        m_draftText->setText(row < 0 ? tr("Reply") : tr("Reply to %1").arg(one->timeline->item(row).message.user));
    }
}

void ChatWindow::tellTyping()
{
    if (m_isSettingDraft || m_composer->document()->isEmpty())
        return;
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    if (now - m_lastTypingMs < kTypingEveryMs)
        return;
    m_lastTypingMs = now;
    m_client.sendTyping(m_room);
}

void ChatWindow::showTrouble(const QString &text)
{
    m_trouble->setText(text);
    m_trouble->show();
    QTimer::singleShot(kTroubleMs, m_trouble, [this, text] {
        if (m_trouble->text() == text)
            m_trouble->hide();
    });
}

void ChatWindow::goToNextUnread(int step)
{
    const RoomListModel &rooms = m_session->rooms();
    const int count = rooms.rowCount();
    const int from = rooms.rowOf(m_room);
    for (int i = 1; i < count; ++i) {
        const QModelIndex index = rooms.index((from + step * i + count * i) % count);
        if (index.data(RoomListModel::UnreadRole).toInt() > 0) {
            openRoom(index.data(RoomListModel::NameRole).toString());
            return;
        }
    }
}

bool ChatWindow::event(QEvent *event)
{
    if (event->type() == QEvent::WindowActivate)
        m_session->setAttended(true);
    else if (event->type() == QEvent::WindowDeactivate || event->type() == QEvent::Hide)
        m_session->setAttended(false);
    return QMainWindow::event(event);
}

void ChatWindow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    else if (event->type() == QEvent::FontChange)
        fitSides();
    QMainWindow::changeEvent(event);
}

void ChatWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void ChatWindow::dropEvent(QDropEvent *event)
{
    QStringList paths;
    const QList<QUrl> urls = event->mimeData()->urls();
    for (const QUrl &url : urls) {
        if (url.isLocalFile())
            paths.append(url.toLocalFile());
    }
    upload(paths);
}

} // namespace tertulia
