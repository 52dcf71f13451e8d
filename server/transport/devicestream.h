// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transport/bytestream.h"

#include <QObject>
#include <QTcpSocket>

#include <memory>

namespace tertulia {

/// A stream over a QTcpSocket or QSslSocket: TLS, and systems without DescriptorStream. The socket is given at most
/// kAhead bytes at a time, since what it once has cannot be taken back when a slow reader is cut.
class DeviceStream final : public ByteStream
{
public:
    explicit DeviceStream(std::unique_ptr<QTcpSocket> socket);
    ~DeviceStream() override;

    [[nodiscard]] qsizetype read(char *to, qsizetype size) override;
    void setReading(bool on) override;
    void queue(const QByteArray &block) override { m_queue.append(block); }
    void flush() override;
    void write(const QByteArray &block) override;
    [[nodiscard]] qint64 pendingBytes() const override;
    [[nodiscard]] bool isBlocked() const override { return m_isBlocked; }
    void dropUnstarted(BlockQueue::FrameEnd frameEnd) override { m_queue.dropUnstarted(frameEnd); }
    void finish() override;
    void abort() override;
    [[nodiscard]] Address peer() const override;
    [[nodiscard]] Address local() const override;
    [[nodiscard]] bool isEncrypted() const override;

private:
    static constexpr qint64 kAhead = 64 * 1024;
    static constexpr qint64 kReadBuffer = 64 * 1024;

    [[nodiscard]] qint64 socketBytes() const;
    void notifyReadable();
    void notifyLater();
    void bytesWritten();

    BlockQueue m_queue;
    bool m_isReading = true;
    bool m_isBlocked = false;
    bool m_isFinishing = false;
    bool m_isNotifying = false;
    QObject m_context; ///< of the queued calls: they die with the stream
    std::unique_ptr<QTcpSocket> m_socket;
};

} // namespace tertulia
