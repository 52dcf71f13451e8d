// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/chatclient.h"
#include "protocol/entry.h"

#include <QMainWindow>
#include <QPointer>

class QLabel;
class QListView;
class QPushButton;
class QSplitter;
class QToolButton;
class QVBoxLayout;

namespace tertulia {

class Appearance;
class ClientSession;
class Composer;
class ConnectionBanner;
class Conversation;
class ImageStore;
class RoomHeader;
class StateDot;
class TimelineView;

/// The chat: rooms, messages, members. Its client is a client like every other; the window never talks to the server
/// but through it.
class ChatWindow final : public QMainWindow
{
    Q_OBJECT
public:
    /// `client` outlives the window. The window does not open or close it, save when the user asks for another server.
    ChatWindow(ChatClient &client, Appearance &appearance, QWidget *parent = nullptr);
    ~ChatWindow() override;

    [[nodiscard]] ClientSession &session() { return *m_session; }
    [[nodiscard]] TimelineView *timeline() const { return m_timeline; }
    [[nodiscard]] Composer *composer() const { return m_composer; }
    [[nodiscard]] int mentions() const;

public Q_SLOTS:
    void openRoom(const QString &room);
    void showConnectDialog();

Q_SIGNALS:
    /// For a desktop notification; never of the room that is being looked at.
    void attentionWanted(const tertulia::Notification &notification);
    /// Mentions and direct messages that wait: what a badge shows.
    void mentionsChanged(int count);
    /// The user entered another server or under another name; worth remembering.
    void serverChosen(const tertulia::ServerAddress &address);

protected:
    bool event(QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void buildLayout();
    QWidget *buildLeft();
    QWidget *buildCenter();
    QWidget *buildRight();
    void fitSides();
    void buildActions();
    void connectSession();
    void connectTimeline();
    void retranslate();
    void showRoom(const QString &room);
    void showHead();
    void showTyping();
    void showSelf();
    void showUnread();
    void send();
    void beginReply(EntryId id);
    void beginEdit(EntryId id);
    void editLast();
    void cancelDraft();
    void showDraftState();
    void keepDraft();
    void confirmDelete(EntryId id);
    void offerLink(const QString &address);
    void saveFile(const FileInfo &file);
    void upload(const QStringList &paths);
    void chooseFiles();
    void showSwitcher();
    void showSearch();
    void askPassword(const QString &room);
    void askDirect(const QString &name);
    void goToNextUnread(int step);
    void tellTyping();
    void showTrouble(const QString &text);
    [[nodiscard]] Conversation *current() const;

    ChatClient &m_client;
    Appearance &m_appearance;
    ClientSession *m_session;
    ImageStore *m_images;
    QString m_room;
    qint64 m_lastTypingMs = 0;
    bool m_isSettingDraft = false;
    QSplitter *m_splitter;
    QListView *m_rooms;
    QPushButton *m_goTo;
    StateDot *m_selfDot;
    QLabel *m_self;
    RoomHeader *m_header;
    ConnectionBanner *m_banner;
    TimelineView *m_timeline;
    QLabel *m_typing;
    QLabel *m_trouble;
    QWidget *m_draftBar;
    QLabel *m_draftText;
    QToolButton *m_draftCancel;
    QVBoxLayout *m_transfers;
    QToolButton *m_attach;
    QToolButton *m_emoji;
    Composer *m_composer;
    QPushButton *m_send;
    QLabel *m_membersTitle;
    QListView *m_members;
    QWidget *m_left;
    QWidget *m_right;
};

} // namespace tertulia
