// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/utf8checker.h"

#include <cstring>

namespace tertulia {

bool Utf8Checker::feed(QByteArrayView bytes)
{
    const char *at = bytes.data();
    const char *const end = at + bytes.size();
    while (at != end) {
        if (m_needed == 0) {
            quint64 eight = 0;
            while (end - at >= 8) { // plain ASCII, the common case
                std::memcpy(&eight, at, 8);
                if (eight & 0x8080808080808080u)
                    break;
                at += 8;
            }
            if (at == end)
                break;
        }
        const auto byte = quint8(*at++);
        if (m_needed > 0) {
            if (byte < m_lowest || byte > m_highest)
                return false;
            m_lowest = 0x80;
            m_highest = 0xbf;
            --m_needed;
        } else if (byte >= 0x80) {
            if (byte < 0xc2 || byte > 0xf4)
                return false;
            m_needed = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
            m_lowest = byte == 0xe0 ? 0xa0 : byte == 0xf0 ? 0x90 : 0x80;
            m_highest = byte == 0xed ? 0x9f : byte == 0xf4 ? 0x8f : 0xbf;
        }
    }
    return true;
}

} // namespace tertulia
