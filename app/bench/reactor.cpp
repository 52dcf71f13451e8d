// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/reactor.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <sys/epoll.h>
#include <unistd.h>
#include <utility>

namespace tertulia::bench {

using namespace std::chrono_literals;

namespace {

constexpr std::size_t kBufferSize = 256 * 1024;
constexpr int kMostEvents = 512;

epoll_event interest(ReactorTarget &target, bool alsoWrite)
{
    epoll_event event {};
    event.events = EPOLLIN | (alsoWrite ? std::uint32_t(EPOLLOUT) : 0U);
    event.data.ptr = &target;
    return event;
}

} // namespace

Reactor::Reactor()
    : buffer(kBufferSize)
    , m_descriptor(epoll_create1(EPOLL_CLOEXEC))
{
}

Reactor::~Reactor()
{
    if (m_descriptor >= 0)
        close(m_descriptor);
}

void Reactor::add(int descriptor, ReactorTarget &target, bool alsoWrite)
{
    epoll_event event = interest(target, alsoWrite);
    epoll_ctl(m_descriptor, EPOLL_CTL_ADD, descriptor, &event);
}

void Reactor::change(int descriptor, ReactorTarget &target, bool alsoWrite)
{
    epoll_event event = interest(target, alsoWrite);
    epoll_ctl(m_descriptor, EPOLL_CTL_MOD, descriptor, &event);
}

void Reactor::turn(Moment deadline)
{
    flushAll(); // what was said between two turns
    const auto wait = std::max<std::chrono::nanoseconds>(deadline - std::chrono::steady_clock::now(), 0ns);
    const auto seconds = std::chrono::floor<std::chrono::seconds>(wait);
    const timespec timeout {std::time_t(seconds.count()), long((wait - seconds).count())};
    std::array<epoll_event, kMostEvents> events;
    const int count = epoll_pwait2(m_descriptor, events.data(), kMostEvents, &timeout, nullptr);
    for (int i = 0; i < count; ++i) {
        auto *target = static_cast<ReactorTarget *>(events[std::size_t(i)].data.ptr);
        const Moment now = std::chrono::steady_clock::now();
        if (events[std::size_t(i)].events & EPOLLOUT)
            target->writable(now);
        if (events[std::size_t(i)].events & (EPOLLIN | EPOLLHUP | EPOLLERR))
            target->readable(now);
    }
    flushAll();
}

void Reactor::flushAll()
{
    for (ReactorTarget *target : std::exchange(m_toFlush, {}))
        target->flush();
}

} // namespace tertulia::bench
