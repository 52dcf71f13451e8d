// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/epolldispatcher.h"
#include "transport/timerwheel.h"
#include "transport/turnflusher.h"

#include <QElapsedTimer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <memory>

namespace {

using namespace tertulia;
using namespace std::chrono_literals;

struct Mark final : TimerWheel::Entry {
    void timeReached() override
    {
        ++fired;
        if (action)
            action();
    }
    int fired = 0;
    std::function<void()> action;
};

struct Client final : TurnFlusher::Client {
    void turnEnded() override { ++flushed; }
    int flushed = 0;
};

} // namespace

/// Runs on an EpollDispatcher itself, as every test of this binary does.
class EpollDispatcherTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void timersFireInOrderAndStop()
    {
        QList<int> order;
        QTimer late;
        QTimer early;
        QTimer stopped;
        for (QTimer *timer : {&late, &early, &stopped})
            timer->setSingleShot(true);
        connect(&late, &QTimer::timeout, this, [&] { order << 2; });
        connect(&early, &QTimer::timeout, this, [&] {
            order << 1;
            stopped.stop();
        });
        connect(&stopped, &QTimer::timeout, this, [&] { order << 3; });
        late.start(60);
        early.start(10);
        stopped.start(30);
        QVERIFY(early.remainingTime() <= 10);
        QTRY_COMPARE(order, (QList<int> {1, 2}));
    }

    void zeroTimerDoesNotStarveSockets()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress(QHostAddress::LocalHost)));
        int turns = 0;
        QTimer busy;
        connect(&busy, &QTimer::timeout, this, [&] { ++turns; });
        busy.start(0);
        QTcpSocket socket;
        socket.connectToHost(server.serverAddress(), server.serverPort());
        QTRY_VERIFY(server.hasPendingConnections());
        QVERIFY(turns > 0);
    }

    void callsFromOtherThreadsWakeIt()
    {
        constexpr int kCalls = 2000;
        int calls = 0;
        std::unique_ptr<QThread> thread(QThread::create([&] {
            for (int i = 0; i < kCalls; ++i)
                QMetaObject::invokeMethod(
                    this, [&calls] { ++calls; }, Qt::QueuedConnection);
        }));
        thread->start();
        QTRY_COMPARE(calls, kCalls);
        QVERIFY(thread->wait());
    }

    void itDrivesAThread()
    {
        QThread thread;
        thread.setEventDispatcher(new EpollDispatcher);
        thread.start();
        QObject inside;
        inside.moveToThread(&thread);
        QThread *where = nullptr;
        QMetaObject::invokeMethod(
            &inside, [&] { where = QThread::currentThread(); }, Qt::BlockingQueuedConnection);
        QCOMPARE(where, &thread);
        thread.quit();
        QVERIFY(thread.wait(5000));
    }

    void bytesPassThroughSockets()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress(QHostAddress::LocalHost)));
        connect(&server, &QTcpServer::newConnection, this, [&server] {
            QTcpSocket *const peer = server.nextPendingConnection();
            connect(peer, &QTcpSocket::readyRead, peer, [peer] { peer->write(peer->readAll()); });
        });
        QTcpSocket client;
        QByteArray received;
        connect(&client, &QTcpSocket::readyRead, this, [&] { received += client.readAll(); });
        client.connectToHost(server.serverAddress(), server.serverPort());
        const QByteArray sent(3000000, 'x');
        client.write(sent);
        QTRY_COMPARE(received.size(), sent.size());
    }

    void wheelFiresOnTimeAndInAnyChange()
    {
        TimerWheel wheel;
        Mark soon;
        Mark stopped;
        Mark again;
        Mark far;
        auto destroyed = std::make_unique<Mark>();
        soon.action = [&] {
            wheel.stop(stopped);
            destroyed.reset();
        };
        again.action = [&] {
            if (again.fired < 3)
                wheel.start(again, 60ms);
        };
        QElapsedTimer watch;
        watch.start();
        wheel.start(soon, 100ms);
        wheel.start(*destroyed, 100ms);
        wheel.start(stopped, 200ms);
        wheel.start(again, 10ms);
        wheel.start(far, 52000ms); // another round of the wheel, nearly the same slot
        QTRY_COMPARE(soon.fired, 1);
        QVERIFY(watch.elapsed() >= 100);
        QTRY_COMPARE(again.fired, 3);
        QTRY_VERIFY(watch.elapsed() > 1000);
        QCOMPARE(stopped.fired, 0);
        QCOMPARE(far.fired, 0);
        QVERIFY(wheel.isRunning(far));
    }

    void flusherCallsOnceATurn()
    {
        TurnFlusher flusher;
        Client client;
        Client removed;
        flusher.add(client);
        flusher.add(client);
        flusher.add(removed);
        flusher.remove(removed);
        QCOMPARE(client.flushed, 0);
        QTRY_COMPARE(client.flushed, 1);
        flusher.add(client);
        QTRY_COMPARE(client.flushed, 2);
        QCOMPARE(removed.flushed, 0);
    }
};

int main(int argc, char **argv)
{
    QCoreApplication::setEventDispatcher(new EpollDispatcher);
    const QCoreApplication application(argc, argv);
    EpollDispatcherTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_epolldispatcher.moc"
