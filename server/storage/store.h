// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/storage.h"

#include <QObject>
#include <QPointer>

#include <functional>
#include <memory>

namespace tertulia {

/// The asynchronous side of the store, used from the server thread, which never waits for it.
///
/// Writes run in order in the writer's thread. All writes that are queued when it turns form one transaction (group
/// commit, synchronous=FULL): `done` of each is called after that commit returned, in the order of the writes, all of a
/// commit in one event of the caller's loop. Where the commit fails every write of the group gets StoreUnavailable and
/// nothing of it is kept. Reads run in a reader's thread and see everything that was committed before they began.
/// At most queueLimit() writes wait; one more is refused at once with StoreUnavailable.
class Store
{
public:
    using Task = std::function<void(Storage &)>;
    using Done = std::function<void(const Result<void> &)>;

    virtual ~Store() = default;
    virtual void write(Task task, Done done) = 0;
    virtual void read(Task task, Done done) = 0;
    /// Whether the last commit succeeded; false from the first failure until one succeeds again.
    [[nodiscard]] virtual bool isHealthy() const = 0;
    [[nodiscard]] virtual qsizetype queueLimit() const = 0;
};

namespace detail {

template<typename T, typename Work> Store::Task keepOutcome(const std::shared_ptr<Result<T>> &outcome, Work work)
{
    return [outcome, work = std::move(work)](Storage &storage) { *outcome = work(storage); };
}

template<typename T, typename Then>
Store::Done deliverOutcome(const std::shared_ptr<Result<T>> &outcome, QObject *context, Then then)
{
    return [outcome, guard = QPointer<QObject>(context), then = std::move(then)](const Result<void> &commit) {
        if (!guard)
            return;
        if (!commit)
            then(Result<T>(commit.error()));
        else
            then(std::move(*outcome));
    };
}

} // namespace detail

/// Runs `work(Storage &) -> Result<T>` as a write and calls `then(Result<T>)` in the caller's thread after the commit,
/// unless `context` is gone by then.
template<typename T, typename Work, typename Then> void writeTo(Store &store, QObject *context, Work work, Then then)
{
    auto outcome = std::make_shared<Result<T>>(ErrorCode::StoreUnavailable);
    store.write(
        detail::keepOutcome<T>(outcome, std::move(work)), detail::deliverOutcome<T>(outcome, context, std::move(then)));
}

/// The same for a read.
template<typename T, typename Work, typename Then> void readFrom(Store &store, QObject *context, Work work, Then then)
{
    auto outcome = std::make_shared<Result<T>>(ErrorCode::StoreUnavailable);
    store.read(
        detail::keepOutcome<T>(outcome, std::move(work)), detail::deliverOutcome<T>(outcome, context, std::move(then)));
}

} // namespace tertulia
