// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/sessionapi.h"

#include "api/router.h"
#include "metrics/metrics.h"
#include "protocol/jsonwriter.h"
#include "protocol/names.h"
#include "protocol/servermessage.h"

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

/// No script reads it and no other site sends it; over TLS it never leaves without.
QByteArray sessionCookie(const QByteArray &token, bool isEncrypted)
{
    QByteArray cookie = "session=" + token + "; HttpOnly; SameSite=Strict; Path=/";
    if (isEncrypted)
        cookie.append("; Secure");
    return cookie;
}

} // namespace

SessionApi::SessionApi(const ApiServices &services, Router &router, QObject *parent)
    : QObject(parent)
    , m_services(services)
{
    router.add({"POST"_ba, u"/api/users"_s, Access::Anyone, [this](const ApiCall &call) { signUp(call); }});
    router.add({"POST"_ba, u"/api/session"_s, Access::Anyone, [this](const ApiCall &call) { signIn(call); }});
    router.add({"GET"_ba, u"/api/session"_s, Access::SignedIn, [this](const ApiCall &call) { show(call); }});
    router.add({"DELETE"_ba, u"/api/session"_s, Access::SignedIn, [this](const ApiCall &call) { signOut(call); }});
    router.add({"POST"_ba, u"/api/tickets"_s, Access::SignedIn, [this](const ApiCall &call) { issueTicket(call); }});
}

void SessionApi::signUp(const ApiCall &call)
{
    auto body = JsonBody::parse(call.body);
    if (!body)
        return call.fail(body.error());
    const QString name = body->text("name"_L1);
    const QString password = body->text("password"_L1);
    if (const auto outcome = body->outcome(); !outcome)
        return call.fail(outcome.error());
    m_services.accounts.signUp(
        name, password, call.address(), this, [this, call](const Result<SignedIn> &done) { answer(call, done); });
}

void SessionApi::signIn(const ApiCall &call)
{
    auto body = JsonBody::parse(call.body);
    if (!body)
        return call.fail(body.error());
    const QString name = body->text("name"_L1);
    const std::optional<QString> password = body->optionalText("password"_L1);
    const QString joinCode = body->optionalText("join_code"_L1).value_or(QString());
    if (const auto outcome = body->outcome(); !outcome)
        return call.fail(outcome.error());
    if (password) {
        m_services.accounts.signIn(
            name, *password, call.address(), this, [this, call](const Result<SignedIn> &done) { answer(call, done); });
        return;
    }
    // Names are made up for sockets that bring none; a call names who it is for.
    if (const auto normal = normalizeUserName(name); !normal)
        return call.fail(normal.error());
    answer(call, m_services.accounts.enterAsGuest(name, joinCode, call.address()));
}

void SessionApi::answer(const ApiCall &call, const Result<SignedIn> &signedIn)
{
    if (!signedIn) {
        m_services.metrics.refused(errorSlug(signedIn.error().code));
        return call.fail(signedIn.error());
    }
    QByteArray out;
    JsonWriter json(out);
    json.beginObject()
        .field("token", QStringView(signedIn->token))
        .field("expires_at", QByteArrayView(toWire(signedIn->principal.expiresAt)))
        .key("user");
    writeUser(json, signedIn->principal.user);
    json.endObject();
    call.reply->sendJson(
        201, out, {{"Set-Cookie"_ba, sessionCookie(signedIn->token.toLatin1(), call.head.isEncrypted)}});
}

void SessionApi::show(const ApiCall &call)
{
    QByteArray out;
    JsonWriter json(out);
    json.beginObject().key("user");
    writeUser(json, call.principal.user);
    json.field("expires_at", QByteArrayView(toWire(call.principal.expiresAt))).endObject();
    call.reply->sendJson(200, out);
}

void SessionApi::signOut(const ApiCall &call)
{
    m_services.accounts.signOut(call.principal, this, [call](const Result<void> &done) {
        if (!done)
            return call.fail(done.error());
        call.reply->send(204, {{"Set-Cookie"_ba, sessionCookie({}, call.head.isEncrypted) + "; Max-Age=0"}}, {});
    });
}

void SessionApi::issueTicket(const ApiCall &call)
{
    const auto ticket = m_services.accounts.issueTicket(call.principal);
    if (!ticket)
        return call.fail(ticket.error());
    QByteArray out;
    JsonWriter json(out);
    json.beginObject()
        .field("ticket", QStringView(ticket->first))
        .field("expires_at", QByteArrayView(toWire(ticket->second)))
        .endObject();
    call.reply->sendJson(201, out);
}

} // namespace tertulia
