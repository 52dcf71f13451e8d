// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/devicestream.h"

#include <QPointer>
#include <QSslSocket>

namespace tertulia {

DeviceStream::DeviceStream(std::unique_ptr<QTcpSocket> socket)
    : m_socket(std::move(socket))
{
    m_socket->setReadBufferSize(kReadBuffer);
    QObject::connect(m_socket.get(), &QTcpSocket::readyRead, &m_context, [this] { notifyReadable(); });
    QObject::connect(m_socket.get(), &QTcpSocket::disconnected, &m_context, [this] { notifyLater(); });
    QObject::connect(m_socket.get(), &QTcpSocket::bytesWritten, &m_context, [this] { bytesWritten(); });
    if (const auto *const secure = qobject_cast<QSslSocket *>(m_socket.get()))
        QObject::connect(secure, &QSslSocket::encryptedBytesWritten, &m_context, [this] { bytesWritten(); });
    if (m_socket->bytesAvailable() > 0)
        notifyLater();
}

// A QSslSocket hands what it has encrypted to a plain socket within, whose buffer its bytesToWrite() leaves out.
qint64 DeviceStream::socketBytes() const
{
    const auto *const secure = qobject_cast<const QSslSocket *>(m_socket.get());
    return m_socket->bytesToWrite() + (secure ? secure->encryptedBytesToWrite() : 0);
}

// Not deleted at once: the stream may be destroyed in one of the socket's own signals.
DeviceStream::~DeviceStream()
{
    m_socket->disconnect();
    const bool isDrained = socketBytes() == 0;
    QTcpSocket *socket = m_socket.release();
    if (socket->state() == QAbstractSocket::ConnectedState) {
        QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        socket->disconnectFromHost();
        if (!isDrained && socket->state() != QAbstractSocket::UnconnectedState)
            socket->abort();
    }
    socket->deleteLater();
}

qsizetype DeviceStream::read(char *to, qsizetype size)
{
    const qint64 got = m_socket->read(to, size);
    if (got > 0)
        return qsizetype(got);
    if (m_socket->state() == QAbstractSocket::ConnectedState)
        return kNothing;
    return m_socket->error() == QAbstractSocket::RemoteHostClosedError ? kEnd : kFailed;
}

void DeviceStream::setReading(bool on)
{
    if (on && !m_isReading)
        notifyLater();
    m_isReading = on;
}

void DeviceStream::notifyReadable()
{
    if (!m_isReading || m_isNotifying || !m_listener)
        return;
    m_isNotifying = true;
    const QPointer<QObject> alive(&m_context);
    m_listener->readable();
    if (!alive)
        return;
    m_isNotifying = false;
    if (m_socket->bytesAvailable() > 0 || m_socket->state() != QAbstractSocket::ConnectedState)
        notifyLater();
}

void DeviceStream::notifyLater()
{
    QMetaObject::invokeMethod(
        &m_context, [this] { notifyReadable(); }, Qt::QueuedConnection);
}

void DeviceStream::write(const QByteArray &block)
{
    m_queue.append(block);
    flush();
}

void DeviceStream::flush()
{
    if (m_socket->state() != QAbstractSocket::ConnectedState) {
        m_queue.clear();
        return;
    }
    while (!m_queue.isEmpty() && socketBytes() < kAhead) {
        const QByteArrayView part = m_queue.at(0);
        const qint64 taken = m_socket->write(part.data(), std::min<qint64>(part.size(), kAhead));
        if (taken <= 0)
            break;
        m_queue.consume(taken);
    }
    m_isBlocked = !m_queue.isEmpty();
    if (m_isFinishing && m_queue.isEmpty())
        m_socket->disconnectFromHost();
}

void DeviceStream::bytesWritten()
{
    flush();
    if (m_queue.isEmpty() && socketBytes() == 0 && m_listener)
        m_listener->drained();
}

qint64 DeviceStream::pendingBytes() const
{
    return m_queue.bytes() + socketBytes();
}

void DeviceStream::finish()
{
    m_isFinishing = true;
    flush();
}

void DeviceStream::abort()
{
    m_queue.clear();
    m_socket->disconnect();
    m_socket->abort();
}

ByteStream::Address DeviceStream::peer() const
{
    return {m_socket->peerAddress(), m_socket->peerPort()};
}

ByteStream::Address DeviceStream::local() const
{
    return {m_socket->localAddress(), m_socket->localPort()};
}

bool DeviceStream::isEncrypted() const
{
    const auto *const secure = qobject_cast<const QSslSocket *>(m_socket.get());
    return secure && secure->isEncrypted();
}

} // namespace tertulia
