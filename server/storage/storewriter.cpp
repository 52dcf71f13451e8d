// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/storewriter.h"

#include <QLoggingCategory>

namespace tertulia {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Q_LOGGING_CATEGORY(logStore, "tertulia.storage")

// A larger group would only make its first write wait for its last.
constexpr qsizetype kLargestGroup = 5000;
constexpr auto kBusyPatience = 5s;
// Once it is known to be held by someone, and when stopping, writes are refused sooner.
constexpr auto kShortPatience = 1s;
constexpr auto kBusyPause = 20ms;
constexpr auto kProbeInterval = 1000ms;
constexpr auto kIdleBeforeHouseWork = 200ms;
// Under load without a pause the index still follows, slowly.
constexpr auto kHouseWorkUnderLoad = 1s;
constexpr auto kIndexPatience = 10s;

} // namespace

StoreWriter::StoreWriter(
    std::shared_ptr<const SqlDialect> dialect, const Clock &clock, CompletionBox &box, qsizetype queueLimit)
    : m_dialect(std::move(dialect))
    , m_clock(clock)
    , m_box(box)
    , m_queue(queueLimit)
{
}

StoreWriter::~StoreWriter()
{
    stop();
}

void StoreWriter::start()
{
    m_thread = std::thread([this] { run(); });
}

void StoreWriter::stop()
{
    m_queue.close();
    if (m_thread.joinable())
        m_thread.join();
}

void StoreWriter::run()
{
    openIfNeeded();
    bool hasIndexRequests = false;
    for (;;) {
        Group group = m_queue.take(kLargestGroup, patience(hasIndexRequests));
        hasIndexRequests = serveIndexRequests();
        if (!group.empty()) {
            m_isIdle = false;
            writeGroup(std::move(group));
            keepHouse(false);
        } else if (m_queue.isClosed()) {
            break;
        } else if (!isHealthy()) {
            probe();
        } else {
            keepHouse(true);
        }
    }
    {
        const std::lock_guard lock(m_indexMutex);
        m_indexStopped = true;
    }
    m_indexChanged.notify_all();
    m_storage.reset();
}

std::optional<std::chrono::milliseconds> StoreWriter::patience(bool hasIndexRequests) const
{
    if (hasIndexRequests)
        return 0ms;
    if (!isHealthy())
        return kProbeInterval;
    if (!m_hasHouseWork)
        return std::nullopt;
    // Not in the gap between two writes of a busy time: a step of few entries costs a commit all the same.
    return m_isIdle ? 0ms : kIdleBeforeHouseWork;
}

void StoreWriter::writeGroup(Group group)
{
    const auto start = std::chrono::steady_clock::now();
    const bool isOpen = openIfNeeded();
    if (isOpen && beginPatiently() && runTasks(group) && m_storage->connection().commit()) {
        setHealthy(true);
        m_hasHouseWork = true;
        finish(std::move(group), {}, std::chrono::steady_clock::now() - start);
        return;
    }
    if (isHealthy() && m_storage)
        qCWarning(logStore).noquote() << "Writing fails:" << m_storage->connection().failureText();
    setHealthy(false);
    recover();
    finish(std::move(group), ErrorCode::StoreUnavailable, 0ns);
}

bool StoreWriter::openIfNeeded()
{
    if (m_storage)
        return true;
    auto opened = SqlStorage::open(m_dialect, SqlAccess::Writer, m_clock);
    if (!opened) {
        if (isHealthy())
            qCWarning(logStore).noquote() << opened.error().detail;
        setHealthy(false);
        return false;
    }
    m_storage = std::move(*opened);
    return true;
}

bool StoreWriter::beginPatiently()
{
    SqlConnection &connection = m_storage->connection();
    const auto start = std::chrono::steady_clock::now();
    for (;;) {
        connection.clearFailure();
        if (connection.begin(SqlTransaction::Write))
            return true;
        const auto patience = isHealthy() && !m_queue.isClosed() ? kBusyPatience : kShortPatience;
        if (connection.failure() != SqlFailure::Busy || std::chrono::steady_clock::now() - start > patience)
            return false;
        m_queue.pause(kBusyPause);
    }
}

bool StoreWriter::runTasks(Group &group)
{
    for (StoreJob &job : group) {
        job.task(*m_storage);
        if (m_storage->connection().hasFailed())
            return false;
    }
    return true;
}

void StoreWriter::finish(Group group, const Result<void> &outcome, std::chrono::nanoseconds time)
{
    std::vector<CompletionBox::Delivery> deliveries;
    deliveries.reserve(group.size() + 1);
    if (outcome && m_observer)
        deliveries.emplace_back(
            [observer = m_observer, time, count = qsizetype(group.size())] { observer(time, count); });
    for (StoreJob &job : group)
        deliveries.emplace_back([done = std::move(job.done), outcome] { done(outcome); });
    m_box.post(std::move(deliveries));
}

void StoreWriter::recover()
{
    if (!m_storage)
        return;
    SqlConnection &connection = m_storage->connection();
    const SqlFailure failure = connection.failure();
    if (connection.isInTransaction())
        connection.rollback();
    // After a failed fsync the pages in memory and on disk may differ: everything is read anew.
    if (failure == SqlFailure::Busy || failure == SqlFailure::Full)
        connection.clearFailure();
    else
        m_storage.reset();
}

void StoreWriter::setHealthy(bool healthy)
{
    if (m_healthy.exchange(healthy, std::memory_order_relaxed) != healthy && healthy)
        qCInfo(logStore) << "Writing works again.";
}

void StoreWriter::probe()
{
    if (!openIfNeeded())
        return;
    if (m_storage->probe())
        setHealthy(true);
    else
        recover();
}

void StoreWriter::keepHouse(bool isIdle)
{
    const auto now = std::chrono::steady_clock::now();
    if (!m_storage || !isHealthy() || !m_hasHouseWork || (!isIdle && now - m_lastHouseWork < kHouseWorkUnderLoad))
        return;
    const auto didWork = m_storage->housekeeping().step();
    // Where it fails there is nothing to undo: the next write shows what is the matter.
    m_hasHouseWork = didWork && *didWork;
    if (!didWork || m_storage->connection().hasFailed())
        recover();
    m_isIdle = isIdle;
    m_lastHouseWork = std::chrono::steady_clock::now();
}

bool StoreWriter::waitForIndex(RoomKey room)
{
    std::unique_lock lock(m_indexMutex);
    const quint64 failures = m_indexFailures;
    m_indexRequests.insert(room);
    m_queue.wake();
    // All that the asker saw was committed before: when the room is struck off, the index holds it.
    const bool isOver = m_indexChanged.wait_for(lock, kIndexPatience,
        [&] { return m_indexStopped || m_indexFailures != failures || !m_indexRequests.contains(room); });
    return isOver && !m_indexStopped && m_indexFailures == failures;
}

bool StoreWriter::serveIndexRequests()
{
    std::set<RoomKey> rooms;
    {
        const std::lock_guard lock(m_indexMutex);
        rooms = m_indexRequests;
    }
    if (rooms.empty())
        return false;
    bool succeeded = openIfNeeded();
    std::erase_if(rooms, [&](RoomKey room) {
        const auto isComplete = succeeded ? m_storage->housekeeping().indexRoom(room) : Result<bool>(false);
        succeeded = succeeded && isComplete && !m_storage->connection().hasFailed();
        return !succeeded || !*isComplete;
    });
    if (!succeeded)
        recover();
    bool isMoreLeft = false;
    {
        const std::lock_guard lock(m_indexMutex);
        if (!succeeded) {
            m_indexRequests.clear();
            ++m_indexFailures;
        }
        for (const RoomKey complete : rooms)
            m_indexRequests.erase(complete);
        isMoreLeft = !m_indexRequests.empty();
    }
    m_indexChanged.notify_all();
    return isMoreLeft;
}

} // namespace tertulia
