// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/completionbox.h"
#include "storage/sqlstorage.h"
#include "storage/workqueue.h"

#include <thread>

namespace tertulia {

/// A thread that reads, over a connection of its own. Each task sees one state of the database, the newest.
class StoreReader
{
public:
    /// `queue` may serve several readers. `indexRequest` makes the search index of a room complete.
    StoreReader(std::shared_ptr<const SqlDialect> dialect, const Clock &clock, CompletionBox &box, WorkQueue &queue,
        SqlEntryLog::IndexRequest indexRequest);
    ~StoreReader();
    Q_DISABLE_COPY_MOVE(StoreReader)

private:
    void run();
    bool openIfNeeded();
    bool runTask(const Store::Task &task);

    const std::shared_ptr<const SqlDialect> m_dialect;
    const Clock &m_clock;
    CompletionBox &m_box;
    WorkQueue &m_queue;
    const SqlEntryLog::IndexRequest m_indexRequest;
    std::unique_ptr<SqlStorage> m_storage; ///< in the reader's thread only
    std::thread m_thread;
};

} // namespace tertulia
