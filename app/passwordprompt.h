// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/result.h"

#include <QString>

namespace tertulia {

/// A password from the person at the terminal, asked for twice and not shown; where standard input is no terminal, or
/// `fromInput` is set, its first line. Never from the arguments, which everyone on the machine can read.
[[nodiscard]] Result<QString> readPassword(bool fromInput);

} // namespace tertulia
