// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/store.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>

namespace tertulia {

/// Something to be done with the storage, and who is to be told.
struct StoreJob {
    Store::Task task;
    Store::Done done;
};

/// Jobs on their way to one or more threads. Thread-safe.
class WorkQueue
{
public:
    explicit WorkQueue(qsizetype limit);

    /// False where `limit` jobs wait already, or the queue is closed: the job is left to the caller then.
    bool push(StoreJob &job);
    /// Wakes a waiting thread without a job for it.
    void wake();
    /// Nothing more comes in; what waits is still handed out.
    void close();
    [[nodiscard]] bool isClosed() const;

    /// Up to `most` jobs, as soon as there is one; none after the time, after wake() and once it is closed and empty.
    std::deque<StoreJob> take(qsizetype most, std::optional<std::chrono::milliseconds> patience);
    /// Waits, in vain unless the queue is closed meanwhile.
    void pause(std::chrono::milliseconds time);

private:
    const qsizetype m_limit;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<StoreJob> m_jobs;
    bool m_closed = false;
    bool m_woken = false;
};

} // namespace tertulia
