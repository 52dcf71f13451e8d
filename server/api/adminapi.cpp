// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/adminapi.h"

#include "api/audit.h"
#include "api/router.h"
#include "domain/banlist.h"
#include "domain/clock.h"
#include "domain/connectionregistry.h"
#include "domain/door.h"
#include "metrics/metrics.h"
#include "metrics/metricsticker.h"
#include "protocol/jsonwriter.h"
#include "protocol/names.h"

#include <map>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kLongestReason = 200;

/// Header values are bytes; what is not UTF-8 is shown as replacement characters.
void writeBytes(JsonWriter &json, QByteArrayView key, const QByteArray &bytes)
{
    json.field(key, QStringView(QString::fromUtf8(bytes)));
}

void writeHeaders(JsonWriter &json, const Handshake &handshake)
{
    // One key once: fields that came twice are joined as RFC 9110 section 5.3 joins them.
    std::map<QByteArray, QByteArray> joined;
    for (const auto &[name, value] : handshake.headers) {
        QByteArray &all = joined[name.toLower()];
        all = all.isEmpty() ? value : all + ", " + value;
    }
    json.key("headers").beginObject();
    for (const auto &[name, value] : joined)
        writeBytes(json, name, value);
    json.endObject();
}

} // namespace

void writeBan(JsonWriter &json, const Ban &ban)
{
    json.beginObject().field("id", QStringView(ban.id));
    if (!ban.name.isEmpty())
        json.field("name", QStringView(ban.name));
    else
        json.field("address", QStringView(ban.address));
    json.field("reason", QStringView(ban.reason));
    if (toMilliseconds(ban.until) == 0)
        json.key("until").null();
    else
        json.field("until", QByteArrayView(toWire(ban.until)));
    json.field("by", QStringView(ban.by)).field("created_at", QByteArrayView(toWire(ban.createdAt))).endObject();
}

void writeKnock(JsonWriter &json, const DoorKnock &knock)
{
    json.beginObject()
        .field("id", QStringView(knock.id))
        .field("name", QStringView(knock.name))
        .field("address", QStringView(knock.address))
        .field("user_agent", QStringView(knock.userAgent))
        .field("since", QByteArrayView(toWire(knock.since)))
        .endObject();
}

AdminApi::AdminApi(const ApiServices &services, Router &router, QObject *parent)
    : QObject(parent)
    , m_services(services)
{
    const auto add
        = [this, &router](QByteArray method, const QString &pattern, void (AdminApi::*action)(const ApiCall &)) {
              router.add({std::move(method), pattern, Access::Admin,
                  [this, action](const ApiCall &call) { (this->*action)(call); }});
          };
    add("GET"_ba, u"/api/connections"_s, &AdminApi::listConnections);
    add("GET"_ba, u"/api/connections/{id}"_s, &AdminApi::showConnection);
    add("DELETE"_ba, u"/api/connections/{id}"_s, &AdminApi::kick);
    add("GET"_ba, u"/api/bans"_s, &AdminApi::listBans);
    add("POST"_ba, u"/api/bans"_s, &AdminApi::addBan);
    add("DELETE"_ba, u"/api/bans/{id}"_s, &AdminApi::removeBan);
    add("GET"_ba, u"/api/door"_s, &AdminApi::listDoor);
    add("POST"_ba, u"/api/door/{id}"_s, &AdminApi::answerDoor);
    add("GET"_ba, u"/api/stats"_s, &AdminApi::showStats);
}

void AdminApi::writeConnection(JsonWriter &json, const ConnectionRecord &record) const
{
    const ConnectionRow row = m_services.connections.row(record);
    const Handshake &handshake = record.shake();
    json.beginObject()
        .field("id", QStringView(row.id))
        .field("user", QStringView(row.user))
        .field("role", QByteArrayView(roleName(row.role)))
        .field("transport", QStringView(row.transport))
        .field("address", QStringView(row.address))
        .field("port", int(row.port))
        .field("path", QStringView(row.path));
    writeBytes(json, "query", handshake.query);
    writeHeaders(json, handshake);
    json.key("cookies").beginArray();
    for (const QByteArray &name : handshake.cookieNames)
        json.value(QStringView(QString::fromUtf8(name)));
    json.endArray().field("user_agent", QStringView(row.userAgent)).key("rooms").beginArray();
    for (const QString &room : row.rooms)
        json.value(QStringView(room));
    json.endArray().field("connected_at", QByteArrayView(toWire(row.connectedAt)));
    if (row.roundTripMs >= 0)
        json.field("rtt_ms", row.roundTripMs);
    else
        json.key("rtt_ms").null();
    json.field("messages_in", row.messagesIn)
        .field("messages_out", row.messagesOut)
        .field("bytes_in", row.bytesIn)
        .field("bytes_out", row.bytesOut)
        .field("queued_bytes", row.queuedBytes)
        .endObject();
}

void AdminApi::listConnections(const ApiCall &call)
{
    QByteArray out;
    JsonWriter json(out);
    json.beginObject().key("connections").beginArray();
    for (const ConnectionRecord *record : m_services.connections.all())
        writeConnection(json, *record);
    json.endArray().endObject();
    call.reply->sendJson(200, out);
}

void AdminApi::showConnection(const ApiCall &call)
{
    const ConnectionRecord *record = m_services.connections.find(call.parameter(u"id"_s));
    if (!record)
        return call.fail(ErrorCode::NotFound);
    QByteArray out;
    JsonWriter json(out);
    writeConnection(json, *record);
    call.reply->sendJson(200, out);
}

void AdminApi::kick(const ApiCall &call)
{
    const ConnectionRecord *record = m_services.connections.find(call.parameter(u"id"_s));
    if (!record)
        return call.fail(ErrorCode::NotFound);
    const QString id = record->id;
    const QString user = record->principal ? record->principal->user.name : QString();
    if (record->connection)
        record->connection->close(CloseCode::Kicked, "kicked"_ba);
    else
        Q_EMIT longPollKicked(id);
    writeAudit(m_services, call.principal, u"kick"_s, user, id);
    call.sendNothing();
}

void AdminApi::listBans(const ApiCall &call)
{
    QByteArray out;
    JsonWriter json(out);
    json.beginObject().key("bans").beginArray();
    for (const Ban &ban : m_services.bans.all())
        writeBan(json, ban);
    json.endArray().endObject();
    call.reply->sendJson(200, out);
}

void AdminApi::addBan(const ApiCall &call)
{
    auto body = JsonBody::parse(call.body);
    if (!body)
        return call.fail(body.error());
    Ban draft;
    draft.name = body->optionalText("name"_L1).value_or(QString());
    draft.address = body->optionalText("address"_L1).value_or(QString());
    draft.reason = body->optionalText("reason"_L1, kLongestReason).value_or(QString());
    draft.by = call.principal.user.name;
    if (const auto until = body->optionalText("until"_L1)) {
        const auto moment = timestampFromWire(*until);
        if (!moment || *moment <= m_services.clock.now())
            body->fail("until"_L1);
        else
            draft.until = *moment;
    }
    // A host who locks himself out can undo nothing.
    if (foldName(draft.name) == foldName(call.principal.user.name))
        body->fail("name"_L1);
    if (const auto outcome = body->outcome(); !outcome)
        return call.fail(outcome.error());

    m_services.bans.add(draft, this, [this, call](const Result<Ban> &ban) {
        if (!ban)
            return call.fail(ban.error());
        writeAudit(m_services, call.principal, u"ban"_s, ban->name.isEmpty() ? ban->address : ban->name, ban->reason);
        QByteArray out;
        JsonWriter json(out);
        writeBan(json, *ban);
        call.reply->sendJson(201, out, {{"Location"_ba, "/api/bans/" + ban->id.toUtf8()}});
    });
}

void AdminApi::removeBan(const ApiCall &call)
{
    const QString id = call.parameter(u"id"_s);
    m_services.bans.remove(id, this, [this, call, id](const Result<void> &done) {
        if (!done)
            return call.fail(done.error());
        writeAudit(m_services, call.principal, u"unban"_s, id);
        call.sendNothing();
    });
}

void AdminApi::listDoor(const ApiCall &call)
{
    QByteArray out;
    JsonWriter json(out);
    json.beginObject().key("waiting").beginArray();
    for (const DoorKnock &knock : m_services.door.waiting())
        writeKnock(json, knock);
    json.endArray().endObject();
    call.reply->sendJson(200, out);
}

void AdminApi::answerDoor(const ApiCall &call)
{
    auto body = JsonBody::parse(call.body);
    if (!body)
        return call.fail(body.error());
    const bool admit = body->truth("admit"_L1);
    if (const auto outcome = body->outcome(); !outcome)
        return call.fail(outcome.error());
    const QString id = call.parameter(u"id"_s);
    QString name;
    for (const DoorKnock &knock : m_services.door.waiting()) {
        if (knock.id == id)
            name = knock.name;
    }
    if (!m_services.door.answer(id, admit))
        return call.fail(ErrorCode::NotFound);
    writeAudit(m_services, call.principal, admit ? u"admit"_s : u"refuse"_s, name);
    call.sendNothing();
}

void AdminApi::showStats(const ApiCall &call)
{
    call.reply->sendJson(200, statsJson(m_services.ticker.latest(), m_services.ticker.roomRows()));
}

} // namespace tertulia
