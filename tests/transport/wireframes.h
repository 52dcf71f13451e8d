// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QtEndian>

#include <array>

// Frames as a client writes them, right or wrong.
namespace tertulia::test {

enum Opcode : quint8 {
    Continuation = 0x0,
    Text = 0x1,
    Binary = 0x2,
    Close = 0x8,
    Ping = 0x9,
    Pong = 0xa,
    Final = 0x80
};

inline constexpr std::array<char, 4> kMask {0x12, 0x34, 0x56, 0x78};

/// `first` is the whole first byte. `declared` is the length in the header where it differs from the payload's.
inline QByteArray maskedFrame(int first, QByteArrayView payload, qint64 declared = -1)
{
    const qint64 size = declared < 0 ? payload.size() : declared;
    QByteArray frame(1, char(first));
    if (size < 126) {
        frame.append(char(0x80 | size));
    } else if (size <= 0xffff) {
        std::array<char, 2> length {};
        qToBigEndian(quint16(size), length.data());
        frame.append(char(0x80 | 126)).append(length.data(), 2);
    } else {
        std::array<char, 8> length {};
        qToBigEndian(quint64(size), length.data());
        frame.append(char(0x80 | 127)).append(length.data(), 8);
    }
    frame.append(kMask.data(), 4);
    for (qsizetype i = 0; i < payload.size(); ++i)
        frame.append(char(payload[i] ^ kMask[std::size_t(i % 4)]));
    return frame;
}

inline QByteArray textFrame(QByteArrayView payload)
{
    return maskedFrame(Final | Text, payload);
}

inline QByteArray closePayload(int code, QByteArrayView reason = {})
{
    QByteArray payload(2, '\0');
    qToBigEndian(quint16(code), payload.data());
    return payload.append(reason);
}

} // namespace tertulia::test
