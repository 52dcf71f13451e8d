// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transport/requesthead.h"

namespace tertulia {

/// One whole request, head and body. A value with shared content.
struct HttpRequest {
    RequestHead head;
    QByteArray body;
};

} // namespace tertulia
