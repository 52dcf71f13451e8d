// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace tertulia {

/// Every way in which a request can be refused, over WebSocket and HTTP alike.
/// The slug of a code is part of the wire contract and never changes.
enum class ErrorCode : quint8 {
    InvalidJson,
    InvalidMessage,
    UnknownType,
    InvalidField,
    NotJoined,
    NoSuchRoom,
    Forbidden,
    TooLarge,
    RateLimited,
    SlowMode,
    NoSuchEntry,
    NoSuchUser,
    StoreUnavailable,
    TooManyRooms,
    BadRequest,
    NotFound,
    MethodNotAllowed,
    UnsupportedMediaType,
    MisdirectedRequest,
    TooManyRequests,
    Unauthorized,
    BadOrigin,
    BadCredentials,
    GuestsForbidden,
    BadJoinCode,
    NameTaken,
    InvalidName,
    WeakPassword,
    RoomExists,
    ServerFull,
    RequestTimeout,
    LengthRequired,
    HeadTooLarge,
    RangeNotSatisfiable,
    Banned,
    Internal,
};

/// The stable name on the wire, as "no_such_room".
[[nodiscard]] QByteArray errorSlug(ErrorCode code);

/// The HTTP status that carries the code in a problem document (RFC 9457).
[[nodiscard]] int httpStatus(ErrorCode code);

/// Whether trying the same again later can help. True of no code but the four that protocol.md names.
[[nodiscard]] bool isTemporary(ErrorCode code);

/// One English sentence for people; clients translate by the slug.
[[nodiscard]] QString defaultDetail(ErrorCode code);

/// An expected failure. `detail` is for people and holds no secret; `retryAfterMs` is 0 where it means nothing.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    QString detail;
    qint64 retryAfterMs = 0;

    Error() = default;
    Error(ErrorCode errorCode)
        : code(errorCode)
        , detail(defaultDetail(errorCode))
    {
    }
    Error(ErrorCode errorCode, QString text, qint64 retryMs = 0)
        : code(errorCode)
        , detail(std::move(text))
        , retryAfterMs(retryMs)
    {
    }
    bool operator==(const Error &) const = default;
};

} // namespace tertulia
