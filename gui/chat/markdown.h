// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace tertulia {

/// A run of text in one form. `link` is an address that may be offered to the reader, never one to open unasked.
struct TextSpan {
    QString text;
    bool isBold = false;
    bool isItalic = false;
    bool isCode = false;
    bool isStruck = false;
    bool isMention = false;
    QString link;

    bool operator==(const TextSpan &) const = default;
};

struct TextBlock {
    enum class Kind : quint8 { Paragraph, Quote, Bullet, Numbered, Code };
    Kind kind = Kind::Paragraph;
    int number = 0; ///< of a numbered line
    QList<TextSpan> spans;

    bool operator==(const TextBlock &) const = default;
};

/// The subset of Markdown that messages may use, one block a line save fenced code: ``` fences, `> ` quotes, `- ` and
/// `1. ` lists, `**bold**`, `*italic*`, `_italic_`, `~~struck~~`, `` `code` ``, `[text](address)` and bare addresses.
/// Everything else, HTML and images included, stays the text that it is. Time grows with the length alone, whatever is
/// in it.
[[nodiscard]] QList<TextBlock> parseMarkdown(const QString &text, const QStringList &mentions);

/// Whether an address that a stranger wrote may be offered at all: http, https and mailto with something behind them.
[[nodiscard]] bool isHarmlessLink(const QString &address);

} // namespace tertulia
