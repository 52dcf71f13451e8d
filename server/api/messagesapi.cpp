// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/messagesapi.h"

#include "api/apigate.h"
#include "api/router.h"
#include "domain/chathub.h"
#include "protocol/command.h"
#include "protocol/jsonwriter.h"
#include "protocol/servermessage.h"
#include "storage/store.h"

#include <algorithm>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

/// Longest text to search for, in characters: more words than anyone looks for.
constexpr qsizetype kLongestSearch = 256;

Result<MessageQuery> readQuery(const ApiCall &call)
{
    const auto limit = call.queryCount("limit", 50);
    const auto before = call.queryNumber("before", 0);
    const auto after = call.queryNumber("after", 0);
    for (const auto *number : {&before, &after}) {
        if (!*number)
            return number->error();
    }
    if (!limit)
        return limit.error();
    MessageQuery query;
    query.limit = int(std::clamp<qint64>(*limit, 1, 200));
    query.before = *before;
    if (call.head.hasQueryItem("after"))
        query.after = *after;
    query.text = call.head.queryItem("q").trimmed();
    if (query.text.size() > kLongestSearch)
        return invalidField("q"_L1);
    return query;
}

} // namespace

QByteArray messagePageJson(const MessagePage &page, const QString &room)
{
    QByteArray out;
    JsonWriter json(out);
    json.beginObject().key("messages").beginArray();
    for (Message message : page.messages) {
        message.room = room;
        writeMessage(json, message);
    }
    json.endArray().field("has_more", page.hasMore).field("last_id", page.lastId).endObject();
    return out;
}

MessagesApi::MessagesApi(const ApiServices &services, ApiGate &gate, Router &router, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_gate(gate)
{
    const QString messages = u"/api/rooms/{room}/messages"_s;
    router.add({"GET"_ba, messages, Access::User, [this](const ApiCall &call) { list(call); }});
    router.add({"POST"_ba, messages, Access::User, [this](const ApiCall &call) { publish(call); }});
}

void MessagesApi::list(const ApiCall &call)
{
    const auto query = readQuery(call);
    if (!query)
        return call.fail(query.error());
    m_gate.openRoom(call, call.parameter(u"room"_s), this, [this, call, query = *query](const Result<Room *> &room) {
        if (!room)
            return call.fail(room.error());
        sendPage(call, **room, query);
    });
}

void MessagesApi::sendPage(const ApiCall &call, const Room &room, const MessageQuery &query)
{
    // The page becomes JSON in the reader's thread too: up to 200 messages of any length.
    readFrom<QByteArray>(
        m_services.store, this,
        [key = room.key(), name = room.record.name, query](Storage &storage) -> Result<QByteArray> {
            const auto page = storage.entries().messages(key, query);
            if (!page)
                return page.error();
            return messagePageJson(*page, name);
        },
        [call](const Result<QByteArray> &json) {
            if (!json)
                return call.fail(json.error());
            call.reply->sendJson(200, *json);
        });
}

void MessagesApi::publish(const ApiCall &call)
{
    auto body = JsonBody::parse(call.body);
    if (!body)
        return call.fail(body.error());
    PublishRequest request;
    request.content = body->text("content"_L1);
    request.ref = body->optionalText("ref"_L1, kLongestRef).value_or(QString());
    request.replyTo = body->optionalId("reply_to"_L1).value_or(0);
    if (const auto outcome = body->outcome(); !outcome)
        return call.fail(outcome.error());
    if (const auto outcome = m_gate.takePublishToken(call.principal.user.id); !outcome)
        return call.fail(outcome.error());

    m_gate.openRoom(call, call.parameter(u"room"_s), this, [this, call, request](const Result<Room *> &room) mutable {
        if (!room)
            return call.fail(room.error());
        request.room = (*room)->record.name;
        m_services.hub.publish(call.principal, request, this, [call](const Result<Appended> &appended) {
            if (!appended)
                return call.fail(appended.error());
            QByteArray out;
            JsonWriter json(out);
            json.beginObject()
                .field("id", appended->id)
                .field("timestamp", QByteArrayView(toWire(appended->timestamp)))
                .endObject();
            call.reply->sendJson(201, out);
        });
    });
}

} // namespace tertulia
