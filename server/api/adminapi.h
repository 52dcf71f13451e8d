// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/apicall.h"
#include "api/apiservices.h"
#include "protocol/hostvalues.h"

#include <QObject>

namespace tertulia {

class JsonWriter;
class Router;
struct ConnectionRecord;

/// What only the host may see and do: connections, bans, the door, numbers. Each action leaves a line in the record of
/// what admins did. Server thread.
class AdminApi final : public QObject
{
    Q_OBJECT

public:
    AdminApi(const ApiServices &services, Router &router, QObject *parent);

Q_SIGNALS:
    /// A long poll has no connection that could be closed: who holds it ends it.
    void longPollKicked(const QString &connectionId);

private:
    void listConnections(const ApiCall &call);
    void showConnection(const ApiCall &call);
    void kick(const ApiCall &call);
    void listBans(const ApiCall &call);
    void addBan(const ApiCall &call);
    void removeBan(const ApiCall &call);
    void listDoor(const ApiCall &call);
    void answerDoor(const ApiCall &call);
    void showStats(const ApiCall &call);

    void writeConnection(JsonWriter &json, const ConnectionRecord &record) const;

    ApiServices m_services;
};

void writeBan(JsonWriter &json, const Ban &ban);
void writeKnock(JsonWriter &json, const DoorKnock &knock);

} // namespace tertulia
