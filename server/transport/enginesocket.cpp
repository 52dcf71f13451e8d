// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/enginesocket.h"

#include <algorithm>
#include <cstring>

namespace tertulia {

namespace {

constexpr qsizetype kMostWritten = 64 * 1024; ///< an opening handshake's answer has a few hundred bytes

} // namespace

EngineSocket::EngineSocket(const RequestHead &head, const QByteArray &bytes)
    : m_bytes(bytes)
{
    setPeerAddress(head.peerAddress);
    setPeerPort(head.peerPort);
    setLocalAddress(head.localAddress);
    setLocalPort(head.localPort);
    setSocketState(ConnectedState);
    setOpenMode(ReadWrite | Unbuffered);
}

EngineSocket::~EngineSocket()
{
    setSocketState(UnconnectedState); // ~QAbstractSocket has nothing to close
}

void EngineSocket::retire()
{
    m_bytes.clear();
    m_read = 0;
    m_isClosed = true;
    if (state() != UnconnectedState) {
        setSocketState(UnconnectedState);
        Q_EMIT disconnected();
    }
    deleteLater();
}

qint64 EngineSocket::bytesAvailable() const
{
    return QIODevice::bytesAvailable() + m_bytes.size() - m_read;
}

void EngineSocket::disconnectFromHost()
{
    m_isClosed = true;
}

void EngineSocket::close()
{
    m_isClosed = true;
}

qint64 EngineSocket::readData(char *to, qint64 size)
{
    const qint64 count = std::min<qint64>(size, m_bytes.size() - m_read);
    if (count > 0)
        std::memcpy(to, m_bytes.constData() + m_read, std::size_t(count));
    m_read += qsizetype(count);
    return count;
}

qint64 EngineSocket::readLineData(char *to, qint64 size)
{
    const QByteArrayView rest = QByteArrayView(m_bytes).sliced(m_read);
    const qsizetype newline = rest.indexOf('\n');
    return readData(to, newline < 0 ? size : std::min<qint64>(size, newline + 1));
}

qint64 EngineSocket::skipData(qint64 size)
{
    const qint64 count = std::min<qint64>(size, m_bytes.size() - m_read);
    m_read += qsizetype(count);
    return count;
}

qint64 EngineSocket::writeData(const char *from, qint64 size)
{
    if (!m_isClosed && m_written.size() + size <= kMostWritten)
        m_written.append(from, qsizetype(size));
    return size;
}

} // namespace tertulia
