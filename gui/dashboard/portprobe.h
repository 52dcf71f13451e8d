// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace tertulia {

/// Whether another program holds the port (or this user may not have it), tried by listening on it for an instant.
[[nodiscard]] bool isPortTaken(quint16 port);

/// The next port above `port` that is free now; 0 = none of the next hundred.
[[nodiscard]] quint16 nextFreePort(quint16 port);

} // namespace tertulia
