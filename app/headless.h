// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chathost.h"

namespace tertulia {

/// Serves until SIGINT or SIGTERM, without a display. Needs no application object yet; returns the exit code.
[[nodiscard]] int runHeadless(int &argc, char **argv, const HostOptions &options);

} // namespace tertulia
