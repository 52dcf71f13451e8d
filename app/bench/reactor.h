// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bench/stamp.h"

#include <cstdint>
#include <vector>

namespace tertulia::bench {

/// Something with a descriptor that the reactor watches.
class ReactorTarget
{
public:
    virtual ~ReactorTarget() = default;
    virtual void readable(Moment now) = 0;
    virtual void writable(Moment now) = 0;
    /// Writes what the turn has gathered.
    virtual void flush() = 0;
};

/// What all connections together have done.
struct ReactorTraffic {
    std::uint64_t reads = 0;
    std::uint64_t frames = 0;
    std::uint64_t bytesIn = 0;
    Moment lastRead;
};

/// epoll in one thread. Not Qt's event loop: the generator must cost less than what it measures.
class Reactor
{
public:
    Reactor();
    ~Reactor();
    Reactor(const Reactor &) = delete;
    Reactor &operator=(const Reactor &) = delete;

    [[nodiscard]] bool isValid() const { return m_descriptor >= 0; }
    void add(int descriptor, ReactorTarget &target, bool alsoWrite);
    void change(int descriptor, ReactorTarget &target, bool alsoWrite);
    /// The target's flush() is called at the end of the turn.
    void flushLater(ReactorTarget &target) { m_toFlush.push_back(&target); }
    /// Waits for at most until `deadline`, handles one batch of events, and flushes.
    void turn(Moment deadline);

    ReactorTraffic traffic;
    /// One buffer for all reads.
    std::vector<char> buffer;

private:
    void flushAll();

    int m_descriptor = -1;
    std::vector<ReactorTarget *> m_toFlush;
};

} // namespace tertulia::bench
