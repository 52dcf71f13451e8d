// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/clock.h"
#include "protocol/result.h"

#include <QHash>
#include <QString>

#include <array>
#include <chrono>
#include <list>

namespace tertulia {

/// Slows the guessing of passwords and join codes: ten failures within a minute for one name or from one address, and
/// both are refused until the oldest of the ten is a minute old. Server thread.
///
/// Ask before the password is looked at and once more when the verdict is there: of many guesses that run at the same
/// time only the first ten learn anything.
class SignInThrottle
{
public:
    static constexpr int kFailures = 10;
    static constexpr std::chrono::seconds kWindow {60};

    /// At most `capacity` names and addresses are remembered; the one that failed longest ago goes first.
    explicit SignInThrottle(const Clock &clock, qsizetype capacity = 10000);

    /// TooManyRequests with retryAfterMs, rounded up to whole seconds. An empty name or address is not looked at.
    [[nodiscard]] Result<void> check(const QString &name, const QString &address) const;
    void failed(const QString &name, const QString &address);
    [[nodiscard]] qsizetype size() const { return m_index.size(); }

private:
    using Moment = std::chrono::steady_clock::time_point;
    struct Record {
        QString key;
        std::array<Moment, kFailures> failures; ///< a ring
        int count = 0; ///< how many of them are set
        int next = 0; ///< the oldest one once all are set
    };

    [[nodiscard]] std::chrono::milliseconds waitFor(const QString &key) const;
    void remember(const QString &key);

    const Clock &m_clock;
    qsizetype m_capacity;
    std::list<Record> m_records; ///< the latest failure first
    QHash<QString, std::list<Record>::iterator> m_index;
};

} // namespace tertulia
