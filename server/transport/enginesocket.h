// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transport/requesthead.h"

#include <QTcpSocket>

namespace tertulia {

/// What QHttpServer and QWebSocketServer see in place of a client's socket: a QTcpSocket without a descriptor, which
/// holds exactly the bytes that the guard let pass and catches what they write. So Qt's parsers meet neither a
/// malformed byte nor one of the next request, nothing of theirs outlives a request, and a client who leaves cannot
/// pull a socket from under them.
class EngineSocket final : public QTcpSocket
{
public:
    EngineSocket(const RequestHead &head, const QByteArray &bytes);
    ~EngineSocket() override;

    [[nodiscard]] const QByteArray &written() const { return m_written; }
    [[nodiscard]] bool isClosedByEngine() const { return m_isClosed; }
    /// Nothing more is read or caught; it tells its engine that it is disconnected and deletes itself later.
    void retire();

    [[nodiscard]] qint64 bytesAvailable() const override;
    [[nodiscard]] qint64 bytesToWrite() const override { return 0; }
    void disconnectFromHost() override;
    void close() override;

protected:
    qint64 readData(char *to, qint64 size) override;
    qint64 readLineData(char *to, qint64 size) override;
    qint64 skipData(qint64 size) override;
    qint64 writeData(const char *from, qint64 size) override;

private:
    QByteArray m_bytes;
    qsizetype m_read = 0;
    QByteArray m_written;
    bool m_isClosed = false;
};

} // namespace tertulia
