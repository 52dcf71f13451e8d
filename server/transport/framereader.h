// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/closecode.h"
#include "transport/utf8checker.h"

#include <QByteArray>
#include <QByteArrayView>

#include <array>

namespace tertulia {

/// Reads a client's WebSocket frames (RFC 6455 section 5), strictly: unmasked, reserved, misplaced or oversized frames
/// are errors, UTF-8 is checked as it arrives, and what a message may not be is refused from its declared length,
/// before any of it is kept. Pure: bytes in, events out. Holds no buffer between messages.
class FrameReader
{
public:
    enum class Event : quint8 {
        NeedMore, ///< all input was eaten
        Text,
        Binary,
        Ping,
        Pong,
        Close, ///< closeCode(), and takePayload() is the reason
        Error, ///< errorCode(); nothing more is read
    };

    struct Limits {
        qint64 messageBytes = 16 * 1024 * 1024;
        int fragments = 100000;
    };

    /// Eats from the front of `input` up to the next event.
    [[nodiscard]] Event next(QByteArrayView &input, const Limits &limits);

    /// What the last event carried.
    [[nodiscard]] QByteArray takePayload() { return std::move(m_payload); }
    [[nodiscard]] int closeCode() const { return m_closeCode; } ///< 1005 = none given
    [[nodiscard]] CloseCode errorCode() const { return m_errorCode; }

    /// A frame or a message has begun and not ended.
    [[nodiscard]] bool isMidMessage() const { return m_headerSize > 0 || m_isInPayload || m_isFragmented; }
    /// What the message that is coming has declared so far.
    [[nodiscard]] qint64 declaredBytes() const { return m_message.size() + m_frameLeft; }

private:
    enum Opcode : quint8 {
        Continuation = 0x0,
        TextFrame = 0x1,
        BinaryFrame = 0x2,
        CloseFrame = 0x8,
        PingFrame = 0x9,
        PongFrame = 0xa
    };

    [[nodiscard]] bool readHeader(QByteArrayView &input);
    [[nodiscard]] bool acceptHeader(const Limits &limits);
    [[nodiscard]] bool checkOpcode(const Limits &limits);
    [[nodiscard]] bool readPayload(QByteArrayView &input);
    [[nodiscard]] Event finishFrame();
    [[nodiscard]] Event finishClose();
    [[nodiscard]] bool isControl() const { return m_opcode >= CloseFrame; }
    Event fail(CloseCode code);

    std::array<char, 14> m_header {};
    quint8 m_headerSize = 0; ///< bytes of the header that are here
    quint8 m_opcode = 0;
    quint8 m_messageOpcode = 0;
    bool m_isFinal = false;
    bool m_isInPayload = false;
    bool m_isFragmented = false; ///< between the first and the last frame of a message
    bool m_hasFailed = false;
    Utf8Checker m_utf8;
    CloseCode m_errorCode = CloseCode::ProtocolError;
    int m_closeCode = 1005;
    int m_fragments = 0;
    quint64 m_mask = 0; ///< twice the four bytes, turned so that the next byte's is first
    qint64 m_frameLeft = 0;
    QByteArray m_message;
    QByteArray m_control; ///< payload of a control frame, which may come between a message's fragments
    QByteArray m_payload;
};

} // namespace tertulia
