// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace tertulia::bench {

/// `tertulia bench ARGUMENTS`: runs it, prints the figures, gives the exit status. Needs no application object.
[[nodiscard]] int runBench(const QStringList &arguments);

} // namespace tertulia::bench
