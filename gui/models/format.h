// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/timestamp.h"

#include <QLocale>
#include <QString>

namespace tertulia {

/// Numbers as people read them, in the language of the interface (the default QLocale).

[[nodiscard]] QString formatBytes(double bytes); ///< "212 KiB"
[[nodiscard]] QString formatNumber(double number); ///< one decimal below ten: "4.2", "38", "1,204"
[[nodiscard]] QString formatMilliseconds(double milliseconds); ///< "4.2 ms", "1.3 s"
[[nodiscard]] QString formatDuration(qint64 seconds); ///< "12 min", "2 h 14 min"
[[nodiscard]] QString formatTime(Timestamp time); ///< local hours and minutes
[[nodiscard]] QString formatTimeWithSeconds(Timestamp time);
[[nodiscard]] QString formatFullDate(Timestamp time); ///< local, long
/// "Today", "Yesterday, Friday 20 November", or the long date.
[[nodiscard]] QString formatDay(const QDate &day, const QDate &today);
/// A tool tip that shows exactly `text`, whoever wrote it: Qt would take a text with tags for rich text.
[[nodiscard]] QString plainToolTip(const QString &text);

} // namespace tertulia
