// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/apicall.h"
#include "api/apiservices.h"
#include "domain/notificationcenter.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <unordered_map>

namespace tertulia {

class ApiGate;
class Router;
struct ConnectionRecord;

/// Polling and long polling for notifications, and announcements. Server thread.
class NotificationsApi final : public QObject
{
    Q_OBJECT

public:
    static constexpr int kPageSize = 200;
    static constexpr quint64 kLongestWaitSeconds = 60;

    NotificationsApi(const ApiServices &services, ApiGate &gate, Router &router, QObject *parent);
    ~NotificationsApi() override;

    /// A host puts a waiting poll out: it is answered with 403.
    void endPoll(const QString &connectionId);

private:
    /// One request that waits. Where the answer to a page is on its way and something comes meanwhile, the page is
    /// asked for once more, so that nothing falls between the two.
    struct Poll {
        ApiCall call;
        quint64 after = 0;
        quint64 lastId = 0;
        quint64 waitId = 0; ///< 0 = not waiting for the center
        ConnectionRecord *record = nullptr;
        std::unique_ptr<QTimer> deadline;
    };

    void list(const ApiCall &call);
    void startPoll(const ApiCall &call, quint64 after, quint64 waitSeconds);
    void ask(quint64 pollId);
    void answered(quint64 pollId, bool wasWoken, const Result<NotificationPage> &page);
    void finish(quint64 pollId, const NotificationPage &page);
    void refuse(quint64 pollId, const Error &error);
    [[nodiscard]] std::unique_ptr<Poll> take(quint64 pollId);
    void dropInvalid();

    void announce(const ApiCall &call);

    ApiServices m_services;
    ApiGate &m_gate;
    std::unordered_map<quint64, std::unique_ptr<Poll>> m_polls;
    quint64 m_nextPoll = 1;
    QTimer m_check;
};

} // namespace tertulia
