// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/archivewriter.h"
#include "protocol/result.h"

#include <QList>

namespace tertulia {

struct Archive {
    QString epoch;
    QList<Entry> entries; ///< `userId` is empty: archives do not have it
};

/// Reads what ArchiveWriter wrote as Json or JsonLines. InvalidField with the line where it breaks, for a text that is
/// not whole, not well-formed, or whose ids have a hole.
[[nodiscard]] Result<Archive> readArchive(ArchiveFormat format, const QByteArray &content);

} // namespace tertulia
