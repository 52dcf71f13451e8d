// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/httptext.h"

#include <algorithm>
#include <array>

namespace tertulia {

namespace {

struct Reason {
    int status;
    const char *phrase;
};

constexpr std::array kReasons {
    Reason {200, "OK"},
    Reason {201, "Created"},
    Reason {202, "Accepted"},
    Reason {204, "No Content"},
    Reason {206, "Partial Content"},
    Reason {301, "Moved Permanently"},
    Reason {302, "Found"},
    Reason {303, "See Other"},
    Reason {304, "Not Modified"},
    Reason {307, "Temporary Redirect"},
    Reason {308, "Permanent Redirect"},
    Reason {400, "Bad Request"},
    Reason {401, "Unauthorized"},
    Reason {403, "Forbidden"},
    Reason {404, "Not Found"},
    Reason {405, "Method Not Allowed"},
    Reason {406, "Not Acceptable"},
    Reason {408, "Request Timeout"},
    Reason {409, "Conflict"},
    Reason {410, "Gone"},
    Reason {411, "Length Required"},
    Reason {412, "Precondition Failed"},
    Reason {413, "Content Too Large"},
    Reason {415, "Unsupported Media Type"},
    Reason {416, "Range Not Satisfiable"},
    Reason {421, "Misdirected Request"},
    Reason {422, "Unprocessable Content"},
    Reason {426, "Upgrade Required"},
    Reason {429, "Too Many Requests"},
    Reason {431, "Request Header Fields Too Large"},
    Reason {500, "Internal Server Error"},
    Reason {501, "Not Implemented"},
    Reason {503, "Service Unavailable"},
};

constexpr std::array kDays {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array kMonths {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

QByteArray twoDigits(qint64 number)
{
    return QByteArray::number(number).rightJustified(2, '0');
}

std::optional<qint64> number(QByteArrayView text)
{
    constexpr qsizetype kMostDigits = 18;
    const bool isDigits = std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (text.isEmpty() || text.size() > kMostDigits || !isDigits)
        return std::nullopt;
    return text.toByteArray().toLongLong();
}

} // namespace

QByteArray httpReason(int status)
{
    const auto found = std::find_if(
        kReasons.begin(), kReasons.end(), [status](const Reason &reason) { return reason.status == status; });
    return found == kReasons.end() ? QByteArray("Status") : QByteArray(found->phrase);
}

QByteArray httpDate(std::chrono::system_clock::time_point time)
{
    using namespace std::chrono;
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(floor<seconds>(time - day));
    QByteArray text;
    text.reserve(32);
    text.append(kDays[weekday(day).c_encoding()]).append(", ").append(twoDigits(qint64(unsigned(date.day()))));
    text.append(' ')
        .append(kMonths[unsigned(date.month()) - 1])
        .append(' ')
        .append(QByteArray::number(int(date.year())));
    text.append(' ').append(twoDigits(clock.hours().count())).append(':').append(twoDigits(clock.minutes().count()));
    return text.append(':').append(twoDigits(clock.seconds().count())).append(" GMT");
}

std::optional<ByteRange> parseByteRange(QByteArrayView field, qint64 size)
{
    constexpr QByteArrayView kUnit("bytes=");
    if (!field.startsWith(kUnit))
        return std::nullopt;
    const QByteArrayView range = field.sliced(kUnit.size()).trimmed();
    const qsizetype dash = range.indexOf('-');
    if (dash < 0)
        return std::nullopt;
    const auto last = number(range.sliced(dash + 1));
    if (dash == 0) { // the last so many bytes
        if (!last)
            return std::nullopt;
        const qint64 length = std::min(*last, size);
        return ByteRange {size - length, length};
    }
    const auto first = number(range.first(dash));
    const bool isOpenEnded = dash + 1 == range.size();
    if (!first || (!last && !isOpenEnded) || (last && *last < *first))
        return std::nullopt;
    if (*first >= size)
        return ByteRange {};
    const qint64 end = last ? std::min(*last, size - 1) : size - 1;
    return ByteRange {*first, end - *first + 1};
}

} // namespace tertulia
