// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace tertulia {

/// What this process takes of the machine. Fields that the system does not tell are 0.
struct ProcessUsage {
    qint64 residentBytes = 0;
    double cpuSeconds = 0; ///< user and system, all threads
};

[[nodiscard]] ProcessUsage processUsage();
/// Open file descriptors: costs a walk over them, so only for a scrape.
[[nodiscard]] int openFileDescriptors();

} // namespace tertulia
