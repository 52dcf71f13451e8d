// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/apicall.h"
#include "api/apiservices.h"

#include <QList>
#include <QObject>
#include <QTimer>

namespace tertulia {

class ApiGate;
class Router;

/// For machines that look after the server: is it well, and what does it count. Server thread.
class HealthApi final : public QObject
{
    Q_OBJECT

public:
    HealthApi(const ApiServices &services, ApiGate &gate, Router &router, QObject *parent);

private:
    void showHealth(const ApiCall &call);
    void answerWaiting(bool isWell);
    void showMetrics(const ApiCall &call);

    ApiServices m_services;
    ApiGate &m_gate;
    QList<ApiCall> m_waiting; ///< for the one question to the store that is under way
    QTimer m_patience;
};

} // namespace tertulia
