// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace tertulia {

/// The WebSocket close codes that the server uses (RFC 6455 section 7.4; 4000-4999 are the application's own).
enum class CloseCode : quint16 {
    Normal = 1000,
    GoingAway = 1001,
    ProtocolError = 1002,
    UnsupportedData = 1003,
    InvalidPayload = 1007,
    PolicyViolation = 1008,
    MessageTooBig = 1009,
    InternalError = 1011,
    InvalidToken = 4001,
    Kicked = 4003,
    SlowConsumer = 4008,
    TooManyConnections = 4029,
};

/// What a client does after a close.
enum class AfterClose : quint8 {
    StayAway,
    ComeBack, ///< by itself, with its last id, after a growing, jittered wait
    NewToken, ///< only with a new token
};

/// The verdict of protocol.md section 5 for `code`; ComeBack for every code that is not in its table
/// (1005 and 1006, which no server sends, mean that the connection was lost).
[[nodiscard]] AfterClose afterClose(int code);

} // namespace tertulia
