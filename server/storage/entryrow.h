// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/sqlconnection.h"
#include "storage/storage.h"

namespace tertulia {

/// A file of an entry as its column holds it: JSON, or null.
[[nodiscard]] QVariant fileColumn(const std::optional<FileInfo> &file);
[[nodiscard]] std::optional<FileInfo> fileOfColumn(const QString &json);
/// Names one a line (no name holds a line break), or null.
[[nodiscard]] QVariant mentionsColumn(const QStringList &mentions);
[[nodiscard]] QStringList mentionsOfColumn(const QString &lines);

} // namespace tertulia
