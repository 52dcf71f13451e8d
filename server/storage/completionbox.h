// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/store.h"

#include <mutex>
#include <vector>

namespace tertulia {

/// Takes finished work from the store's threads to the thread that made the box, in one event for all that has come
/// together since the last. What is still under way when the box goes is dropped.
class CompletionBox
{
public:
    using Delivery = std::function<void()>;

    CompletionBox();
    ~CompletionBox();
    Q_DISABLE_COPY_MOVE(CompletionBox)

    /// From any thread. The deliveries of one call are made together and in order.
    void post(std::vector<Delivery> deliveries);

private:
    void deliver();

    QObject m_receiver;
    std::mutex m_mutex;
    std::vector<Delivery> m_waiting;
};

} // namespace tertulia
