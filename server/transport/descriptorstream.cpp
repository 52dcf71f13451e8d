// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/descriptorstream.h"

#include <QEvent>

#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <netinet/in.h>

namespace tertulia {

namespace {

constexpr qsizetype kMostBlocks = 64; ///< in one system call

#ifdef MSG_NOSIGNAL
constexpr int kSendFlags = MSG_DONTWAIT | MSG_NOSIGNAL;
#else
constexpr int kSendFlags = MSG_DONTWAIT;
#endif

bool isTemporary(int error)
{
    return error == EAGAIN || error == EWOULDBLOCK || error == EINTR || error == ENOBUFS;
}

ByteStream::Address toAddress(const sockaddr_storage &storage)
{
    ByteStream::Address address;
    // The socket interface's own polymorphism: the family says which structure it is.
    const void *const raw = &storage;
    if (storage.ss_family == AF_INET) {
        const auto *const inet = static_cast<const sockaddr_in *>(raw);
        address.host = QHostAddress(ntohl(inet->sin_addr.s_addr));
        address.port = ntohs(inet->sin_port);
    } else if (storage.ss_family == AF_INET6) {
        const auto *const inet = static_cast<const sockaddr_in6 *>(raw);
        address.host = QHostAddress(inet->sin6_addr.s6_addr);
        bool isMapped = false;
        const quint32 mapped = address.host.toIPv4Address(&isMapped);
        if (isMapped)
            address.host = QHostAddress(mapped);
        address.port = ntohs(inet->sin6_port);
    }
    return address;
}

} // namespace

bool DescriptorStream::Notifier::event(QEvent *event)
{
    if (event->type() != QEvent::SockAct)
        return QSocketNotifier::event(event);
    if (type() == QSocketNotifier::Read)
        m_stream.becameReadable();
    else
        m_stream.becameWritable();
    return true; // this may be destroyed by now
}

DescriptorStream::DescriptorStream(int descriptor)
    : m_descriptor(descriptor)
    , m_readNotifier(*this, descriptor, QSocketNotifier::Read)
{
}

DescriptorStream::~DescriptorStream()
{
    if (m_descriptor < 0)
        return;
    m_readNotifier.setEnabled(false);
    m_writeNotifier.reset();
    ::close(m_descriptor);
}

int DescriptorStream::release()
{
    m_readNotifier.setEnabled(false);
    m_writeNotifier.reset();
    return std::exchange(m_descriptor, -1);
}

int DescriptorStream::peek() const
{
    unsigned char byte = 0;
    const auto size = ::recv(m_descriptor, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    if (size == 1)
        return byte;
    return size == 0 ? int(kEnd) : isTemporary(errno) ? 256 : int(kFailed);
}

qsizetype DescriptorStream::read(char *to, qsizetype size)
{
    if (m_hasFailed || m_descriptor < 0)
        return kFailed;
    const auto got = ::recv(m_descriptor, to, std::size_t(size), MSG_DONTWAIT);
    if (got > 0)
        return got;
    if (got == 0)
        return kEnd;
    return isTemporary(errno) ? kNothing : kFailed;
}

void DescriptorStream::setReading(bool on)
{
    if (m_descriptor >= 0)
        m_readNotifier.setEnabled(on || m_hasFailed);
}

void DescriptorStream::write(const QByteArray &block)
{
    if (!m_queue.isEmpty() || m_isBlocked) {
        m_queue.append(block);
        flush();
        return;
    }
    if (m_hasFailed || m_descriptor < 0)
        return;
    const auto sent = ::send(m_descriptor, block.constData(), std::size_t(block.size()), kSendFlags);
    if (sent == block.size())
        return;
    if (sent < 0 && !isTemporary(errno)) {
        fail();
        return;
    }
    m_queue.append(block, std::max<qsizetype>(0, sent));
    setBlocked(true);
}

void DescriptorStream::flush()
{
    if (m_hasFailed || m_descriptor < 0) {
        m_queue.clear();
        return;
    }
    while (!m_isBlocked && !m_queue.isEmpty()) {
        std::array<iovec, kMostBlocks> parts;
        const qsizetype count = std::min(kMostBlocks, m_queue.count());
        std::size_t wanted = 0;
        for (qsizetype i = 0; i < count; ++i) {
            const QByteArrayView part = m_queue.at(i);
            // sendmsg() does not write to it: iovec serves readv() too.
            parts[std::size_t(i)] = {const_cast<char *>(part.data()), std::size_t(part.size())};
            wanted += std::size_t(part.size());
        }
        msghdr message {};
        message.msg_iov = parts.data();
        message.msg_iovlen = std::size_t(count);
        const auto sent = ::sendmsg(m_descriptor, &message, kSendFlags);
        if (sent < 0 && !isTemporary(errno)) {
            fail();
            return;
        }
        if (sent > 0)
            m_queue.consume(sent);
        if (sent < 0 || std::size_t(sent) < wanted)
            setBlocked(true);
    }
    if (m_isFinishing && m_queue.isEmpty())
        ::shutdown(m_descriptor, SHUT_WR);
}

void DescriptorStream::setBlocked(bool blocked)
{
    m_isBlocked = blocked;
    if (m_writeNotifier)
        m_writeNotifier->setEnabled(blocked);
    else if (blocked)
        m_writeNotifier = std::make_unique<Notifier>(*this, m_descriptor, QSocketNotifier::Write);
}

// The socket's error makes it readable for ever: who owns it learns of it there.
void DescriptorStream::fail()
{
    m_hasFailed = true;
    m_queue.clear();
    if (m_isBlocked)
        setBlocked(false);
    ::shutdown(m_descriptor, SHUT_RDWR);
    m_readNotifier.setEnabled(true);
}

void DescriptorStream::becameReadable()
{
    if (m_listener)
        m_listener->readable();
}

void DescriptorStream::becameWritable()
{
    setBlocked(false);
    flush();
    if (m_queue.isEmpty() && !m_hasFailed && m_listener)
        m_listener->drained();
}

void DescriptorStream::finish()
{
    m_isFinishing = true;
    flush();
}

void DescriptorStream::abort()
{
    if (m_descriptor < 0)
        return;
    const linger reset {1, 0};
    ::setsockopt(m_descriptor, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    ::close(release());
    m_queue.clear();
}

ByteStream::Address DescriptorStream::peer() const
{
    sockaddr_storage storage {};
    socklen_t size = sizeof storage;
    void *const raw = &storage;
    ::getpeername(m_descriptor, static_cast<sockaddr *>(raw), &size);
    return toAddress(storage);
}

ByteStream::Address DescriptorStream::local() const
{
    sockaddr_storage storage {};
    socklen_t size = sizeof storage;
    void *const raw = &storage;
    ::getsockname(m_descriptor, static_cast<sockaddr *>(raw), &size);
    return toAddress(storage);
}

} // namespace tertulia
