// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "commandline.h"

namespace tertulia {

// The subcommands, which work on the data directory at once, with or without a server that runs on it; such a server
// notices within some seconds. Each returns what is to be printed on standard output, or one line of trouble.

[[nodiscard]] Result<QString> runToken(const QString &dataDirectory, const TokenCommand &command);
[[nodiscard]] Result<QString> runUser(const QString &dataDirectory, const UserCommand &command);
[[nodiscard]] Result<QString> runArchive(const QString &dataDirectory, const ArchiveCommand &command);

} // namespace tertulia
