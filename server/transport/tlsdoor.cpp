// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/tlsdoor.h"

#include "transport/devicestream.h"

namespace tertulia {

namespace {

constexpr char kTlsHandshake = 0x16;

} // namespace

TlsDoor::TlsDoor(TransportShared &shared, const QSslConfiguration &configuration, qintptr descriptor, Entered entered)
    : m_shared(shared)
    , m_configuration(configuration)
    , m_entered(std::move(entered))
    , m_socket(std::make_unique<QSslSocket>())
{
    m_shared.wheel.start(*this, m_shared.limits.headTimeout);
    m_socket->setSocketDescriptor(descriptor);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    QObject::connect(m_socket.get(), &QTcpSocket::disconnected, &m_context, [this] { end(); });
    QObject::connect(m_socket.get(), &QTcpSocket::readyRead, &m_context, [this] { firstByte(); });
}

TlsDoor::~TlsDoor()
{
    if (m_socket) {
        m_socket->disconnect();
        m_socket.release()->deleteLater(); // it may be in one of its own signals
    }
}

void TlsDoor::firstByte()
{
    char byte = 0;
    if (!m_socket || m_socket->peek(&byte, 1) != 1)
        return;
    m_socket->disconnect(&m_context);
    if (byte == kTlsHandshake)
        startEncryption();
    else
        enterPlain();
}

void TlsDoor::startEncryption()
{
    QObject::connect(m_socket.get(), &QTcpSocket::disconnected, &m_context, [this] { end(); });
    QObject::connect(m_socket.get(), &QSslSocket::encrypted, &m_context, [this] {
        m_socket->disconnect(&m_context);
        m_entered(std::make_unique<DeviceStream>(std::move(m_socket)), Found::Encrypted);
        end();
    });
    m_socket->setSslConfiguration(m_configuration);
    m_socket->startServerEncryption();
}

void TlsDoor::enterPlain()
{
    m_entered(std::make_unique<DeviceStream>(std::move(m_socket)), Found::Plain);
    end();
}

void TlsDoor::end()
{
    if (m_hasEnded)
        return;
    m_hasEnded = true;
    m_shared.wheel.stop(*this);
    m_shared.release(*this);
}

} // namespace tertulia
