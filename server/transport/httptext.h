// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <chrono>
#include <optional>

namespace tertulia {

/// The reason phrase of a status.
[[nodiscard]] QByteArray httpReason(int status);

/// "Sat, 21 Nov 2026 09:30:00 GMT" (RFC 9110 section 5.6.7).
[[nodiscard]] QByteArray httpDate(std::chrono::system_clock::time_point time);

struct ByteRange {
    qint64 first = 0;
    qint64 length = 0; ///< 0 = outside of the content: 416
};

/// The one range of a Range field (RFC 9110 section 14.2). Nothing where the field is to be ignored: another unit,
/// several ranges, or malformed.
[[nodiscard]] std::optional<ByteRange> parseByteRange(QByteArrayView field, qint64 size);

} // namespace tertulia
