// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/door.h"

#include "domain/clock.h"

#include <algorithm>
#include <utility>

namespace tertulia {

Door::Door(Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
{
}

QString Door::knock(const QString &userId, const DoorKnock &draft, std::function<void(bool)> answer)
{
    Newcomer newcomer {userId, draft, std::move(answer)};
    newcomer.knock.id = QString::number(m_next++);
    newcomer.knock.since = m_clock.now();
    const DoorKnock knock = newcomer.knock;
    m_waiting.emplace(knock.id, std::move(newcomer));
    Q_EMIT knocked(knock);
    return knock.id;
}

void Door::withdraw(const QString &knockId)
{
    if (m_waiting.erase(knockId) > 0)
        Q_EMIT gone(knockId);
}

QList<DoorKnock> Door::waiting() const
{
    QList<DoorKnock> knocks;
    knocks.reserve(qsizetype(m_waiting.size()));
    for (const auto &[id, newcomer] : m_waiting)
        knocks.append(newcomer.knock);
    // The map is ordered by text, in which "10" comes before "9".
    std::stable_sort(knocks.begin(), knocks.end(),
        [](const DoorKnock &left, const DoorKnock &right) { return left.id.toULongLong() < right.id.toULongLong(); });
    return knocks;
}

bool Door::answer(const QString &knockId, bool admit)
{
    const auto found = m_waiting.find(knockId);
    if (found == m_waiting.end())
        return false;
    const QString userId = found->second.userId;
    if (admit)
        m_admitted.insert(userId);

    // One decision is for all windows of the same person. They are taken out first: an answer may call back here.
    QList<Newcomer> answered;
    for (auto it = m_waiting.begin(); it != m_waiting.end();) {
        if (it->second.userId != userId) {
            ++it;
            continue;
        }
        answered.append(std::move(it->second));
        it = m_waiting.erase(it);
    }
    for (const Newcomer &newcomer : std::as_const(answered)) {
        Q_EMIT gone(newcomer.knock.id);
        newcomer.answer(admit);
    }
    return true;
}

} // namespace tertulia
