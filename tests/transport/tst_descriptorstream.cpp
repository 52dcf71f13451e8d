// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/descriptorstream.h"

#include <QTest>

#include <sys/socket.h>
#include <unistd.h>

#include <array>

namespace {

using namespace tertulia;

struct Listener final : ByteStreamListener {
    explicit Listener(ByteStream &of)
        : stream(of)
    {
        stream.setListener(this);
    }
    void readable() override
    {
        std::array<char, 4096> buffer {};
        const qsizetype size = stream.read(buffer.data(), buffer.size());
        if (size > 0) {
            received.append(buffer.data(), size);
        } else if (size < 0) {
            end = size;
            stream.setReading(false);
        }
    }
    void drained() override { ++drains; }

    ByteStream &stream;
    QByteArray received;
    qsizetype end = 0;
    int drains = 0;
};

QByteArray readAll(int descriptor)
{
    QByteArray bytes(1 << 20, '\0');
    const auto size = ::recv(descriptor, bytes.data(), std::size_t(bytes.size()), MSG_DONTWAIT);
    bytes.resize(size > 0 ? qsizetype(size) : 0);
    return bytes;
}

} // namespace

class DescriptorStreamTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        std::array<int, 2> pair {};
        QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()), 0);
        m_peer = pair[0];
        m_stream = std::make_unique<DescriptorStream>(pair[1]);
    }
    void cleanup()
    {
        m_stream.reset();
        ::close(m_peer);
    }

    void bytesArriveUnchanged()
    {
        Listener listener(*m_stream);
        QCOMPARE(::send(m_peer, "abc", 3, 0), 3);
        QTRY_COMPARE(listener.received, "abc");
        m_stream->queue("1");
        m_stream->queue("22");
        QCOMPARE(readAll(m_peer), QByteArray()); // nothing leaves before the flush
        m_stream->write("333");
        QCOMPARE(readAll(m_peer), "122333");
        QCOMPARE(m_stream->pendingBytes(), 0);
    }

    void whatTheSocketRefusesFollowsInOrder()
    {
        Listener listener(*m_stream);
        QByteArray sent;
        for (int i = 0; i < 300; ++i) {
            const QByteArray block(10000, char('a' + i % 26));
            sent.append(block);
            if (i % 2)
                m_stream->write(block);
            else
                m_stream->queue(block);
        }
        QVERIFY(m_stream->pendingBytes() > 0);
        QVERIFY(m_stream->isBlocked());
        QByteArray got;
        QTRY_VERIFY2((got.append(readAll(m_peer)), got.size() == sent.size()), "all of it");
        QVERIFY(got == sent);
        QTRY_COMPARE(listener.drains, 1);
        QCOMPARE(m_stream->pendingBytes(), 0);
    }

    void finishEndsOurSideAfterTheLastByte()
    {
        Listener listener(*m_stream);
        const QByteArray block(3000000, 'x');
        m_stream->write(block);
        m_stream->finish();
        qsizetype got = 0;
        QTRY_VERIFY((got += readAll(m_peer).size(), got == block.size()));
        char byte = 0;
        QTRY_COMPARE(::recv(m_peer, &byte, 1, MSG_DONTWAIT), 0);
        QCOMPARE(::send(m_peer, "late", 4, MSG_NOSIGNAL), 4); // reading goes on
        QTRY_COMPARE(listener.received, "late");
    }

    void endAndFailureAreToldByReading()
    {
        Listener listener(*m_stream);
        ::shutdown(m_peer, SHUT_RDWR);
        m_stream->write("x"); // does not call back
        QCOMPARE(listener.end, 0);
        QTRY_VERIFY(listener.end < 0);
    }

    void dropKeepsAHalfWrittenFrame()
    {
        const Listener listener(*m_stream);
        const QByteArray block(4000000, 'x');
        m_stream->write(block);
        m_stream->write("dropped");
        const auto frames = [](QByteArrayView, qsizetype offset) { return (offset + 999) / 1000 * 1000; };
        m_stream->dropUnstarted(frames);
        QVERIFY(m_stream->pendingBytes() < 1000);
        m_stream->write("END");
        QByteArray got;
        QTRY_VERIFY((got.append(readAll(m_peer)), got.endsWith("END")));
        QCOMPARE((got.size() - 3) % 1000, 0);
        QVERIFY(!got.contains("dropped"));
    }

    void listenerMayDestroyTheStream()
    {
        struct Destroyer final : ByteStreamListener {
            void readable() override { stream->reset(); }
            void drained() override { }
            std::unique_ptr<DescriptorStream> *stream = nullptr;
        } destroyer;
        destroyer.stream = &m_stream;
        m_stream->setListener(&destroyer);
        QCOMPARE(::send(m_peer, "abc", 3, 0), 3);
        QTRY_VERIFY(!m_stream);
    }

private:
    int m_peer = -1;
    std::unique_ptr<DescriptorStream> m_stream;
};

QTEST_GUILESS_MAIN(DescriptorStreamTest)
#include "tst_descriptorstream.moc"
