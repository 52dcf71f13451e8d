// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/notificationsapi.h"

#include "api/apigate.h"
#include "api/audit.h"
#include "api/router.h"
#include "domain/chathub.h"
#include "domain/connectionregistry.h"
#include "domain/userdirectory.h"
#include "protocol/jsonwriter.h"
#include "protocol/servermessage.h"

#include <algorithm>

namespace tertulia {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qsizetype kLongestTitle = 200;
constexpr qsizetype kLongestBody = 4000;

QByteArray pageJson(const NotificationPage &page)
{
    QByteArray out;
    JsonWriter json(out);
    json.beginObject().key("notifications").beginArray();
    for (const Notification &notification : page.notifications)
        writeNotification(json, notification);
    json.endArray().field("last_id", page.lastId).endObject();
    return out;
}

} // namespace

NotificationsApi::NotificationsApi(const ApiServices &services, ApiGate &gate, Router &router, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_gate(gate)
{
    const QString notifications = u"/api/notifications"_s;
    router.add({"GET"_ba, notifications, Access::User, [this](const ApiCall &call) { list(call); }});
    router.add({"POST"_ba, notifications, Access::Admin, [this](const ApiCall &call) { announce(call); }});
    m_check.setInterval(1s);
    connect(&m_check, &QTimer::timeout, this, &NotificationsApi::dropInvalid);
}

NotificationsApi::~NotificationsApi() = default;

void NotificationsApi::list(const ApiCall &call)
{
    const auto after = call.queryNumber("after", 0);
    const auto wait = call.queryNumber("wait", 0);
    if (!after)
        return call.fail(after.error());
    if (!wait)
        return call.fail(wait.error());
    if (*wait > 0 && call.head.method != "HEAD") {
        if (const auto outcome = m_gate.checkConnectionLimits(call.principal, call.address()); !outcome)
            return call.fail(outcome.error());
        return startPoll(call, *after, std::min(*wait, kLongestWaitSeconds));
    }
    m_services.notifications.page(
        call.principal.user.id, *after, kPageSize, this, [call](const Result<NotificationPage> &page) {
            if (!page)
                return call.fail(page.error());
            call.reply->sendJson(200, pageJson(*page));
        });
}

void NotificationsApi::startPoll(const ApiCall &call, quint64 after, quint64 waitSeconds)
{
    const quint64 id = m_nextPoll++;
    auto poll = std::make_unique<Poll>();
    poll->call = call;
    poll->after = after;
    poll->lastId = after;
    poll->record = &m_services.connections.addLongPoll(call.head.handshake(), call.principal);
    m_services.users.connected(call.principal.user.id);
    poll->deadline = std::make_unique<QTimer>();
    poll->deadline->setSingleShot(true);
    connect(poll->deadline.get(), &QTimer::timeout, this, [this, id] {
        if (const auto found = m_polls.find(id); found != m_polls.end())
            finish(id, {{}, found->second->lastId});
    });
    poll->deadline->start(std::chrono::seconds(waitSeconds));
    call.reply->onGone([this, id, guard = QPointer<NotificationsApi>(this)] {
        if (!guard)
            return;
        // The reply is calling: it must outlive this call.
        const std::shared_ptr<Poll> gone = take(id);
        QMetaObject::invokeMethod(
            this, [gone] {}, Qt::QueuedConnection);
    });
    m_polls.emplace(id, std::move(poll));
    m_check.start();
    ask(id);
}

void NotificationsApi::ask(quint64 pollId)
{
    Poll &poll = *m_polls.at(pollId);
    const QString userId = poll.call.principal.user.id;
    // The wait begins before the page is read: what comes while it is read wakes too.
    auto woken = std::make_shared<bool>(false);
    auto reading = std::make_shared<bool>(true);
    poll.waitId = m_services.notifications.waitFor(userId, [this, pollId, woken, reading] {
        *woken = true;
        const auto found = m_polls.find(pollId);
        if (found == m_polls.end())
            return;
        found->second->waitId = 0;
        if (!*reading)
            ask(pollId);
    });
    m_services.notifications.page(
        userId, poll.after, kPageSize, this, [this, pollId, woken, reading](const Result<NotificationPage> &page) {
            *reading = false;
            answered(pollId, *woken, page);
        });
}

void NotificationsApi::answered(quint64 pollId, bool wasWoken, const Result<NotificationPage> &page)
{
    const auto found = m_polls.find(pollId);
    if (found == m_polls.end())
        return;
    if (!page)
        return refuse(pollId, page.error());
    if (!page->notifications.isEmpty())
        return finish(pollId, *page);
    found->second->lastId = page->lastId;
    if (wasWoken)
        ask(pollId);
}

std::unique_ptr<NotificationsApi::Poll> NotificationsApi::take(quint64 pollId)
{
    const auto found = m_polls.find(pollId);
    if (found == m_polls.end())
        return nullptr;
    std::unique_ptr<Poll> poll = std::move(found->second);
    m_polls.erase(found);
    if (poll->waitId != 0)
        m_services.notifications.cancelWait(poll->waitId);
    m_services.connections.remove(*poll->record, int(CloseCode::Normal));
    m_services.users.disconnected(poll->call.principal.user.id);
    // The timer may be the one that is firing.
    poll->deadline.release()->deleteLater();
    if (m_polls.empty())
        m_check.stop();
    return poll;
}

void NotificationsApi::finish(quint64 pollId, const NotificationPage &page)
{
    const std::unique_ptr<Poll> poll = take(pollId);
    if (!poll)
        return;
    const auto allowed = m_gate.stillAdmits(poll->call.principal, poll->call.address());
    if (!allowed)
        return poll->call.fail(allowed.error());
    poll->call.reply->sendJson(200, pageJson(page));
}

void NotificationsApi::refuse(quint64 pollId, const Error &error)
{
    if (const std::unique_ptr<Poll> poll = take(pollId))
        poll->call.fail(error);
}

void NotificationsApi::endPoll(const QString &connectionId)
{
    for (const auto &[id, poll] : m_polls) {
        if (poll->record->id == connectionId)
            return refuse(id, Error(ErrorCode::Forbidden, u"The host ended this connection."_s));
    }
}

void NotificationsApi::dropInvalid()
{
    QList<std::pair<quint64, Error>> ended;
    for (const auto &[id, poll] : m_polls) {
        const auto allowed = m_gate.stillAdmits(poll->call.principal, poll->call.address());
        if (!allowed)
            ended.append({id, allowed.error()});
    }
    for (const auto &[id, error] : std::as_const(ended))
        refuse(id, error);
}

void NotificationsApi::announce(const ApiCall &call)
{
    auto body = JsonBody::parse(call.body);
    if (!body)
        return call.fail(body.error());
    Notification notification;
    notification.kind = NotificationKind::Announcement;
    notification.from = call.principal.user.name;
    notification.title = body->text("title"_L1).trimmed();
    notification.body = body->text("body"_L1);
    const auto level = notificationLevelFromName(body->optionalText("level"_L1).value_or(u"info"_s));
    const std::optional<QString> to = body->optionalText("to"_L1);
    if (!level)
        body->fail("level"_L1);
    if (notification.title.isEmpty() || notification.title.size() > kLongestTitle)
        body->fail("title"_L1);
    if (notification.body.size() > kLongestBody)
        body->fail("body"_L1);
    if (const auto outcome = body->outcome(); !outcome)
        return call.fail(outcome.error());
    notification.level = *level;

    QString userId;
    if (to) {
        const auto user = m_services.users.byName(*to);
        if (!user)
            return call.fail(ErrorCode::NoSuchUser);
        userId = user->id;
    }
    m_services.notifications.notify(
        userId, notification, this, [this, call, userId, to](const Result<Notification> &kept) {
            if (!kept)
                return call.fail(kept.error());
            QByteArray out;
            JsonWriter json(out);
            writeNotification(json, *kept);
            // Chat connections hear it as a system event; feeds have it as a notification already.
            const Frame frame(encodeSystem({}, "announcement", out));
            if (userId.isEmpty())
                m_services.hub.broadcast(frame);
            else
                m_services.hub.sendToUser(userId, frame);
            writeAudit(m_services, call.principal, u"announce"_s, to.value_or(QString()));
            call.reply->sendJson(201, out);
        });
}

} // namespace tertulia
