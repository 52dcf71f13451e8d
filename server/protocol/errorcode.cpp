// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/errorcode.h"

#include <array>

namespace tertulia {

namespace {

struct Row {
    ErrorCode code;
    const char *slug;
    int status;
    bool temporary;
    const char *detail;
};

constexpr std::array kRows {
    Row {ErrorCode::InvalidJson, "invalid_json", 400, false, "The text is not valid JSON."},
    Row {ErrorCode::InvalidMessage, "invalid_message", 400, false, "A message is a JSON object with a type."},
    Row {ErrorCode::UnknownType, "unknown_type", 400, false, "There is no message of this type."},
    Row {ErrorCode::InvalidField, "invalid_field", 422, false, "A field is missing or has a wrong value."},
    Row {ErrorCode::NotJoined, "not_joined", 409, false, "Join the room first."},
    Row {ErrorCode::NoSuchRoom, "no_such_room", 404, false, "There is no such room."},
    Row {ErrorCode::Forbidden, "forbidden", 403, false, "This is not allowed to you."},
    Row {ErrorCode::TooLarge, "too_large", 413, false, "The content is larger than the server takes."},
    Row {ErrorCode::RateLimited, "rate_limited", 429, true, "Too many messages; wait a moment."},
    Row {ErrorCode::SlowMode, "slow_mode", 429, true, "The room is in slow mode; wait before the next message."},
    Row {ErrorCode::NoSuchEntry, "no_such_entry", 404, false, "There is no such entry in this room."},
    Row {ErrorCode::NoSuchUser, "no_such_user", 404, false, "There is no such user."},
    Row {
        ErrorCode::StoreUnavailable, "store_unavailable", 503, true, "The history cannot be written or read just now."},
    Row {ErrorCode::TooManyRooms, "too_many_rooms", 429, true, "The server holds as many rooms as it may."},
    Row {ErrorCode::BadRequest, "bad_request", 400, false, "The request is not valid HTTP."},
    Row {ErrorCode::NotFound, "not_found", 404, false, "There is nothing at this address."},
    Row {ErrorCode::MethodNotAllowed, "method_not_allowed", 405, false, "This method is not allowed here."},
    Row {ErrorCode::UnsupportedMediaType, "unsupported_media_type", 415, false, "The body must be application/json."},
    Row {ErrorCode::MisdirectedRequest, "misdirected_request", 421, false, "The Host names no address of this server."},
    Row {ErrorCode::TooManyRequests, "too_many_requests", 429, true, "Too many requests; wait a moment."},
    Row {ErrorCode::Unauthorized, "unauthorized", 401, false, "A valid token is needed."},
    Row {ErrorCode::BadOrigin, "bad_origin", 403, false, "Pages of another origin may not do this."},
    Row {ErrorCode::BadCredentials, "bad_credentials", 401, false, "The name or the password is wrong."},
    Row {ErrorCode::GuestsForbidden, "guests_forbidden", 403, false, "Guests may not enter here."},
    Row {ErrorCode::BadJoinCode, "bad_join_code", 403, false, "The join code is missing or wrong."},
    Row {ErrorCode::NameTaken, "name_taken", 409, false, "The name is in use."},
    Row {ErrorCode::InvalidName, "invalid_name", 422, false, "The name is not allowed."},
    Row {ErrorCode::WeakPassword, "weak_password", 422, false, "A password has at least 8 characters."},
    Row {ErrorCode::RoomExists, "room_exists", 409, false, "A room of this name exists."},
    Row {ErrorCode::ServerFull, "server_full", 503, false, "The server is full."},
    Row {ErrorCode::RequestTimeout, "request_timeout", 408, false, "The request took too long to arrive."},
    Row {ErrorCode::LengthRequired, "length_required", 411, false, "The body needs a Content-Length."},
    Row {ErrorCode::HeadTooLarge, "head_too_large", 431, false, "The request head is too large."},
    Row {ErrorCode::RangeNotSatisfiable, "range_not_satisfiable", 416, false, "The range lies outside the file."},
    Row {ErrorCode::Banned, "banned", 403, false, "You are banned from this server."},
    Row {ErrorCode::Internal, "internal", 500, false, "The server failed."},
};

const Row &row(ErrorCode code)
{
    const auto index = static_cast<std::size_t>(code);
    Q_ASSERT(index < kRows.size() && kRows[index].code == code);
    return kRows[index];
}

} // namespace

QByteArray errorSlug(ErrorCode code)
{
    return QByteArray(row(code).slug);
}

int httpStatus(ErrorCode code)
{
    return row(code).status;
}

bool isTemporary(ErrorCode code)
{
    // HTTP's too_many_requests is rate_limited under the name that HTTP clients know.
    return row(code).temporary && code != ErrorCode::TooManyRequests;
}

QString defaultDetail(ErrorCode code)
{
    return QString::fromLatin1(row(code).detail);
}

} // namespace tertulia
