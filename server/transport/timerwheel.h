// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QBasicTimer>
#include <QObject>

#include <array>
#include <chrono>

namespace tertulia {

/// One coarse timer for the deadlines of all connections: starting, stopping and firing cost a few pointers each, where
/// a QTimer a connection costs 200 bytes and a place in the dispatcher's list. Server thread.
class TimerWheel final : public QObject
{
public:
    using Clock = std::chrono::steady_clock;
    static constexpr std::chrono::milliseconds kTick {50};

    class Entry
    {
    public:
        Entry() = default;
        Q_DISABLE_COPY_MOVE(Entry)

    protected:
        virtual ~Entry() { unlink(); }
        /// The time is there, up to one tick late; the entry is stopped. May start or destroy any entry, itself too.
        virtual void timeReached() = 0;

    private:
        friend class TimerWheel;
        void unlink();
        [[nodiscard]] bool isLinked() const { return m_next != nullptr; }

        Entry *m_previous = nullptr;
        Entry *m_next = nullptr;
        qint64 m_dueTick = 0;
    };

    explicit TimerWheel(QObject *parent = nullptr);
    ~TimerWheel() override;

    /// Starts or restarts the entry.
    void start(Entry &entry, std::chrono::milliseconds delay);
    void stop(Entry &entry) { entry.unlink(); }
    [[nodiscard]] bool isRunning(const Entry &entry) const { return entry.isLinked(); }

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    class Ring final : public Entry ///< the head of a circular list
    {
    public:
        Ring() { m_previous = m_next = this; }
        [[nodiscard]] bool isEmpty() const { return m_next == this; }
        [[nodiscard]] Entry *first() const { return m_next; }
        void append(Entry &entry);

    protected:
        void timeReached() override { }
    };
    friend class Ring;

    static void link(Entry &entry, Entry &ring);
    [[nodiscard]] qint64 currentTick() const { return (Clock::now() - m_start) / kTick; }

    static constexpr std::size_t kSlots = 1024;
    std::array<Ring, kSlots> m_slots; ///< by due tick modulo kSlots; later rounds wait in the same ring
    Ring m_due;
    Clock::time_point m_start = Clock::now();
    qint64 m_doneTick = 0;
    QBasicTimer m_timer;
};

} // namespace tertulia
