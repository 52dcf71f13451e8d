// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/chatwindow.h"
#include "chat/clientsession.h"
#include "chat/composer.h"
#include "chat/connectionbanner.h"
#include "chat/messagedelegate.h"
#include "chat/timelineview.h"
#include "gui/support/accessiblewalk.h"
#include "gui/support/samples.h"
#include "gui/support/testserver.h"
#include "widgets/appearance.h"

#include <QApplication>
#include <QDesktopServices>
#include <QMessageBox>
#include <QSignalSpy>
#include <QTest>

using namespace tertulia;
using namespace Qt::StringLiterals;

/// Against a peer on a real socket.
class TestChatWindow : public QObject
{
    Q_OBJECT

public Q_SLOTS:
    void addressOpened(const QUrl &url) { m_opened.append(url); }

private Q_SLOTS:
    void init()
    {
        for (const QString &scheme : {u"http"_s, u"https"_s, u"mailto"_s, u"file"_s})
            QDesktopServices::setUrlHandler(scheme, this, "addressOpened");
        m_appearance.setLanguage(u"en"_s);
        m_opened.clear();
        m_server = std::make_unique<TestServer>();
        QVERIFY(m_server->listen());
        m_client = std::make_unique<ChatClient>();
        m_window = std::make_unique<ChatWindow>(*m_client, m_appearance);
        m_window->show();
        ServerAddress address;
        address.base = m_server->url();
        address.name = u"Ana"_s;
        m_client->open(address);
        QTRY_VERIFY(m_client->isJoined(u"general"_s));
    }
    void cleanup()
    {
        m_window.reset();
        m_client.reset();
        m_server.reset();
    }

    void enterSendsAndShiftEnterDoesNot()
    {
        Composer *composer = m_window->composer();
        QTest::keyClicks(composer, u"one"_s);
        QTest::keyClick(composer, Qt::Key_Return, Qt::ShiftModifier);
        QTest::keyClicks(composer, u"two"_s);
        QVERIFY(m_server->ofType(u"chat"_s).isEmpty());
        QTest::keyClick(composer, Qt::Key_Return);
        QTRY_COMPARE(m_server->ofType(u"chat"_s).size(), 1);
        QCOMPARE(m_server->ofType(u"chat"_s).first()[u"content"_s].toString(), u"one\ntwo"_s);
        QVERIFY(composer->toPlainText().isEmpty());
        QCOMPARE(timeline()->item(timeline()->rowCount() - 1).delivery, TimelineItem::Delivery::Sending);
    }

    void enterInAnOpenCodeBlockBeginsALine()
    {
        m_window->composer()->setPlainText(u"```\ncode"_s);
        m_window->composer()->moveCursor(QTextCursor::End);
        QTest::keyClick(m_window->composer(), Qt::Key_Return);
        QVERIFY(m_server->ofType(u"chat"_s).isEmpty());
        QTest::keyClicks(m_window->composer(), u"```"_s);
        QTest::keyClick(m_window->composer(), Qt::Key_Return);
        QTRY_COMPARE(m_server->ofType(u"chat"_s).size(), 1);
    }

    void arrowUpEditsTheLastOwnMessage()
    {
        sendChat(1, u"Ana"_s, u"helo"_s);
        sendChat(2, u"Bea"_s, u"hi"_s);
        QTRY_COMPARE(timeline()->newestId(), EntryId(2));
        QTest::keyClick(m_window->composer(), Qt::Key_Up);
        QCOMPARE(m_window->composer()->toPlainText(), u"helo"_s);
        m_window->composer()->setPlainText(u"hello"_s);
        QTest::keyClick(m_window->composer(), Qt::Key_Return);
        QTRY_COMPARE(m_server->ofType(u"edit"_s).size(), 1);
        QCOMPARE(m_server->ofType(u"edit"_s).first()[u"target"_s].toInt(), 1);
    }

    void draftsStayWithTheirRoom()
    {
        m_window->composer()->setPlainText(u"for general"_s);
        m_window->openRoom(u"dudas"_s);
        QVERIFY(m_window->composer()->toPlainText().isEmpty());
        m_window->openRoom(u"general"_s);
        QCOMPARE(m_window->composer()->toPlainText(), u"for general"_s);
    }

    void lossShowsABannerWithACountdown()
    {
        auto *banner = m_window->findChild<ConnectionBanner *>();
        QVERIFY(!banner->isVisible());
        m_server->stopListening();
        m_server->abort();
        QTRY_VERIFY(banner->isVisible());
        QTRY_VERIFY(banner->text().contains(u"connection was lost"_s));
        QVERIFY(m_server->listen(m_port()));
        m_client->tryNow();
        QTRY_VERIFY(!banner->isVisible());
    }

    void otherRoomsCountMentions()
    {
        QSignalSpy attention(m_window.get(), &ChatWindow::attentionWanted);
        m_server->send({{u"type"_s, u"chat"_s}, {u"room"_s, u"d1"_s}, {u"id"_s, 1}, {u"user"_s, u"Bea"_s},
            {u"content"_s, u"psst"_s}});
        QTRY_COMPARE(m_window->mentions(), 1);
        QVERIFY(m_window->windowTitle().startsWith(u"(1)"_s));
        QCOMPARE(attention.count(), 1);
        m_window->session().setAttended(true);
        m_window->openRoom(u"d1"_s);
        QCOMPARE(m_window->mentions(), 0);
    }

    void hostilePayloadsArePaintedAndOpenNothing_data()
    {
        QTest::addColumn<QString>("content");
        QTest::newRow("image tag") << u"<img src='file:///etc/passwd'>"_s;
        QTest::newRow("link tag") << u"<a href='file:///etc/passwd'>click</a>"_s;
        QTest::newRow("markdown image") << u"![x](http://127.0.0.1:1/x.png)"_s;
        QTest::newRow("file link") << u"[x](file:///etc/passwd)"_s;
        QTest::newRow("script link") << u"[x](javascript:alert(1))"_s;
        QTest::newRow("style") << u"<style>*{background:url(http://127.0.0.1:1/)}</style>"_s;
        QTest::newRow("entities") << u"&#x3c;img&#x3e; \u202e gnirts \u0000 \ufffc"_s;
        QTest::newRow("endless word") << QString(u'W').repeated(16000);
        QTest::newRow("marks") << u"Z̸̧̢̛"_s.repeated(1500);
    }

    void hostilePayloadsArePaintedAndOpenNothing()
    {
        QFETCH(QString, content);
        sendChat(1, content.left(32), content);
        QTRY_COMPARE(timeline()->rowCount(), 1);
        const QImage image = m_window->grab().toImage();
        QVERIFY(!image.isNull());
        TimelineView *view = m_window->timeline();
        QSignalSpy links(view, &TimelineView::linkRequested);
        const QRect row = view->visualRect(timeline()->index(0));
        const QRect shown = row & view->viewport()->rect();
        for (int y = shown.top() + 2; y < shown.bottom(); y += 6) {
            for (int x = 60; x < shown.right(); x += 24)
                QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, QPoint(x, y));
        }
        QCOMPARE(links.count(), 0);
        QVERIFY(m_opened.isEmpty());
    }

    void linkIsShownBeforeItIsOpened()
    {
        sendChat(1, u"Bea"_s, u"http://example.org/a"_s);
        QTRY_COMPARE(timeline()->rowCount(), 1);
        TimelineView *view = m_window->timeline();
        const QRect row = view->visualRect(timeline()->index(0));
        QSignalSpy links(view, &TimelineView::linkRequested);
        for (int y = row.top(); y < row.bottom() && links.isEmpty(); y += 4)
            QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, QPoint(90, y));
        QCOMPARE(links.count(), 1);
        QVERIFY(m_opened.isEmpty());
        auto *box = m_window->findChild<QMessageBox *>();
        QVERIFY(box);
        QCOMPARE(box->informativeText(), u"http://example.org/a"_s);
        box->reject();
        QVERIFY(m_opened.isEmpty());
    }

    void everyControlHasAName()
    {
        sendChat(1, u"Bea"_s, u"hi"_s);
        QTRY_COMPARE(timeline()->rowCount(), 1);
        QCOMPARE(unnamedControls(*m_window), QStringList());
    }

private:
    quint16 m_port() const { return quint16(m_client->address().base.port()); }
    TimelineModel *timeline() const { return m_window->session().conversation(u"general"_s)->timeline; }
    void sendChat(int id, const QString &user, const QString &content)
    {
        m_server->send({{u"type"_s, u"chat"_s}, {u"room"_s, u"general"_s}, {u"id"_s, id}, {u"user"_s, user},
            {u"content"_s, content}, {u"timestamp"_s, QString::fromLatin1(toWire(samples::ago(0)))}});
    }

    Appearance m_appearance {*qApp};
    QList<QUrl> m_opened;
    std::unique_ptr<TestServer> m_server;
    std::unique_ptr<ChatClient> m_client;
    std::unique_ptr<ChatWindow> m_window;
};

QTEST_MAIN(TestChatWindow)
#include "tst_chatwindow.moc"
