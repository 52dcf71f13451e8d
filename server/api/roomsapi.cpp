// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/roomsapi.h"

#include "api/apigate.h"
#include "api/router.h"
#include "domain/chathub.h"
#include "identity/passwordhasher.h"
#include "protocol/jsonwriter.h"
#include "protocol/servermessage.h"

#include <QUrl>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

QByteArray roomJson(const Room &room)
{
    QByteArray out;
    JsonWriter json(out);
    writeRoom(json, room.info());
    return out;
}

} // namespace

RoomsApi::RoomsApi(const ApiServices &services, ApiGate &gate, Router &router, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_gate(gate)
{
    const QString rooms = u"/api/rooms"_s;
    const QString room = u"/api/rooms/{room}"_s;
    const QString member = u"/api/rooms/{room}/members/{name}"_s;
    router.add({"GET"_ba, rooms, Access::User, [this](const ApiCall &call) { list(call); }});
    router.add({"POST"_ba, rooms, Access::Member, [this](const ApiCall &call) { create(call); }});
    router.add({"PATCH"_ba, room, Access::User, [this](const ApiCall &call) { change(call); }});
    router.add({"DELETE"_ba, room, Access::User, [this](const ApiCall &call) { remove(call); }});
    router.add({"GET"_ba, room % u"/members", Access::User, [this](const ApiCall &call) { members(call); }});
    router.add({"PUT"_ba, member, Access::User, [this](const ApiCall &call) { invite(call); }});
    router.add({"DELETE"_ba, member, Access::User, [this](const ApiCall &call) { putOut(call); }});
}

void RoomsApi::list(const ApiCall &call)
{
    QByteArray out;
    JsonWriter json(out);
    json.beginObject().key("rooms").beginArray();
    for (const Room *room : m_services.rooms.visibleTo(call.principal.user.id))
        writeRoom(json, room->info());
    json.endArray().endObject();
    call.reply->sendJson(200, out);
}

void RoomsApi::readDraft(const ApiCall &call, bool isNew, std::function<void(const RoomDraft &)> then)
{
    auto body = JsonBody::parse(call.body);
    if (!body)
        return call.fail(body.error());
    RoomDraft draft;
    if (isNew)
        draft.name = body->text("name"_L1);
    else if (body->has("name"_L1))
        body->fail("name"_L1); // a room keeps its name: links and marks hold on to it
    draft.topic = body->optionalText("topic"_L1, kLongestTopic);
    draft.isPrivate = body->optionalTruth("private"_L1);
    draft.readOnly = body->optionalTruth("read_only"_L1);
    draft.slowModeSeconds = body->optionalNumber("slow_mode_s"_L1, 0, kLongestSlowModeSeconds);
    const std::optional<QString> password = body->optionalText("password"_L1, PasswordHasher::kLongestPassword);
    if (const auto outcome = body->outcome(); !outcome)
        return call.fail(outcome.error());

    if (!password || password->isEmpty()) {
        if (password)
            draft.passwordHash = QString(u""_s);
        return then(draft);
    }
    m_services.hasher.hash(*password, PasswordKind::Room, this,
        [call, draft, then = std::move(then)](const Result<QString> &hash) mutable {
            if (!hash)
                return call.fail(hash.error());
            draft.passwordHash = *hash;
            then(draft);
        });
}

void RoomsApi::create(const ApiCall &call)
{
    readDraft(call, true, [this, call](const RoomDraft &draft) {
        m_services.hub.createRoom(call.principal, draft, this, [call](const Result<Room *> &room) {
            if (!room)
                return call.fail(room.error());
            const QByteArray location = "/api/rooms/" + QUrl::toPercentEncoding((*room)->record.name);
            call.reply->sendJson(201, roomJson(**room), {{"Location"_ba, location}});
        });
    });
}

void RoomsApi::change(const ApiCall &call)
{
    // Asked before the password is hashed, and again after: the room may be gone by then.
    if (const auto room = m_services.hub.managedRoom(call.parameter(u"room"_s), call.principal); !room)
        return call.fail(room.error());
    readDraft(call, false, [this, call](const RoomDraft &draft) {
        const auto room = m_services.hub.managedRoom(call.parameter(u"room"_s), call.principal);
        if (!room)
            return call.fail(room.error());
        m_services.hub.changeRoom(**room, draft, this, [call](const Result<Room *> &changed) {
            if (!changed)
                return call.fail(changed.error());
            call.reply->sendJson(200, roomJson(**changed));
        });
    });
}

void RoomsApi::remove(const ApiCall &call)
{
    const auto room = m_services.hub.managedRoom(call.parameter(u"room"_s), call.principal);
    if (!room)
        return call.fail(room.error());
    m_services.hub.deleteRoom(**room, this, [call](const Result<void> &done) {
        if (!done)
            return call.fail(done.error());
        call.sendNothing();
    });
}

void RoomsApi::members(const ApiCall &call)
{
    m_gate.openRoom(call, call.parameter(u"room"_s), this, [this, call](const Result<Room *> &room) {
        if (!room)
            return call.fail(room.error());
        QByteArray out;
        JsonWriter json(out);
        json.beginObject().key("members").beginArray();
        for (const Member &member : m_services.hub.members(**room))
            writeMember(json, member);
        json.endArray().endObject();
        call.reply->sendJson(200, out);
    });
}

void RoomsApi::invite(const ApiCall &call)
{
    const auto room = m_services.hub.managedRoom(call.parameter(u"room"_s), call.principal);
    if (!room)
        return call.fail(room.error());
    m_services.hub.invite(**room, call.principal, call.parameter(u"name"_s), this, [call](const Result<void> &done) {
        if (!done)
            return call.fail(done.error());
        call.sendNothing();
    });
}

void RoomsApi::putOut(const ApiCall &call)
{
    const auto room = m_services.hub.managedRoom(call.parameter(u"room"_s), call.principal);
    if (!room)
        return call.fail(room.error());
    m_services.hub.putOut(
        **room, call.principal, call.parameter(u"name"_s), {}, this, [call](const Result<void> &done) {
            if (!done)
                return call.fail(done.error());
            call.sendNothing();
        });
}

} // namespace tertulia
