// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/format.h"

#include <QCoreApplication>

#include <cmath>

namespace tertulia {

using namespace Qt::StringLiterals;

QString formatBytes(double bytes)
{
    return QLocale().formattedDataSize(qint64(bytes), bytes < 1024 ? 0 : bytes < 10 * 1024 ? 1 : 0);
}

QString formatNumber(double number)
{
    const double size = std::abs(number);
    const int decimals = size < 0.05 || size >= 10 || std::floor(number) == number ? 0 : 1;
    return QLocale().toString(number, 'f', decimals);
}

QString formatMilliseconds(double milliseconds)
{
    if (milliseconds >= 1000)
        return QString(QLocale().toString(milliseconds / 1000, 'f', 1) % u" s"_s);
    return QString(formatNumber(milliseconds) % u" ms"_s);
}

QString formatDuration(qint64 seconds)
{
    if (seconds < 60)
        return QString(QString::number(std::max<qint64>(0, seconds)) % u" s"_s);
    const qint64 minutes = seconds / 60;
    if (minutes < 60)
        return QString(QString::number(minutes) % u" min"_s);
    const qint64 hours = minutes / 60;
    if (hours < 48)
        return QCoreApplication::translate("Format", "%1 h %2 min").arg(hours).arg(minutes % 60);
    return QCoreApplication::translate("Format", "%1 d %2 h").arg(hours / 24).arg(hours % 24);
}

QString formatTime(Timestamp time)
{
    return QLocale().toString(toDateTime(time).toLocalTime().time(), QLocale::ShortFormat);
}

QString formatTimeWithSeconds(Timestamp time)
{
    return toDateTime(time).toLocalTime().toString(u"HH:mm:ss"_s);
}

QString formatFullDate(Timestamp time)
{
    return QLocale().toString(toDateTime(time).toLocalTime(), QLocale::LongFormat);
}

QString formatDay(const QDate &day, const QDate &today)
{
    if (day == today)
        return QCoreApplication::translate("Format", "Today");
    const QString date = QLocale().toString(day, QLocale::LongFormat);
    if (day.daysTo(today) == 1)
        return QCoreApplication::translate("Format", "Yesterday, %1").arg(date);
    return date;
}

QString plainToolTip(const QString &text)
{
    return text.isEmpty() ? text
                          : QString("<span style='white-space: pre-wrap'>"_L1 % text.toHtmlEscaped() % "</span>"_L1);
}

} // namespace tertulia
