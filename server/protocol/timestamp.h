// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QStringView>

#include <chrono>
#include <optional>

namespace tertulia {

/// A moment in UTC, in milliseconds: the precision of the wire.
using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

/// "2026-11-21T09:30:00.123Z".
[[nodiscard]] QByteArray toWire(Timestamp time);

/// The moment of an ISO 8601 text with an offset or Z; nothing where the text is no such thing.
[[nodiscard]] std::optional<Timestamp> timestampFromWire(QStringView text);

[[nodiscard]] inline qint64 toMilliseconds(Timestamp time)
{
    return time.time_since_epoch().count();
}

[[nodiscard]] inline Timestamp fromMilliseconds(qint64 milliseconds)
{
    return Timestamp(std::chrono::milliseconds(milliseconds));
}

[[nodiscard]] inline QDateTime toDateTime(Timestamp time)
{
    return QDateTime::fromMSecsSinceEpoch(toMilliseconds(time), Qt::UTC);
}

} // namespace tertulia

Q_DECLARE_METATYPE(tertulia::Timestamp)
