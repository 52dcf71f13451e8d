// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>

namespace tertulia {

/// Drawn with QPainter in the colour of the text beside them, so that they follow the theme and need no SVG plugin.
enum class Glyph : quint8 {
    Copy,
    QrCode,
    Chat,
    Play,
    Stop,
    Search,
    Pause,
    Attach,
    Send,
    Smile,
    Reply,
    Edit,
    More,
    People,
    Plus,
    Close,
    Down,
    Megaphone,
    Columns,
    Door,
};

/// Where an icon stands: beside text, or on a button filled with the accent.
enum class Ink : quint8 { Text, OnAccent };

[[nodiscard]] QIcon icon(Glyph glyph, Ink ink = Ink::Text);

/// The application's own icon; `badge` (0 = none) is the number of mentions that wait.
[[nodiscard]] QIcon applicationIcon(int badge = 0);

} // namespace tertulia
