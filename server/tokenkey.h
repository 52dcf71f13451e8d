// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/result.h"

#include <QByteArray>
#include <QString>

namespace tertulia {

/// The key of the tokens of the server in that data directory, made where there is none. Internal with a line for
/// people.
[[nodiscard]] Result<QByteArray> loadTokenKey(const QString &dataDirectory);

} // namespace tertulia
