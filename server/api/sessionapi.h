// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/apicall.h"
#include "api/apiservices.h"
#include "domain/accountservice.h"

#include <QObject>

namespace tertulia {

class Router;

/// Signing up, in and out, and tickets (protocol.md section 2). Server thread.
class SessionApi final : public QObject
{
    Q_OBJECT

public:
    SessionApi(const ApiServices &services, Router &router, QObject *parent);

private:
    void signUp(const ApiCall &call);
    void signIn(const ApiCall &call);
    void show(const ApiCall &call);
    void signOut(const ApiCall &call);
    void issueTicket(const ApiCall &call);
    void answer(const ApiCall &call, const Result<SignedIn> &signedIn);

    ApiServices m_services;
};

} // namespace tertulia
