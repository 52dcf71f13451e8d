// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "singleinstance.h"

#include <QCryptographicHash>
#include <QLocalSocket>

using namespace Qt::StringLiterals;

namespace tertulia {

namespace {
constexpr int kAnswerMs = 1000;
}

SingleInstance::SingleInstance(const QString &dataDirectory, QObject *parent)
    : QObject(parent)
    , m_name(u"tertulia-"_s
          + QString::fromLatin1(
              QCryptographicHash::hash(dataDirectory.toUtf8(), QCryptographicHash::Sha256).left(8).toHex()))
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket *caller = m_server.nextPendingConnection())
            caller->deleteLater();
        Q_EMIT raiseRequested();
    });
}

bool SingleInstance::raiseOther() const
{
    QLocalSocket socket;
    socket.connectToServer(m_name);
    return socket.waitForConnected(kAnswerMs);
}

void SingleInstance::listen()
{
    // What a process that crashed left behind; raiseOther() has shown that nobody is there.
    QLocalServer::removeServer(m_name);
    m_server.listen(m_name);
}

} // namespace tertulia
