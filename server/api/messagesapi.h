// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/apicall.h"
#include "api/apiservices.h"
#include "storage/records.h"

#include <QObject>

namespace tertulia {

class ApiGate;
class Room;
class Router;

/// Reading, searching and publishing messages. Server thread.
class MessagesApi final : public QObject
{
    Q_OBJECT

public:
    MessagesApi(const ApiServices &services, ApiGate &gate, Router &router, QObject *parent);

private:
    void list(const ApiCall &call);
    void sendPage(const ApiCall &call, const Room &room, const MessageQuery &query);
    void publish(const ApiCall &call);

    ApiServices m_services;
    ApiGate &m_gate;
};

/// The body of GET .../messages.
[[nodiscard]] QByteArray messagePageJson(const MessagePage &page, const QString &room);

} // namespace tertulia
