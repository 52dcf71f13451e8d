// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/timerwheel.h"

#include <algorithm>

namespace tertulia {

void TimerWheel::Entry::unlink()
{
    if (!m_next)
        return;
    m_previous->m_next = m_next;
    m_next->m_previous = m_previous;
    m_next = m_previous = nullptr;
}

void TimerWheel::Ring::append(Entry &entry)
{
    TimerWheel::link(entry, *this);
}

TimerWheel::TimerWheel(QObject *parent)
    : QObject(parent)
{
}

// Entries may outlive the wheel at shutdown: they must not point into it then.
TimerWheel::~TimerWheel()
{
    for (Ring &ring : m_slots) {
        while (!ring.isEmpty())
            ring.first()->unlink();
    }
    while (!m_due.isEmpty())
        m_due.first()->unlink();
}

void TimerWheel::link(Entry &entry, Entry &ring)
{
    entry.m_previous = ring.m_previous;
    entry.m_next = &ring;
    ring.m_previous->m_next = &entry;
    ring.m_previous = &entry;
}

void TimerWheel::start(Entry &entry, std::chrono::milliseconds delay)
{
    entry.unlink();
    if (!m_timer.isActive()) {
        m_doneTick = currentTick();
        m_timer.start(int(kTick.count()), Qt::PreciseTimer, this);
    }
    const qint64 ticks = (delay + kTick - std::chrono::milliseconds(1)) / kTick;
    entry.m_dueTick = std::max(currentTick() + std::max<qint64>(1, ticks), m_doneTick + 1);
    m_slots[std::size_t(entry.m_dueTick) % kSlots].append(entry);
}

void TimerWheel::timerEvent(QTimerEvent *)
{
    const qint64 now = currentTick();
    // After a long sleep each slot is looked at once.
    const qint64 first = std::max(m_doneTick + 1, now - qint64(kSlots) + 1);
    for (qint64 tick = first; tick <= now; ++tick) {
        Ring &ring = m_slots[std::size_t(tick) % kSlots];
        for (Entry *entry = ring.first(); entry != &ring;) {
            Entry *next = entry->m_next;
            if (entry->m_dueTick <= now) {
                entry->unlink();
                m_due.append(*entry);
            }
            entry = next;
        }
    }
    m_doneTick = now;
    while (!m_due.isEmpty()) {
        Entry *entry = m_due.first();
        entry->unlink();
        entry->timeReached();
    }
    const bool isIdle = std::all_of(m_slots.begin(), m_slots.end(), [](const Ring &ring) { return ring.isEmpty(); });
    if (isIdle)
        m_timer.stop();
}

} // namespace tertulia
