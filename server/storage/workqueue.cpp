// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/workqueue.h"

namespace tertulia {

WorkQueue::WorkQueue(qsizetype limit)
    : m_limit(limit)
{
}

bool WorkQueue::push(StoreJob &job)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_closed || qsizetype(m_jobs.size()) >= m_limit)
            return false;
        m_jobs.push_back(std::move(job));
        // Whoever found the first job takes the others with it, or comes again by itself.
        if (m_jobs.size() > 1)
            return true;
    }
    m_changed.notify_one();
    return true;
}

void WorkQueue::wake()
{
    {
        const std::lock_guard lock(m_mutex);
        m_woken = true;
    }
    m_changed.notify_all();
}

void WorkQueue::close()
{
    {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
    }
    m_changed.notify_all();
}

bool WorkQueue::isClosed() const
{
    const std::lock_guard lock(m_mutex);
    return m_closed;
}

std::deque<StoreJob> WorkQueue::take(qsizetype most, std::optional<std::chrono::milliseconds> patience)
{
    std::unique_lock lock(m_mutex);
    const auto isReady = [this] { return !m_jobs.empty() || m_closed || m_woken; };
    if (patience)
        m_changed.wait_for(lock, *patience, isReady);
    else
        m_changed.wait(lock, isReady);
    m_woken = false;
    std::deque<StoreJob> taken;
    if (qsizetype(m_jobs.size()) <= most) {
        taken.swap(m_jobs);
        return taken;
    }
    const auto end = m_jobs.begin() + most;
    taken.assign(std::make_move_iterator(m_jobs.begin()), std::make_move_iterator(end));
    m_jobs.erase(m_jobs.begin(), end);
    // The rest is for the next thread that waits.
    m_changed.notify_one();
    return taken;
}

void WorkQueue::pause(std::chrono::milliseconds time)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, time, [this] { return m_closed; });
}

} // namespace tertulia
