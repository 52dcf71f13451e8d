// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstdio>

namespace tertulia {

/// The text as it is, in the terminal's encoding, at once.
void print(std::FILE *stream, const QString &text);
/// The same and an end of line.
void printLine(std::FILE *stream, const QString &line);
/// One line on standard error: "tertulia: ...".
void printTrouble(const QString &message);

} // namespace tertulia
