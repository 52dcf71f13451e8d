// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/apicall.h"
#include "api/apiservices.h"
#include "domain/roomdirectory.h"

#include <QObject>

#include <functional>

namespace tertulia {

class ApiGate;
class Router;

/// Rooms and who belongs to them. Server thread.
class RoomsApi final : public QObject
{
    Q_OBJECT

public:
    /// Characters of a room's topic.
    static constexpr qsizetype kLongestTopic = 500;
    static constexpr int kLongestSlowModeSeconds = 6 * 60 * 60;

    RoomsApi(const ApiServices &services, ApiGate &gate, Router &router, QObject *parent);

private:
    void list(const ApiCall &call);
    void create(const ApiCall &call);
    void change(const ApiCall &call);
    void remove(const ApiCall &call);
    void members(const ApiCall &call);
    void invite(const ApiCall &call);
    void putOut(const ApiCall &call);

    /// The fields that a new room and a change share; the password is hashed on the way. `then` is called with the
    /// draft, or the call is answered with what is wrong.
    void readDraft(const ApiCall &call, bool isNew, std::function<void(const RoomDraft &)> then);

    ApiServices m_services;
    ApiGate &m_gate;
};

} // namespace tertulia
