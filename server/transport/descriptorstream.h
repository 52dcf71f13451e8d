// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transport/bytestream.h"

#include <QSocketNotifier>

#include <memory>

namespace tertulia {

/// A plain TCP (or local) socket as a bare descriptor: about 0.5 KiB where a QTcpSocket that has read and written once
/// keeps 15, and one system call a write. Unix.
class DescriptorStream final : public ByteStream
{
public:
    /// Takes the descriptor over.
    explicit DescriptorStream(int descriptor);
    ~DescriptorStream() override;

    /// Gives the descriptor away, unread; the stream is dead then.
    [[nodiscard]] int release();
    /// The first byte that waits without taking it: 0-255, else as read().
    [[nodiscard]] int peek() const;

    [[nodiscard]] qsizetype read(char *to, qsizetype size) override;
    void setReading(bool on) override;
    void queue(const QByteArray &block) override { m_queue.append(block); }
    void flush() override;
    void write(const QByteArray &block) override;
    [[nodiscard]] qint64 pendingBytes() const override { return m_queue.bytes(); }
    [[nodiscard]] bool isBlocked() const override { return m_isBlocked; }
    void dropUnstarted(BlockQueue::FrameEnd frameEnd) override { m_queue.dropUnstarted(frameEnd); }
    void finish() override;
    void abort() override;
    [[nodiscard]] Address peer() const override;
    [[nodiscard]] Address local() const override;
    [[nodiscard]] bool isEncrypted() const override { return false; }

private:
    /// Overrides event() in place of the signal: no connection list, and no second emission of Qt's.
    class Notifier final : public QSocketNotifier
    {
    public:
        Notifier(DescriptorStream &stream, qintptr descriptor, Type type)
            : QSocketNotifier(descriptor, type)
            , m_stream(stream)
        {
        }

    protected:
        bool event(QEvent *event) override;

    private:
        DescriptorStream &m_stream;
    };

    void becameReadable();
    void becameWritable();
    void setBlocked(bool blocked);
    void fail();

    int m_descriptor;
    bool m_isBlocked = false;
    bool m_hasFailed = false;
    bool m_isFinishing = false;
    BlockQueue m_queue;
    Notifier m_readNotifier;
    std::unique_ptr<Notifier> m_writeNotifier; ///< made when the kernel's buffer was full for the first time
};

} // namespace tertulia
