// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transport/timerwheel.h"
#include "transport/transportclient.h"
#include "transport/transportlimits.h"
#include "transport/turnflusher.h"

#include <functional>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

namespace tertulia {

/// Totals since the start and numbers of now.
struct TransportCounters {
    quint64 accepted = 0;
    quint64 bytesIn = 0;
    quint64 bytesOut = 0;
    quint64 slowConsumers = 0; ///< cut for not reading
    int sockets = 0; ///< open now, of any kind
    int webSockets = 0;
    int eventStreams = 0;
};

/// What the connections of one front have in common; it owns them. Server thread.
class TransportShared final : private TurnFlusher::Client
{
public:
    explicit TransportShared(const TransportLimits &transportLimits);
    ~TransportShared() override;

    TransportLimits limits;
    TransportCounters counters;
    TurnFlusher flusher;
    TimerWheel wheel;

    /// For one read at a time: no connection keeps a buffer while it is idle.
    [[nodiscard]] std::span<char> readBuffer() { return m_readBuffer; }

    void adopt(std::unique_ptr<TransportClient> client);
    /// The client has ended; it is destroyed at the end of the turn, so that it may still be on the stack.
    void release(TransportClient &client);
    [[nodiscard]] qsizetype clientCount() const { return qsizetype(m_clients.size()); }
    void shutDown(CloseCode code);
    void destroyAll();
    /// Called when the last client was destroyed.
    void onEmpty(std::function<void()> empty) { m_empty = std::move(empty); }

private:
    void turnEnded() override;

    std::unordered_map<TransportClient *, std::unique_ptr<TransportClient>> m_clients;
    std::vector<std::unique_ptr<TransportClient>> m_released;
    std::vector<char> m_readBuffer;
    std::function<void()> m_empty;
};

} // namespace tertulia
