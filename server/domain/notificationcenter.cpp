// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/notificationcenter.h"

#include "domain/clock.h"
#include "protocol/jsonwriter.h"
#include "protocol/servermessage.h"

#include <QPointer>

#include <algorithm>
#include <array>
#include <chrono>

namespace tertulia {

namespace {

constexpr int kReplayPage = 500;
/// Older notifications go when the server starts.
constexpr std::chrono::days kKept {90};

Frame resetFrame(Wire wire, quint64 lastId)
{
    QByteArray json;
    JsonWriter writer(json);
    writer.beginObject();
    if (wire == Wire::WebSocket)
        writer.field("type", QByteArrayView("reset"));
    writer.field("last_id", lastId).endObject();
    // With the id, a stream that is lost again does not ask for the unknown one a second time.
    return Frame(json, "reset", QByteArray::number(lastId));
}

} // namespace

/// One notification for both wires, each encoded when the first one needs it: a text frame says its type in itself, an
/// event by its name.
class NotificationCenter::Frames
{
public:
    explicit Frames(const Notification &notification)
        : m_notification(notification)
    {
    }

    [[nodiscard]] const Frame &of(Wire wire)
    {
        Frame &frame = m_frames[std::size_t(wire)];
        if (frame.isNull()) {
            QByteArray json;
            JsonWriter writer(json);
            writeNotification(writer, m_notification, wire == Wire::WebSocket);
            frame = Frame(json, "notification", QByteArray::number(m_notification.id));
        }
        return frame;
    }

private:
    const Notification &m_notification;
    std::array<Frame, 2> m_frames;
};

NotificationCenter::NotificationCenter(Store &store, Clock &clock, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_clock(clock)
{
}

NotificationCenter::~NotificationCenter() = default;

void NotificationCenter::load(QObject *context, std::function<void(Result<void>)> then)
{
    using Bounds = std::pair<quint64, quint64>;
    const Timestamp oldest = m_clock.now() - kKept;
    writeTo<Bounds>(
        m_store, this,
        [oldest](Storage &storage) -> Result<Bounds> {
            NotificationTable &table = storage.notifications();
            if (const Result<void> trimmed = table.trim(oldest); !trimmed)
                return trimmed.error();
            const Result<quint64> first = table.firstId();
            if (!first)
                return first.error();
            const Result<quint64> last = table.lastId();
            if (!last)
                return last.error();
            return Bounds(*first, *last);
        },
        [this, guard = QPointer<QObject>(context), then = std::move(then)](const Result<Bounds> &bounds) {
            if (bounds) {
                m_firstId = bounds->first;
                m_lastId = bounds->second;
            }
            if (guard)
                then(bounds ? Result<void>() : Result<void>(bounds.error()));
        });
}

void NotificationCenter::notify(
    const QString &userId, Notification notification, QObject *context, std::function<void(Result<Notification>)> then)
{
    notification.timestamp = m_clock.now();
    const bool wantsAnswer = context && then;
    ++m_writesUnderWay;
    writeTo<quint64>(
        m_store, this,
        [userId, notification](Storage &storage) { return storage.notifications().append(userId, notification); },
        [this, userId, notification, wantsAnswer, guard = QPointer<QObject>(context), then = std::move(then)](
            const Result<quint64> &id) {
            --m_writesUnderWay;
            Notification kept = notification;
            if (id) {
                kept.id = *id;
                deliver(userId, kept);
            }
            if (wantsAnswer && guard)
                then(id ? Result<Notification>(kept) : Result<Notification>(id.error()));
        });
}

void NotificationCenter::subscribe(Connection &connection, const Principal &who, std::optional<quint64> after)
{
    Feed feed;
    feed.userId = who.user.id;
    feed.subscription = m_nextSubscription++;
    feed.sentTo = m_lastId;
    feed.live = true;
    // What is committed but not delivered yet has a higher id than m_lastId and comes by deliver().
    if (!after || *after == m_lastId) {
        m_feeds.insert(&connection, feed);
        return;
    }
    const bool isUnknown = *after > m_lastId || (*after != 0 && *after + 1 < m_firstId);
    if (isUnknown) {
        m_feeds.insert(&connection, feed);
        connection.send(resetFrame(connection.wire(), m_lastId));
        return;
    }
    feed.sentTo = *after;
    feed.live = false;
    m_feeds.insert(&connection, feed);
    readOn(&connection, feed);
}

void NotificationCenter::unsubscribe(Connection &connection)
{
    m_feeds.remove(&connection);
}

NotificationCenter::Feed *NotificationCenter::feedOf(Connection *connection, quint64 subscription)
{
    const auto found = m_feeds.find(connection);
    return found != m_feeds.end() && found->subscription == subscription ? &*found : nullptr;
}

void NotificationCenter::readOn(Connection *connection, const Feed &feed)
{
    readFrom<QList<Notification>>(
        m_store, this,
        [userId = feed.userId, after = feed.sentTo](
            Storage &storage) { return storage.notifications().after(userId, after, kReplayPage); },
        [this, connection, subscription = feed.subscription](
            const Result<QList<Notification>> &notifications) { replayed(connection, subscription, notifications); });
}

void NotificationCenter::replayed(
    Connection *connection, quint64 subscription, const Result<QList<Notification>> &notifications)
{
    Feed *feed = feedOf(connection, subscription);
    if (!feed)
        return;
    if (!notifications) {
        // A feed with a hole is worse than none: the client comes back with the last id that it has.
        m_feeds.remove(connection);
        connection->close(CloseCode::InternalError, errorSlug(ErrorCode::StoreUnavailable));
        return;
    }
    for (const Notification &notification : *notifications) {
        connection->sendBulk(Frames(notification).of(connection->wire()));
        feed->sentTo = notification.id;
    }
    if (notifications->size() == kReplayPage) {
        readOn(connection, *feed);
        return;
    }
    // The last page saw everything that was committed before it was read; what was delivered since then was held back.
    for (const Notification &notification : std::as_const(feed->held)) {
        if (notification.id <= feed->sentTo)
            continue;
        connection->sendBulk(Frames(notification).of(connection->wire()));
        feed->sentTo = notification.id;
    }
    feed->held.clear();
    feed->live = true;
}

void NotificationCenter::sendSystem(const QString &userId, const QByteArray &systemJson)
{
    const Frame frame(systemJson, "system");
    for (auto it = m_feeds.cbegin(); it != m_feeds.cend(); ++it) {
        if (userId.isEmpty() || it->userId == userId)
            it.key()->send(frame);
    }
}

void NotificationCenter::deliver(const QString &userId, const Notification &notification)
{
    m_lastId = std::max(m_lastId, notification.id);
    if (m_pagesUnderWay > 0)
        m_deliveredMeanwhile.insert(userId, notification.id);
    Frames frames(notification);
    for (auto it = m_feeds.begin(); it != m_feeds.end(); ++it) {
        if ((!userId.isEmpty() && it->userId != userId) || notification.id <= it->sentTo)
            continue;
        if (!it->live) {
            it->held.append(notification);
            continue;
        }
        it->sentTo = notification.id;
        it.key()->send(frames.of(it.key()->wire()));
    }
    wakeWaiters(userId);
}

void NotificationCenter::wakeWaiters(const QString &userId)
{
    QList<std::function<void()>> woken;
    for (auto it = m_waiters.begin(); it != m_waiters.end();) {
        if (!userId.isEmpty() && it->userId != userId) {
            ++it;
            continue;
        }
        woken.append(std::move(it->wake));
        it = m_waiters.erase(it);
    }
    for (const std::function<void()> &wake : std::as_const(woken))
        wake();
}

void NotificationCenter::page(const QString &userId, quint64 after, int limit, QObject *context,
    std::function<void(Result<NotificationPage>)> then)
{
    ++m_pagesUnderWay;
    // The last id is read first: what is committed in between is then asked for again, not skipped.
    auto work = [userId, after, limit](Storage &storage) -> Result<NotificationPage> {
        const Result<quint64> last = storage.notifications().lastId();
        if (!last)
            return last.error();
        const Result<QList<Notification>> found = storage.notifications().after(userId, after, limit);
        if (!found)
            return found.error();
        return NotificationPage {*found, found->isEmpty() ? *last : found->constLast().id};
    };
    auto answer = [this, userId, after, limit, guard = QPointer<QObject>(context), then = std::move(then)](
                      const Result<NotificationPage> &page) {
        const bool mustReadAgain = page && !isWhole(userId, *page);
        if (--m_pagesUnderWay == 0)
            m_deliveredMeanwhile.clear();
        if (!guard)
            return;
        if (mustReadAgain)
            this->page(userId, after, limit, guard, then);
        else
            then(page);
    };
    // Whoever has the ack of a message finds its notification: behind writes that wait, the question waits in their
    // row.
    if (m_writesUnderWay > 0)
        writeTo<NotificationPage>(m_store, this, std::move(work), std::move(answer));
    else
        readFrom<NotificationPage>(m_store, this, std::move(work), std::move(answer));
}

/// False where something was delivered between the reading of an empty page and now: who then called waitFor() would
/// wait past it.
bool NotificationCenter::isWhole(const QString &userId, const NotificationPage &page) const
{
    return !page.notifications.isEmpty()
        || std::max(m_deliveredMeanwhile.value(userId), m_deliveredMeanwhile.value({})) <= page.lastId;
}

quint64 NotificationCenter::waitFor(const QString &userId, std::function<void()> wake)
{
    const quint64 id = m_nextWait++;
    m_waiters.insert(id, Waiter {userId, std::move(wake)});
    return id;
}

void NotificationCenter::cancelWait(quint64 waitId)
{
    m_waiters.remove(waitId);
}

} // namespace tertulia
