// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/connection.h"
#include "domain/principal.h"
#include "protocol/entry.h"
#include "protocol/result.h"
#include "storage/store.h"

#include <QHash>
#include <QObject>
#include <QSet>

#include <functional>
#include <optional>

namespace tertulia {

class Clock;

struct NotificationPage {
    QList<Notification> notifications; ///< ascending
    quint64 lastId = 0; ///< what to ask after next time
};

/// One feed of notifications a user, one numbering for all, over event streams, WebSockets, polling and long polling.
/// Server thread.
class NotificationCenter final : public QObject
{
    Q_OBJECT

public:
    explicit NotificationCenter(Store &store, Clock &clock, QObject *parent = nullptr);
    ~NotificationCenter() override;

    /// Learns the last id; before that nothing is subscribed.
    void load(QObject *context, std::function<void(Result<void>)> then);

    /// Keeps it and tells whoever listens. An empty user id addresses everyone. id and timestamp are given here.
    void notify(const QString &userId, Notification notification, QObject *context = nullptr,
        std::function<void(Result<Notification>)> then = {});

    /// From now on, or after that id without gap or double, or `reset` first where the id is unknown here.
    /// WebSockets get {"type":"notification"|"reset"|"system",...}, streams events of those names.
    void subscribe(Connection &connection, const Principal &who, std::optional<quint64> after);
    void unsubscribe(Connection &connection);
    /// A system event to the user's feeds (no id, not kept); an empty user id = to all.
    void sendSystem(const QString &userId, const QByteArray &systemJson);

    /// Sees everything that notify() was called for before, whether or not it is in the store yet.
    void page(const QString &userId, quint64 after, int limit, QObject *context,
        std::function<void(Result<NotificationPage>)> then);
    /// Calls `wake` once, when something newer than what page() told came for the user; cancel by the id returned.
    quint64 waitFor(const QString &userId, std::function<void()> wake);
    void cancelWait(quint64 waitId);

private:
    struct Feed {
        QString userId;
        quint64 sentTo = 0;
        bool live = false; ///< false while what came before is being read
        QList<Notification> held; ///< what came meanwhile
        quint64 subscription = 0; ///< another connection may get the address of one that went
    };
    struct Waiter {
        QString userId;
        std::function<void()> wake;
    };
    class Frames;

    [[nodiscard]] Feed *feedOf(Connection *connection, quint64 subscription);
    void readOn(Connection *connection, const Feed &feed);
    void replayed(Connection *connection, quint64 subscription, const Result<QList<Notification>> &notifications);
    void deliver(const QString &userId, const Notification &notification);
    void wakeWaiters(const QString &userId);
    [[nodiscard]] bool isWhole(const QString &userId, const NotificationPage &page) const;

    Store &m_store;
    Clock &m_clock;
    quint64 m_firstId = 1;
    quint64 m_lastId = 0; ///< the last one that was delivered
    QHash<Connection *, Feed> m_feeds;
    quint64 m_nextSubscription = 1;
    QHash<quint64, Waiter> m_waiters;
    // What was delivered while pages are being read, so that page() can tell whether it is still the whole truth.
    int m_pagesUnderWay = 0;
    int m_writesUnderWay = 0;
    QHash<QString, quint64> m_deliveredMeanwhile; ///< user id, empty = all -> last id
    quint64 m_nextWait = 1;
};

} // namespace tertulia
