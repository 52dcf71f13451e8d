// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/sqlstore.h"

namespace tertulia {

namespace {

// A slow search must not hold up those who join.
constexpr int kReaders = 2;

} // namespace

SqlStore::SqlStore(std::shared_ptr<const SqlDialect> dialect, const Clock &clock, qsizetype queueLimit)
    : m_dialect(std::move(dialect))
    , m_queueLimit(queueLimit)
    , m_writer(m_dialect, clock, m_box, queueLimit)
    , m_reads(queueLimit)
{
    // The observer is looked up where it is called: in this thread.
    m_writer.setObserver([this](std::chrono::nanoseconds time, qsizetype writes) {
        if (m_observer)
            m_observer(time, writes);
    });
    m_writer.start();
    for (int i = 0; i < kReaders; ++i) {
        m_readers.push_back(std::make_unique<StoreReader>(
            m_dialect, clock, m_box, m_reads, [this](RoomKey room) { return m_writer.waitForIndex(room); }));
    }
}

SqlStore::~SqlStore()
{
    stop();
}

void SqlStore::setCommitObserver(StoreWriter::Observer observer)
{
    m_observer = std::move(observer);
}

void SqlStore::write(Task task, Done done)
{
    StoreJob job {std::move(task), std::move(done)};
    if (!m_writer.push(job))
        refuse(std::move(job.done));
}

void SqlStore::read(Task task, Done done)
{
    StoreJob job {std::move(task), std::move(done)};
    if (!m_reads.push(job))
        refuse(std::move(job.done));
}

void SqlStore::refuse(Done done)
{
    // Never from within the call: who asks is not prepared for the answer yet.
    std::vector<CompletionBox::Delivery> deliveries;
    deliveries.emplace_back([done = std::move(done)] { done(ErrorCode::StoreUnavailable); });
    m_box.post(std::move(deliveries));
}

void SqlStore::stop()
{
    m_readers.clear();
    m_writer.stop();
}

} // namespace tertulia
