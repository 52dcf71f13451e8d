// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>
#include <QString>

namespace tertulia {

/// Every colour of the interface, once for each theme. Texts of all tokens meet WCAG AA (4.5:1) on window and card,
/// which tests/gui/tst_theme computes; `line` is decoration only, borders that mean something take `control` (3:1).
struct Tokens {
    QColor window;
    QColor card;
    QColor line;
    QColor control;
    QColor text;
    QColor muted;
    QColor accent;
    QColor accentText; ///< on `accent`
    QColor warn;
    QColor danger;
    QColor dangerText; ///< on `danger`
    QColor ok;
    QColor bannerText;
    QColor bannerBack;
    QColor hover;
    QColor code; ///< behind code in messages
    QColor mention; ///< behind messages that mention the reader
};

enum class ThemeChoice : quint8 { System, Light, Dark };

[[nodiscard]] const Tokens &lightTokens();
[[nodiscard]] const Tokens &darkTokens();
/// Those of the theme in use, for what paints itself.
[[nodiscard]] const Tokens &currentTokens();

[[nodiscard]] QPalette paletteOf(const Tokens &tokens);
[[nodiscard]] QString styleSheetOf(const Tokens &tokens);

/// The WCAG 2 contrast of two opaque colours: 1 to 21.
[[nodiscard]] double contrast(const QColor &first, const QColor &second);

/// One of eight colours for a name, always the same one; white letters on it are readable.
[[nodiscard]] QColor avatarColor(const QString &name);

} // namespace tertulia
