// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/clientsession.h"
#include "client/chatclient.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace tertulia;
using namespace Qt::StringLiterals;
using State = ChatClient::State;

/// The chat's client and session against the real program, which TERTULIA_BINARY names.
class TestRealServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_binary = qEnvironmentVariable("TERTULIA_BINARY");
        if (m_binary.isEmpty() || !QFile::exists(m_binary))
            QFAIL("TERTULIA_BINARY names no program.");
        start(0);
    }

    void cleanupTestCase() { stop(); }

    void messagesReachTheOthersAndSurviveARestart()
    {
        ChatClient ana;
        ChatClient bea;
        ClientSession anas(ana);
        ClientSession beas(bea);
        ana.open(as(u"Ana"_s));
        bea.open(as(u"Bea"_s));
        QTRY_VERIFY(ana.isJoined(u"general"_s) && bea.isJoined(u"general"_s));
        anas.say(u"general"_s, u"hola @Bea"_s, 0);
        TimelineModel *seen = beas.conversation(u"general"_s)->timeline;
        TimelineModel *own = anas.conversation(u"general"_s)->timeline;
        QTRY_COMPARE(texts(seen), (QStringList {u"hola @Bea"_s}));
        QTRY_COMPARE(own->item(own->rowCount() - 1).delivery, TimelineItem::Delivery::Stored);
        beas.toggleReaction(u"general"_s, seen->newestId(), u"👍"_s);
        anas.edit(u"general"_s, own->newestId(), u"hola"_s);
        QTRY_COMPARE(texts(seen), (QStringList {u"hola"_s}));
        QTRY_COMPARE(seen->item(seen->rowOf(seen->newestId())).message.reactions.size(), 1);

        const quint16 port = quint16(m_url.port());
        stop();
        QTRY_COMPARE(ana.state(), State::Waiting);
        anas.say(u"general"_s, u"written while it was away"_s, 0);
        start(port);
        ana.tryNow();
        bea.tryNow();
        QTRY_COMPARE_WITH_TIMEOUT(texts(seen), (QStringList {u"hola"_s, u"written while it was away"_s}), 15'000);
        QTRY_COMPARE(ana.unsentCount(), 0);
        QCOMPARE(texts(own), texts(seen));
    }

    void restAnswersForAGuest()
    {
        ChatClient client;
        ClientSession session(client);
        client.open(as(u"Carla"_s));
        QTRY_VERIFY(client.isJoined(u"general"_s));
        QTRY_VERIFY(session.rooms().contains(u"general"_s));
        std::optional<HistoryPage> page;
        session.rest().search(u"general"_s, u"away"_s, this,
            [&page](const std::optional<HistoryPage> &found, const RestError &) { page = found; });
        QTRY_VERIFY(page);
        QCOMPARE(page->messages.size(), 1);

        QTemporaryDir folder;
        QFile file(folder.filePath(u"note & co.txt"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("forty-two");
        file.close();
        Transfer *up = session.rest().upload(u"general"_s, file.fileName());
        QVERIFY(up);
        QSignalSpy sent(up, &Transfer::finished);
        QTRY_COMPARE(sent.count(), 1);
        QCOMPARE(sent.first().first().toString(), QString());
        const TimelineModel *timeline = session.conversation(u"general"_s)->timeline;
        const auto newest = [timeline] { return timeline->item(timeline->rowOf(timeline->newestId())).message; };
        QTRY_VERIFY(newest().file);
        QCOMPARE(newest().file->name, u"note & co.txt"_s);
        const QString target = folder.filePath(u"back.txt"_s);
        Transfer *down = session.rest().download(*newest().file, target);
        QVERIFY(down);
        QSignalSpy received(down, &Transfer::finished);
        QTRY_COMPARE(received.count(), 1);
        QFile back(target);
        QVERIFY(back.open(QIODevice::ReadOnly));
        QCOMPARE(back.readAll(), "forty-two"_ba);
    }

private:
    void start(quint16 port)
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(m_binary,
            {u"--headless"_s, u"--host"_s, u"127.0.0.1"_s, u"--port"_s, QString::number(port), u"--data-dir"_s,
                m_data.path()});
        QTRY_VERIFY_WITH_TIMEOUT(m_process.canReadLine(), 15'000);
        const QString line = QString::fromUtf8(m_process.readLine());
        const auto match = QRegularExpression(u"http://\\S+"_s).match(line);
        QVERIFY2(match.hasMatch(), qPrintable(line));
        m_url = QUrl(match.captured());
    }
    void stop()
    {
        if (m_process.state() == QProcess::NotRunning)
            return;
        m_process.terminate();
        QVERIFY(m_process.waitForFinished(10'000));
    }
    ServerAddress as(const QString &name) const
    {
        ServerAddress address;
        address.base = m_url;
        address.name = name;
        return address;
    }
    static QStringList texts(const TimelineModel *timeline)
    {
        QStringList list;
        for (int row = 0; row < timeline->rowCount(); ++row) {
            if (timeline->item(row).message.id != 0)
                list.append(timeline->item(row).message.content);
        }
        return list;
    }

    QString m_binary;
    QTemporaryDir m_data;
    QProcess m_process;
    QUrl m_url;
};

QTEST_GUILESS_MAIN(TestRealServer)
#include "tst_realserver.moc"
