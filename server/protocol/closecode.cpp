// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/closecode.h"

namespace tertulia {

AfterClose afterClose(int code)
{
    switch (code) {
    case int(CloseCode::Normal):
    case int(CloseCode::ProtocolError):
    case int(CloseCode::UnsupportedData):
    case int(CloseCode::InvalidPayload):
    case int(CloseCode::PolicyViolation):
    case int(CloseCode::MessageTooBig):
    case int(CloseCode::Kicked):
    case int(CloseCode::TooManyConnections):
        return AfterClose::StayAway;
    case int(CloseCode::InvalidToken):
        return AfterClose::NewToken;
    default:
        return AfterClose::ComeBack;
    }
}

} // namespace tertulia
