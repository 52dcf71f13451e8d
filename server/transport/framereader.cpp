// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/framereader.h"

#include <QtEndian>

#include <algorithm>
#include <cstring>

namespace tertulia {

namespace {

constexpr qsizetype kFirstReserve = 64 * 1024; ///< taken on the word of a declared length; the rest as it comes

bool mayBeSent(int closeCode)
{
    return (closeCode >= 1000 && closeCode <= 1003) || (closeCode >= 1007 && closeCode <= 1014)
        || (closeCode >= 3000 && closeCode <= 4999);
}

quint64 rotated(quint64 mask, int bytes)
{
    // The bytes lie in memory order; to drop `bytes` of them from the front is a shift whose direction is the
    // machine's.
    const int bits = bytes * 8;
    if (bits == 0)
        return mask;
    if constexpr (Q_BYTE_ORDER == Q_LITTLE_ENDIAN)
        return (mask >> bits) | (mask << (64 - bits));
    else
        return (mask << bits) | (mask >> (64 - bits));
}

/// Copies `size` bytes, unmasked. Returns the mask for what follows.
quint64 unmask(char *to, const char *from, qsizetype size, quint64 mask)
{
    while (size >= 8) {
        quint64 eight = 0;
        std::memcpy(&eight, from, 8);
        eight ^= mask;
        std::memcpy(to, &eight, 8);
        to += 8;
        from += 8;
        size -= 8;
    }
    std::array<char, 8> tail {};
    std::memcpy(tail.data(), &mask, 8);
    for (qsizetype i = 0; i < size; ++i)
        to[i] = char(from[i] ^ tail[std::size_t(i)]);
    return rotated(mask, int(size % 4));
}

} // namespace

FrameReader::Event FrameReader::next(QByteArrayView &input, const Limits &limits)
{
    if (m_hasFailed) {
        input = {};
        return Event::Error;
    }
    while (true) {
        if (!m_isInPayload) {
            if (!readHeader(input))
                return Event::NeedMore;
            if (!acceptHeader(limits))
                return Event::Error;
        }
        if (!readPayload(input))
            return m_hasFailed ? Event::Error : Event::NeedMore;
        if (const Event event = finishFrame(); event != Event::NeedMore)
            return event;
    }
}

// What the first two bytes say is judged as soon as they are here: a client that is not masking, say, may send no more.
bool FrameReader::readHeader(QByteArrayView &input)
{
    while (true) {
        qsizetype needed = 2;
        if (m_headerSize >= 2) {
            const auto length = quint8(m_header[1]) & 0x7f;
            const bool isWrong = (m_header[0] & 0x70) || !(m_header[1] & 0x80);
            needed += isWrong ? 0 : 4 + (length == 126 ? 2 : length == 127 ? 8 : 0);
            if (isWrong || m_headerSize == needed)
                return true;
        }
        const qsizetype size = std::min<qsizetype>(needed - m_headerSize, input.size());
        if (size == 0)
            return false;
        std::memcpy(m_header.data() + m_headerSize, input.data(), std::size_t(size));
        m_headerSize = quint8(m_headerSize + size);
        input = input.sliced(size);
    }
}

bool FrameReader::acceptHeader(const Limits &limits)
{
    const auto first = quint8(m_header[0]);
    const auto second = quint8(m_header[1]);
    if ((first & 0x70) || !(second & 0x80)) {
        fail(CloseCode::ProtocolError);
        return false;
    }
    m_isFinal = first & 0x80;
    m_opcode = first & 0x0f;
    quint64 length = second & 0x7f;
    int maskAt = 2;
    if (length == 126) {
        length = qFromBigEndian<quint16>(m_header.data() + 2);
        maskAt = 4;
        if (length < 126)
            return fail(CloseCode::ProtocolError), false; // not the shortest form
    } else if (length == 127) {
        length = qFromBigEndian<quint64>(m_header.data() + 2);
        maskAt = 10;
        if (length <= 0xffff || (length >> 63))
            return fail(CloseCode::ProtocolError), false;
    }
    quint32 mask = 0;
    std::memcpy(&mask, m_header.data() + maskAt, 4);
    m_mask = (quint64(mask) << 32) | mask;
    m_headerSize = 0;
    if (isControl() && length > 125)
        return fail(CloseCode::ProtocolError), false;
    if (!checkOpcode(limits))
        return false;
    if (!isControl() && length > quint64(limits.messageBytes - std::min<qint64>(limits.messageBytes, m_message.size())))
        return fail(CloseCode::MessageTooBig), false;
    m_frameLeft = qint64(length);
    m_isInPayload = true;
    QByteArray &target = isControl() ? m_control : m_message;
    if (target.isEmpty() && m_frameLeft > 0)
        target.reserve(qsizetype(std::min<qint64>(m_frameLeft, kFirstReserve)));
    return true;
}

bool FrameReader::checkOpcode(const Limits &limits)
{
    switch (m_opcode) {
    case TextFrame:
    case BinaryFrame:
        if (m_isFragmented)
            return fail(CloseCode::ProtocolError), false;
        m_messageOpcode = m_opcode;
        m_isFragmented = !m_isFinal;
        m_fragments = 1;
        return true;
    case Continuation:
        if (!m_isFragmented)
            return fail(CloseCode::ProtocolError), false;
        if (++m_fragments > limits.fragments)
            return fail(CloseCode::PolicyViolation), false;
        m_isFragmented = !m_isFinal;
        return true;
    case CloseFrame:
    case PingFrame:
    case PongFrame:
        return m_isFinal || (fail(CloseCode::ProtocolError), false);
    default:
        return fail(CloseCode::ProtocolError), false;
    }
}

bool FrameReader::readPayload(QByteArrayView &input)
{
    const auto size = qsizetype(std::min<qint64>(m_frameLeft, input.size()));
    if (size > 0) {
        QByteArray &target = isControl() ? m_control : m_message;
        const qsizetype before = target.size();
        if (before + size > target.capacity())
            target.reserve(std::max(before + size, qsizetype(std::min<qint64>(before * 2, before + m_frameLeft))));
        target.resize(before + size);
        m_mask = unmask(target.data() + before, input.data(), size, m_mask);
        input = input.sliced(size);
        m_frameLeft -= size;
        const bool isText = !isControl() && m_messageOpcode == TextFrame;
        if (isText && !m_utf8.feed(QByteArrayView(target).sliced(before)))
            return fail(CloseCode::InvalidPayload), false;
    }
    return m_frameLeft == 0;
}

FrameReader::Event FrameReader::finishFrame()
{
    m_isInPayload = false;
    if (m_opcode == CloseFrame)
        return finishClose();
    if (isControl()) {
        m_payload = std::exchange(m_control, {});
        return m_opcode == PingFrame ? Event::Ping : Event::Pong;
    }
    if (!m_isFinal)
        return Event::NeedMore;
    if (m_messageOpcode == TextFrame && !m_utf8.isComplete())
        return fail(CloseCode::InvalidPayload);
    m_utf8.reset();
    m_payload = std::exchange(m_message, {});
    return m_messageOpcode == TextFrame ? Event::Text : Event::Binary;
}

FrameReader::Event FrameReader::finishClose()
{
    m_payload = std::exchange(m_control, {});
    if (m_payload.isEmpty())
        return Event::Close;
    if (m_payload.size() == 1)
        return fail(CloseCode::ProtocolError);
    const int code = qFromBigEndian<quint16>(m_payload.constData());
    m_payload.remove(0, 2);
    if (!mayBeSent(code))
        return fail(CloseCode::ProtocolError);
    Utf8Checker reason;
    if (!reason.feed(m_payload) || !reason.isComplete())
        return fail(CloseCode::InvalidPayload);
    m_closeCode = code;
    return Event::Close;
}

FrameReader::Event FrameReader::fail(CloseCode code)
{
    m_hasFailed = true;
    m_errorCode = code;
    m_message = {};
    m_control = {};
    m_headerSize = 0;
    m_isInPayload = false;
    m_isFragmented = false;
    m_frameLeft = 0;
    return Event::Error;
}

} // namespace tertulia
