// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "headless.h"

#include "output.h"
#include "signalwatcher.h"

#include <QCoreApplication>

#ifdef Q_OS_LINUX
#include "transport/epolldispatcher.h"
#endif

namespace tertulia {

int runHeadless(int &argc, char **argv, const HostOptions &options)
{
    prepareProcess();
#ifdef Q_OS_LINUX
    QCoreApplication::setEventDispatcher(new EpollDispatcher);
#endif
    QCoreApplication application(argc, argv);
    ChatHost host(options);
    SignalWatcher signalWatcher;
    QObject::connect(&signalWatcher, &SignalWatcher::stopRequested, &host, &ChatHost::stop);
    QObject::connect(&host, &ChatHost::ready, &application,
        [](const QString &url) { printLine(stdout, QStringLiteral("Tertulia is ready at ") + url); });
    QObject::connect(&host, &ChatHost::failed, &application, [](const QString &message) {
        printTrouble(message);
        QCoreApplication::exit(1);
    });
    QObject::connect(&host, &ChatHost::stopped, &application, [] { QCoreApplication::exit(0); });
    QMetaObject::invokeMethod(&host, &ChatHost::start, Qt::QueuedConnection);
    return QCoreApplication::exec();
}

} // namespace tertulia
