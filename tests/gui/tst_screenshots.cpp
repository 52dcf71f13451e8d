// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/chatwindow.h"
#include "chat/clientsession.h"
#include "chat/composer.h"
#include "dashboard/dashboardwindow.h"
#include "dashboard/invitedialog.h"
#include "gui/support/samples.h"
#include "widgets/appearance.h"

#include <QApplication>
#include <QDir>
#include <QTest>

#include <cmath>

using namespace tertulia;
using namespace Qt::StringLiterals;

/// Pictures of the windows in both themes and languages, for people to look at; what a test can judge of them is that
/// they are painted, in the theme's own colours, and fit their window.
class TestScreenshots : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_folder.setPath(qEnvironmentVariable("TERTULIA_SCREENSHOTS", QDir::currentPath() + u"/screenshots"_s));
        QVERIFY(m_folder.mkpath(u"."_s));
    }

    void windows_data()
    {
        QTest::addColumn<ThemeChoice>("theme");
        QTest::addColumn<QString>("language");
        QTest::addColumn<double>("fontScale");
        QTest::newRow("light-es") << ThemeChoice::Light << u"es"_s << 1.0;
        QTest::newRow("dark-es") << ThemeChoice::Dark << u"es"_s << 1.0;
        QTest::newRow("light-en") << ThemeChoice::Light << u"en"_s << 1.0;
        QTest::newRow("dark-en") << ThemeChoice::Dark << u"en"_s << 1.0;
        QTest::newRow("light-es-200") << ThemeChoice::Light << u"es"_s << 2.0;
    }

    void windows()
    {
        QFETCH(ThemeChoice, theme);
        QFETCH(QString, language);
        QFETCH(double, fontScale);
        const QFont before = QApplication::font();
        QFont font = before;
        font.setPointSizeF(font.pointSizeF() * fontScale);
        QApplication::setFont(font);
        m_appearance.setTheme(theme);
        m_appearance.setLanguage(language);
        const QString suffix = QString::fromLatin1(QTest::currentDataTag());
        dashboard(suffix);
        chat(suffix);
        QApplication::setFont(before);
    }

private:
    void save(QWidget &window, const QString &name)
    {
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QCoreApplication::processEvents();
        const QImage image = window.grab().toImage();
        QVERIFY(image.save(m_folder.filePath(name + u".png"_s)));
        const QColor corner = image.pixelColor(3, image.height() / 2);
        const Tokens &tokens = currentTokens();
        QVERIFY2(corner == tokens.window || corner == tokens.card || corner == tokens.line, qPrintable(corner.name()));
    }

    void dashboard(const QString &suffix)
    {
        DashboardWindow window(m_appearance);
        window.setHostState(samples::running());
        ConnectionChanges connections;
        const QStringList names = {u"profe"_s, u"lucía"_s, u"mateo"_s, u"sofía"_s, u"invitado-7"_s, u"valentina"_s};
        for (const QString &name : names)
            connections.upserted.append(samples::connection(u"c-"_s + name, name));
        ConnectionRow slow = samples::connection(u"c-diego"_s, u"diego"_s);
        slow.roundTripMs = 312;
        slow.queuedBytes = 151'552;
        slow.rooms = {u"general"_s, u"dudas"_s};
        ConnectionRow stream = samples::connection(u"c-curl"_s, u"curl"_s);
        stream.transport = u"sse"_s;
        stream.roundTripMs = -1;
        connections.upserted += {slow, stream};
        window.applyConnections(connections);
        RoomRow secret = samples::room(u"profesores"_s, 3, 1);
        secret.isPrivate = true;
        window.applyRooms({{samples::room(u"general"_s, 22, 64), samples::room(u"dudas"_s, 14, 21),
                               samples::room(u"proyecto"_s, 9, 8), secret},
            {}});
        window.addActivity({{samples::ago(300), ActivityKind::Server, {}, {}, {}, u"listening on port 8000"_s},
            {samples::ago(200), ActivityKind::Connected, u"lucía"_s, u"192.168.1.44"_s, {}, {}},
            {samples::ago(199), ActivityKind::Joined, u"lucía"_s, {}, u"general"_s, {}},
            {samples::ago(120), ActivityKind::SlowConsumer, u"diego"_s, {}, {}, u"148 KiB"_s},
            {samples::ago(60), ActivityKind::Kicked, u"invitado-3"_s, {}, {}, u"4003"_s},
            {samples::ago(20), ActivityKind::Refused, {}, u"192.168.1.99"_s, {}, u"bad_join_code"_s}});
        for (int i = 0; i < 70; ++i) {
            MetricsSample sample;
            sample.websockets = 24 + int(6 * std::sin(i / 7.0));
            sample.eventStreams = 3;
            sample.usersOnline = 22;
            sample.messagesInPerSecond = 12 + 5 * std::sin(i / 4.0);
            sample.deliveriesPerSecond = 38 + 9 * std::cos(i / 5.0);
            sample.fanoutP50Ms = 0.4 + 0.1 * std::sin(i / 3.0);
            sample.fanoutP99Ms = 4.2 + 1.7 * std::cos(i / 6.0);
            sample.bytesOutPerSecond = 212'000 + 60'000 * std::sin(i / 6.0);
            sample.bytesInPerSecond = 32'000;
            sample.loopLagP99Ms = 1.1 + std::sin(i / 2.0);
            sample.residentMemoryBytes = 61 * 1024 * 1024;
            sample.cpuPercent = 3.2;
            window.setMetrics(sample);
        }
        DoorKnock knock;
        knock.id = u"k1"_s;
        knock.name = u"Bruno"_s;
        knock.address = u"192.168.1.71"_s;
        window.addKnock(knock);
        save(window, u"dashboard-"_s + suffix);
        window.removeKnock(u"k1"_s);

        HostState guarded = samples::running();
        guarded.joinCode = u"4F7K-Q2MX"_s;
        window.setHostState(guarded);
        window.showInvite();
        save(*window.inviteDialog(), u"invite-"_s + suffix);
        window.inviteDialog()->close();
        HostState failed;
        failed.phase = HostPhase::Failed;
        failed.failure = u"The data directory cannot be written."_s;
        window.setHostState(failed);
        save(window, u"dashboard-failed-"_s + suffix);
    }

    void chat(const QString &suffix)
    {
        ChatClient client;
        ChatWindow window(client, m_appearance);
        Welcome welcome;
        welcome.user = {u"u1"_s, u"lucía"_s, Role::Guest};
        UnreadRoom doubts;
        doubts.room.name = u"dudas"_s;
        doubts.unread = 3;
        UnreadRoom project;
        project.room.name = u"profesores"_s;
        project.room.isPrivate = true;
        UnreadRoom direct;
        direct.room.name = u"d-1"_s;
        direct.room.isDirect = true;
        direct.unread = 2;
        welcome.rooms = {doubts, project, direct};
        Q_EMIT client.welcomed(welcome);
        window.session().rooms().setTitle(u"d-1"_s, u"mateo"_s);
        Conversation *room = window.session().conversation(u"general"_s);
        room->timeline->setOwnName(u"lucía"_s);
        Q_EMIT client.joined(conversation());
        room->timeline->startUnreadAt(6);
        room->members->setTyping(u"mateo"_s);
        room->timeline->addNotice(TimelineItem::Kind::Joined, u"sofía"_s, samples::ago(30));
        room->timeline->addNotice(TimelineItem::Kind::Joined, u"diego"_s, samples::ago(30));
        room->timeline->addPending(u"r1"_s, u"Esto aún no ha salido"_s, 0, samples::ago(5));
        room->timeline->addPending(u"r2"_s, u"Y esto no salió"_s, 0, samples::ago(4));
        room->timeline->fail(u"r2"_s, ClientSession::explain(u"slow_mode"_s, {}));
        window.composer()->setPlainText(u"¿Y con `since`, @prof"_s);
        save(window, u"chat-"_s + suffix);
    }

    static Joined conversation()
    {
        using namespace samples;
        Joined joined;
        joined.room = u"general"_s;
        joined.topic = u"Semana 13: WebSockets y SSE"_s;
        joined.lastId = 9;
        joined.memberCount = 22;
        joined.members = {{u"profe"_s, Role::Admin, 1, {}}, {u"lucía"_s, Role::Guest, 1, {}},
            {u"mateo"_s, Role::Member, 1, {}}, {u"valentina"_s, Role::Guest, 1, {}}};
        const qint64 day = 24 * 3600;
        joined.messages = {message(1, u"profe"_s,
                               u"Mañana vemos **WebSockets** y `EventSource`. Traed el portátil cargado 🔋"_s, ago(day)),
            message(3, u"lucía"_s, u"¿Por qué mi cliente se reconecta solo con SSE pero no con WS?"_s, ago(600)),
            message(4, u"lucía"_s, u"Este es mi código:\n```js\nws.onclose = () => setTimeout(connect, 1000);\n```"_s,
                ago(590)),
            message(6, u"profe"_s,
                u"@lucía porque `EventSource` reconecta **automáticamente**; con WebSocket lo haces tú, con *backoff* "
                u"y *jitter*. "
                u"Ver http://192.168.1.34:8000/docs\n1. espera aleatoria\n2. duplicar hasta 30 s\n3. pedir lo perdido con `since=`"_s,
                ago(500)),
            message(9, u"mateo"_s, u"<b>¡Gracias!</b> 🎉"_s, ago(100))};
        joined.messages[2].editedAt = ago(580);
        joined.messages[3].mentions = {u"lucía"_s};
        joined.messages[3].reactions = {{u"👍"_s, {u"lucía"_s, u"mateo"_s}}, {u"🎉"_s, {u"mateo"_s}}};
        joined.messages[4].replyTo = 6;
        joined.messages[4].file = FileInfo {u"f1"_s, u"apuntes-semana-13.pdf"_s, 482'113, u"application/pdf"_s, {}};
        return joined;
    }

    Appearance m_appearance {*qApp};
    QDir m_folder;
};

QTEST_MAIN(TestScreenshots)
#include "tst_screenshots.moc"
