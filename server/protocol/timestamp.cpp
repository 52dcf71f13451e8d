// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/timestamp.h"

namespace tertulia {

namespace {

void putDigits(char *to, unsigned value, int digits)
{
    for (int i = digits - 1; i >= 0; --i) {
        to[i] = static_cast<char>('0' + value % 10);
        value /= 10;
    }
}

} // namespace

QByteArray toWire(Timestamp time)
{
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(time - day);

    QByteArray text("0000-00-00T00:00:00.000Z", 24);
    char *to = text.data();
    putDigits(to, static_cast<unsigned>(int(date.year())), 4);
    putDigits(to + 5, unsigned(date.month()), 2);
    putDigits(to + 8, unsigned(date.day()), 2);
    putDigits(to + 11, static_cast<unsigned>(clock.hours().count()), 2);
    putDigits(to + 14, static_cast<unsigned>(clock.minutes().count()), 2);
    putDigits(to + 17, static_cast<unsigned>(clock.seconds().count()), 2);
    putDigits(to + 20, static_cast<unsigned>(clock.subseconds().count()), 3);
    return text;
}

std::optional<Timestamp> timestampFromWire(QStringView text)
{
    const QDateTime parsed = QDateTime::fromString(text.toString(), Qt::ISODateWithMs);
    // A local time would mean something else on every machine.
    if (!parsed.isValid() || parsed.timeSpec() == Qt::LocalTime)
        return std::nullopt;
    return fromMilliseconds(parsed.toMSecsSinceEpoch());
}

} // namespace tertulia
