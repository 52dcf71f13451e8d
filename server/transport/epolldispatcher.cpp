// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/epolldispatcher.h"

#include <QCoreApplication>
#include <QThread>

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>

namespace tertulia {

namespace {

constexpr int kBatch = 256; ///< events handled between two looks at the posted events

constexpr std::array<quint32, 3> kWanted {
    EPOLLIN | EPOLLHUP | EPOLLERR | EPOLLRDHUP,
    EPOLLOUT | EPOLLERR,
    EPOLLPRI,
};

} // namespace

EpollDispatcher::EpollDispatcher(QObject *parent)
    : QAbstractEventDispatcher(parent)
    , m_epoll(epoll_create1(EPOLL_CLOEXEC))
    , m_wakeDescriptor(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC))
{
    if (m_epoll < 0 || m_wakeDescriptor < 0)
        qFatal("No descriptors are left for the event loop");
    epoll_event event {};
    event.events = EPOLLIN;
    event.data.fd = m_wakeDescriptor;
    epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_wakeDescriptor, &event);
}

EpollDispatcher::~EpollDispatcher()
{
    ::close(m_epoll);
    ::close(m_wakeDescriptor);
}

bool EpollDispatcher::processEvents(QEventLoop::ProcessEventsFlags flags)
{
    m_interrupted = false;
    m_wokenByItself = false;
    Q_EMIT awake();
    QCoreApplication::sendPostedEvents();
    if (m_interrupted)
        return false;

    int timeout = 0;
    if (flags.testFlag(QEventLoop::WaitForMoreEvents) && !m_wokenByItself) {
        Q_EMIT aboutToBlock();
        timeout = millisecondsToNextTimer();
    }
    std::array<epoll_event, kBatch> events;
    const int count = epoll_wait(m_epoll, events.data(), kBatch, timeout);
    if (timeout != 0)
        Q_EMIT awake();
    for (int i = 0; i < count; ++i) {
        const epoll_event &event = events[std::size_t(i)];
        if (event.data.fd == m_wakeDescriptor) {
            quint64 value = 0;
            [[maybe_unused]] const auto size = ::read(m_wakeDescriptor, &value, sizeof value);
            m_wakeWritten = false;
        } else if (!flags.testFlag(QEventLoop::ExcludeSocketNotifiers)) {
            deliver(event.data.fd, event.events);
        }
    }
    return fireTimers() || count > 0;
}

// Each notifier is looked up at its turn: one that an earlier event of the batch has removed is not called.
void EpollDispatcher::deliver(int descriptor, quint32 events)
{
    for (std::size_t type = 0; type < kWanted.size(); ++type) {
        if (!(events & kWanted[type]) || std::size_t(descriptor) >= m_watches.size())
            continue;
        if (QSocketNotifier *notifier = m_watches[std::size_t(descriptor)].notifiers[type]) {
            QEvent event(QEvent::SockAct);
            QCoreApplication::sendEvent(notifier, &event);
        }
    }
}

void EpollDispatcher::updateWatch(int descriptor)
{
    Watch &watch = m_watches[std::size_t(descriptor)];
    const quint32 events = (watch.notifiers[QSocketNotifier::Read] ? quint32(EPOLLIN) : 0)
        | (watch.notifiers[QSocketNotifier::Write] ? quint32(EPOLLOUT) : 0)
        | (watch.notifiers[QSocketNotifier::Exception] ? quint32(EPOLLPRI) : 0);
    if (events == watch.events)
        return;
    epoll_event event {};
    event.events = events;
    event.data.fd = descriptor;
    const int operation = events == 0 ? EPOLL_CTL_DEL : watch.events != 0 ? EPOLL_CTL_MOD : EPOLL_CTL_ADD;
    epoll_ctl(m_epoll, operation, descriptor, &event);
    watch.events = events;
}

void EpollDispatcher::registerSocketNotifier(QSocketNotifier *notifier)
{
    const auto descriptor = std::size_t(notifier->socket());
    if (descriptor >= m_watches.size())
        m_watches.resize(std::max(descriptor + 1, m_watches.size() * 2));
    m_watches[descriptor].notifiers[std::size_t(notifier->type())] = notifier;
    updateWatch(int(descriptor));
}

void EpollDispatcher::unregisterSocketNotifier(QSocketNotifier *notifier)
{
    const auto descriptor = std::size_t(notifier->socket());
    if (descriptor >= m_watches.size())
        return;
    QSocketNotifier *&registered = m_watches[descriptor].notifiers[std::size_t(notifier->type())];
    if (registered != notifier)
        return;
    registered = nullptr;
    updateWatch(int(descriptor));
}

void EpollDispatcher::registerTimer(int timerId, qint64 interval, Qt::TimerType timerType, QObject *object)
{
    Timer timer {std::chrono::milliseconds(interval), object, timerType, {}, false};
    timer.due = Time::now() + timer.interval;
    m_due.emplace(timer.due, timerId);
    m_timers[timerId] = timer;
}

void EpollDispatcher::unlinkDue(int timerId, Time::time_point due)
{
    const auto range = m_due.equal_range(due);
    const auto found
        = std::find_if(range.first, range.second, [timerId](const auto &entry) { return entry.second == timerId; });
    if (found != range.second)
        m_due.erase(found);
}

bool EpollDispatcher::unregisterTimer(int timerId)
{
    const auto found = m_timers.find(timerId);
    if (found == m_timers.end())
        return false;
    unlinkDue(timerId, found->second.due);
    m_timers.erase(found);
    return true;
}

bool EpollDispatcher::unregisterTimers(QObject *object)
{
    bool any = false;
    for (auto it = m_timers.begin(); it != m_timers.end();) {
        if (it->second.object != object) {
            ++it;
            continue;
        }
        unlinkDue(it->first, it->second.due);
        it = m_timers.erase(it);
        any = true;
    }
    return any;
}

QList<QAbstractEventDispatcher::TimerInfo> EpollDispatcher::registeredTimers(QObject *object) const
{
    QList<TimerInfo> timers;
    for (const auto &[id, timer] : m_timers) {
        if (timer.object == object)
            timers.append(TimerInfo(id, int(timer.interval.count()), timer.type));
    }
    return timers;
}

int EpollDispatcher::remainingTime(int timerId)
{
    const auto found = m_timers.find(timerId);
    if (found == m_timers.end())
        return -1;
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(found->second.due - Time::now());
    return int(std::max<qint64>(0, left.count()));
}

int EpollDispatcher::millisecondsToNextTimer() const
{
    if (m_due.empty())
        return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(m_due.begin()->first - Time::now()).count();
    return int(std::clamp<qint64>(left, 0, 1 << 30));
}

bool EpollDispatcher::fireTimers()
{
    if (m_due.empty())
        return false;
    const auto now = Time::now();
    std::vector<int> ids; // of this moment: a timer of interval 0 that is due again waits for the next turn
    for (auto it = m_due.begin(); it != m_due.end() && it->first <= now; ++it)
        ids.push_back(it->second);
    bool any = false;
    for (const int id : ids) {
        const auto found = m_timers.find(id);
        if (found == m_timers.end() || found->second.isFiring || found->second.due > now)
            continue;
        Timer &timer = found->second;
        unlinkDue(id, timer.due);
        timer.due += timer.interval;
        if (timer.due < now)
            timer.due = now + timer.interval;
        m_due.emplace(timer.due, id);
        timer.isFiring = true;
        QTimerEvent event(id);
        QCoreApplication::sendEvent(timer.object, &event);
        any = true;
        if (const auto still = m_timers.find(id); still != m_timers.end())
            still->second.isFiring = false;
    }
    return any;
}

void EpollDispatcher::wakeUp()
{
    if (QThread::currentThread() == thread()) {
        m_wokenByItself = true;
        return;
    }
    if (!m_wakeWritten.exchange(true)) {
        const quint64 value = 1;
        [[maybe_unused]] const auto size = ::write(m_wakeDescriptor, &value, sizeof value);
    }
}

void EpollDispatcher::interrupt()
{
    m_interrupted = true;
    wakeUp();
}

} // namespace tertulia
