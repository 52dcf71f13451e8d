// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "serverthread.h"

#ifdef Q_OS_LINUX
#include "transport/epolldispatcher.h"
#endif

using namespace Qt::StringLiterals;

namespace tertulia {

ServerThread::ServerThread(const HostOptions &options, QObject *parent)
    : QObject(parent)
    , m_host(new ChatHost(options))
{
    m_thread.setObjectName(u"server"_s);
#ifdef Q_OS_LINUX
    m_thread.setEventDispatcher(new EpollDispatcher);
#endif
    m_host->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_host, &QObject::deleteLater);
    m_thread.start();
}

ServerThread::~ServerThread()
{
    m_thread.quit();
    m_thread.wait();
}

} // namespace tertulia
