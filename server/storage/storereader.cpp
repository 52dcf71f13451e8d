// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/storereader.h"

namespace tertulia {

StoreReader::StoreReader(std::shared_ptr<const SqlDialect> dialect, const Clock &clock, CompletionBox &box,
    WorkQueue &queue, SqlEntryLog::IndexRequest indexRequest)
    : m_dialect(std::move(dialect))
    , m_clock(clock)
    , m_box(box)
    , m_queue(queue)
    , m_indexRequest(std::move(indexRequest))
    , m_thread([this] { run(); })
{
}

StoreReader::~StoreReader()
{
    m_queue.close();
    m_thread.join();
}

void StoreReader::run()
{
    for (;;) {
        std::deque<StoreJob> jobs = m_queue.take(1, std::nullopt);
        if (jobs.empty() && m_queue.isClosed())
            break;
        for (StoreJob &job : jobs) {
            Result<void> outcome;
            if (!runTask(job.task))
                outcome = ErrorCode::StoreUnavailable;
            std::vector<CompletionBox::Delivery> deliveries;
            deliveries.emplace_back([done = std::move(job.done), outcome] { done(outcome); });
            m_box.post(std::move(deliveries));
        }
    }
    m_storage.reset();
}

bool StoreReader::openIfNeeded()
{
    if (m_storage)
        return true;
    auto opened = SqlStorage::open(m_dialect, SqlAccess::Reader, m_clock);
    if (!opened)
        return false;
    m_storage = std::move(*opened);
    m_storage->entries().setIndexRequest(m_indexRequest);
    return true;
}

bool StoreReader::runTask(const Store::Task &task)
{
    if (!openIfNeeded())
        return false;
    SqlConnection &connection = m_storage->connection();
    connection.clearFailure();
    bool succeeded = connection.begin(SqlTransaction::Read);
    if (succeeded) {
        task(*m_storage);
        succeeded = connection.isInTransaction() && connection.commit();
    }
    // A broken connection heals by being made anew.
    if (!succeeded)
        m_storage.reset();
    return succeeded;
}

} // namespace tertulia
