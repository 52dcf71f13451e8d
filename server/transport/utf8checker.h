// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

namespace tertulia {

/// Checks UTF-8 (RFC 3629) as it arrives: a wrong byte is seen at once, not at the end of the message.
class Utf8Checker
{
public:
    /// False from the first byte that no continuation can make right.
    [[nodiscard]] bool feed(QByteArrayView bytes);
    /// No character is half there.
    [[nodiscard]] bool isComplete() const { return m_needed == 0; }
    void reset() { *this = {}; }

private:
    quint8 m_needed = 0; ///< continuation bytes to come
    quint8 m_lowest = 0x80; ///< of the next one: refuses overlong forms, surrogates, and what is past U+10FFFF
    quint8 m_highest = 0xbf;
};

} // namespace tertulia
