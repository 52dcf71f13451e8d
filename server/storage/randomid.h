// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace tertulia {

/// `bytes` random bytes from the system as lower-case hex: an id that nobody guesses and that never comes twice.
[[nodiscard]] QString randomId(int bytes = 16);

} // namespace tertulia
