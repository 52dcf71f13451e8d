// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace tertulia {

/// What a person typed as an FTS5 expression: every word must occur, "words in quotes" stand together, and a word with
/// a
/// * at its end stands for all that begin so. All else is text, never syntax. Empty where there is no word in it.
[[nodiscard]] QString ftsExpression(const QString &text);

} // namespace tertulia
