// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/storereader.h"
#include "storage/storewriter.h"

namespace tertulia {

/// The store over a database of SQL: one thread that writes and two that read, each with its own connection. Made, used
/// and destroyed in one thread with an event loop; everything is delivered there.
class SqlStore final : public Store
{
public:
    /// The database must have been prepared (prepareDatabase). `clock` outlives the store.
    SqlStore(std::shared_ptr<const SqlDialect> dialect, const Clock &clock, qsizetype queueLimit = kQueueLimit);
    /// stop(); what was not delivered by then is dropped.
    ~SqlStore() override;
    Q_DISABLE_COPY_MOVE(SqlStore)

    static constexpr qsizetype kQueueLimit = 100'000;

    void write(Task task, Done done) override;
    void read(Task task, Done done) override;
    [[nodiscard]] bool isHealthy() const override { return m_writer.isHealthy(); }
    [[nodiscard]] qsizetype queueLimit() const override { return m_queueLimit; }

    /// Called after each commit, before its writes are told: from the group's turn to the end of the commit, and how
    /// many writes it held.
    void setCommitObserver(StoreWriter::Observer observer);
    /// Refuses what comes from now on, commits what waits (within some seconds even if the database is held by another
    /// process), and returns then. The outcomes are delivered by the event loop.
    void stop();

private:
    void refuse(Done done);

    const std::shared_ptr<const SqlDialect> m_dialect;
    const qsizetype m_queueLimit;
    StoreWriter::Observer m_observer;
    CompletionBox m_box;
    StoreWriter m_writer;
    WorkQueue m_reads;
    std::vector<std::unique_ptr<StoreReader>> m_readers;
};

} // namespace tertulia
