// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/completionbox.h"
#include "storage/sqlstorage.h"
#include "storage/workqueue.h"

#include <atomic>
#include <set>
#include <thread>

namespace tertulia {

/// The thread that writes: everything that waits becomes one transaction, and one fsync.
class StoreWriter
{
public:
    using Observer = std::function<void(std::chrono::nanoseconds commitTime, qsizetype writes)>;

    StoreWriter(
        std::shared_ptr<const SqlDialect> dialect, const Clock &clock, CompletionBox &box, qsizetype queueLimit);
    /// Commits what waits first.
    ~StoreWriter();
    Q_DISABLE_COPY_MOVE(StoreWriter)

    void start();
    /// Refuses what comes from now on, commits what waits, and returns when that is done.
    void stop();
    /// As WorkQueue::push().
    bool push(StoreJob &job) { return m_queue.push(job); }
    /// Called in the thread of the box after each commit. To be set before start().
    void setObserver(Observer observer) { m_observer = std::move(observer); }
    [[nodiscard]] bool isHealthy() const { return m_healthy.load(std::memory_order_relaxed); }
    /// From another thread: returns when the room's search index is complete; false where it cannot be made so.
    bool waitForIndex(RoomKey room);

private:
    using Group = std::deque<StoreJob>;

    void run();
    [[nodiscard]] std::optional<std::chrono::milliseconds> patience(bool hasIndexRequests) const;
    void writeGroup(Group group);
    bool openIfNeeded();
    bool beginPatiently();
    bool runTasks(Group &group);
    void finish(Group group, const Result<void> &outcome, std::chrono::nanoseconds time);
    void recover();
    void setHealthy(bool healthy);
    void keepHouse(bool isIdle);
    void probe();
    /// A step for each; whether some are left.
    bool serveIndexRequests();

    const std::shared_ptr<const SqlDialect> m_dialect;
    const Clock &m_clock;
    CompletionBox &m_box;
    WorkQueue m_queue;
    Observer m_observer;
    std::atomic<bool> m_healthy = true;
    std::unique_ptr<SqlStorage> m_storage; ///< in the writer's thread only
    bool m_hasHouseWork = true;
    bool m_isIdle = false; ///< nothing was written for a while: house work goes on without a pause
    std::chrono::steady_clock::time_point m_lastHouseWork;

    std::mutex m_indexMutex;
    std::condition_variable m_indexChanged;
    std::set<RoomKey> m_indexRequests; ///< until the room's index is complete
    quint64 m_indexFailures = 0;
    bool m_indexStopped = false;

    std::thread m_thread;
};

} // namespace tertulia
