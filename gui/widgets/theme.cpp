// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme.h"

#include <QApplication>

#include <array>
#include <cmath>

namespace tertulia {

using namespace Qt::StringLiterals;

const Tokens &lightTokens()
{
    static const Tokens kTokens = {
        .window = QColor(0xf4, 0xf6, 0xf9),
        .card = QColor(0xff, 0xff, 0xff),
        .line = QColor(0xd9, 0xde, 0xe6),
        .control = QColor(0x7f, 0x88, 0x96),
        .text = QColor(0x11, 0x18, 0x27),
        .muted = QColor(0x5b, 0x64, 0x72),
        .accent = QColor(0x25, 0x63, 0xeb),
        .accentText = QColor(0xff, 0xff, 0xff),
        .warn = QColor(0xb4, 0x53, 0x09),
        .danger = QColor(0xb4, 0x23, 0x18),
        .dangerText = QColor(0xff, 0xff, 0xff),
        .ok = QColor(0x15, 0x80, 0x3d),
        .bannerText = QColor(0x7c, 0x4a, 0x03),
        .bannerBack = QColor(0xfe, 0xf3, 0xc7),
        .hover = QColor(0xe9, 0xee, 0xf6),
        .code = QColor(0xee, 0xf1, 0xf6),
        .mention = QColor(0xff, 0xf8, 0xe1),
    };
    return kTokens;
}

const Tokens &darkTokens()
{
    static const Tokens kTokens = {
        .window = QColor(0x1a, 0x1d, 0x23),
        .card = QColor(0x23, 0x27, 0x2f),
        .line = QColor(0x36, 0x3c, 0x47),
        .control = QColor(0x7b, 0x84, 0x94),
        .text = QColor(0xe6, 0xe9, 0xee),
        .muted = QColor(0x9a, 0xa4, 0xb2),
        .accent = QColor(0x6e, 0xa8, 0xfe),
        .accentText = QColor(0x0b, 0x12, 0x20),
        .warn = QColor(0xfb, 0xbf, 0x24),
        .danger = QColor(0xff, 0x8a, 0x80),
        .dangerText = QColor(0x20, 0x0b, 0x0b),
        .ok = QColor(0x4a, 0xde, 0x80),
        .bannerText = QColor(0xfd, 0xe6, 0x8a),
        .bannerBack = QColor(0x4a, 0x3a, 0x12),
        .hover = QColor(0x2d, 0x33, 0x3d),
        .code = QColor(0x2c, 0x31, 0x3b),
        .mention = QColor(0x3a, 0x33, 0x20),
    };
    return kTokens;
}

const Tokens &currentTokens()
{
    return qApp->palette().color(QPalette::Window).lightness() < 128 ? darkTokens() : lightTokens();
}

QPalette paletteOf(const Tokens &tokens)
{
    QPalette palette;
    palette.setColor(QPalette::Window, tokens.window);
    palette.setColor(QPalette::WindowText, tokens.text);
    palette.setColor(QPalette::Base, tokens.card);
    palette.setColor(QPalette::AlternateBase, tokens.window);
    palette.setColor(QPalette::Text, tokens.text);
    palette.setColor(QPalette::Button, tokens.card);
    palette.setColor(QPalette::ButtonText, tokens.text);
    palette.setColor(QPalette::BrightText, tokens.danger);
    palette.setColor(QPalette::Highlight, tokens.accent);
    palette.setColor(QPalette::HighlightedText, tokens.accentText);
    palette.setColor(QPalette::Link, tokens.accent);
    palette.setColor(QPalette::LinkVisited, tokens.accent);
    palette.setColor(QPalette::PlaceholderText, tokens.muted);
    palette.setColor(QPalette::ToolTipBase, tokens.card);
    palette.setColor(QPalette::ToolTipText, tokens.text);
    palette.setColor(QPalette::Light, tokens.card);
    palette.setColor(QPalette::Midlight, tokens.hover);
    palette.setColor(QPalette::Mid, tokens.line);
    palette.setColor(QPalette::Dark, tokens.control);
    palette.setColor(QPalette::Shadow, tokens.line);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, tokens.control);
    return palette;
}

QString styleSheetOf(const Tokens &tokens)
{
    static const QString kTemplate = uR"(
QFrame[card="true"] { background: @card; border: 1px solid @line; border-radius: 10px; }
QLabel[muted="true"] { color: @muted; }
QLabel[title="true"] { font-weight: 600; }
QLabel[danger="true"] { color: @danger; }
QFrame[banner="true"] { background: @bannerBack; border: none; border-radius: 8px; }
QFrame[banner="true"] QLabel { color: @bannerText; }
QPushButton, QToolButton { border: 1px solid @control; border-radius: 6px; padding: 5px 12px; background: @card; color: @text; }
QToolButton { padding: 5px 8px; }
QPushButton:hover, QToolButton:hover { background: @hover; }
QPushButton:pressed, QToolButton:pressed, QToolButton:checked { background: @line; }
QPushButton:disabled, QToolButton:disabled { color: @control; border-color: @line; }
QPushButton[primary="true"] { background: @accent; color: @accentText; border-color: @accent; font-weight: 600; }
QPushButton[primary="true"]:disabled { background: @line; color: @muted; border-color: @line; }
QPushButton[danger="true"] { color: @danger; border-color: @danger; }
QPushButton:focus, QToolButton:focus { border: 2px solid @accent; padding: 4px 11px; }
QToolButton:focus { padding: 4px 7px; }
QPushButton[primary="true"]:focus { border-color: @text; }
QToolButton[flat="true"] { border-color: transparent; background: transparent; }
QToolButton[flat="true"]:hover { background: @hover; }
QToolButton[flat="true"]:checked { background: @line; font-weight: 600; }
QPushButton, QToolButton { icon-size: 1.1em; }
QToolButton[flat="true"]:focus { border-color: @accent; }
QToolButton::menu-indicator { image: none; width: 0; }
QLineEdit, QPlainTextEdit { border: 1px solid @control; border-radius: 6px; padding: 5px 8px;
    background: @card; color: @text; selection-background-color: @accent; selection-color: @accentText; }
QLineEdit:focus, QPlainTextEdit:focus { border: 2px solid @accent; padding: 4px 7px; }
QAbstractItemView { border: 1px solid @line; border-radius: 8px; background: @card; alternate-background-color: @window;
    selection-background-color: @accent; selection-color: @accentText; outline: none; }
QAbstractItemView:focus { border: 2px solid @accent; }
QListView[plain="true"] { border: none; border-radius: 0; background: transparent; }
QHeaderView { background: @card; border: none; }
QHeaderView::section { background: @card; color: @muted; border: none; border-bottom: 1px solid @line; padding: 6px 4px; }
QTabWidget::pane { border: 1px solid @line; border-radius: 8px; top: -1px; background: @card; }
QTabBar::tab { padding: 7px 14px; color: @muted; border: none; border-bottom: 3px solid transparent; }
QTabBar::tab:selected { color: @text; border-bottom-color: @accent; font-weight: 600; }
QTabBar::tab:focus { color: @accent; }
QSplitter::handle { background: transparent; }
QStatusBar { color: @muted; border-top: 1px solid @line; }
QStatusBar QLabel { color: @muted; padding-right: 8px; }
QStatusBar::item { border: none; }
QMenuBar { background: @window; border-bottom: 1px solid @line; padding: 2px; }
QMenuBar::item { padding: 5px 10px; border-radius: 5px; background: transparent; }
QMenuBar::item:selected { background: @hover; }
QMenu { background: @card; border: 1px solid @line; padding: 5px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 5px; }
QMenu::item:selected { background: @accent; color: @accentText; }
QMenu::item:disabled { color: @control; }
QMenu::separator { height: 1px; background: @line; margin: 5px 8px; }
QMenu::icon { padding-left: 8px; }
QToolTip { background: @card; color: @text; border: 1px solid @control; padding: 4px; }
QScrollBar:vertical { width: 12px; background: transparent; margin: 0; }
QScrollBar:horizontal { height: 12px; background: transparent; margin: 0; }
QScrollBar::handle { background: @control; border-radius: 4px; margin: 2px; min-height: 28px; min-width: 28px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { border: 1px solid @control; border-radius: 5px; text-align: center; background: @card; color: @text; }
QProgressBar::chunk { background: @accent; border-radius: 4px; }
)"_s;
    const std::array<std::pair<const char16_t *, QColor>, 17> values = {{
        // Longer names first: @accentText begins with @accent.
        {u"@accentText", tokens.accentText},
        {u"@bannerText", tokens.bannerText},
        {u"@bannerBack", tokens.bannerBack},
        {u"@dangerText", tokens.dangerText},
        {u"@window", tokens.window},
        {u"@card", tokens.card},
        {u"@line", tokens.line},
        {u"@control", tokens.control},
        {u"@text", tokens.text},
        {u"@muted", tokens.muted},
        {u"@accent", tokens.accent},
        {u"@warn", tokens.warn},
        {u"@danger", tokens.danger},
        {u"@ok", tokens.ok},
        {u"@hover", tokens.hover},
        {u"@code", tokens.code},
        {u"@mention", tokens.mention},
    }};
    QString sheet = kTemplate;
    for (const auto &[name, color] : values)
        sheet.replace(QString::fromUtf16(name), color.name());
    return sheet;
}

double contrast(const QColor &first, const QColor &second)
{
    const auto luminance = [](const QColor &color) {
        const auto linear
            = [](double part) { return part <= 0.03928 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4); };
        return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
    };
    const double one = luminance(first) + 0.05;
    const double other = luminance(second) + 0.05;
    return one > other ? one / other : other / one;
}

QColor avatarColor(const QString &name)
{
    static const std::array<QColor, 8> kColors = {QColor(0x1d, 0x4e, 0xd8), QColor(0x15, 0x80, 0x3d),
        QColor(0xb4, 0x53, 0x09), QColor(0x7e, 0x22, 0xce), QColor(0xbe, 0x18, 0x5d), QColor(0x0f, 0x76, 0x6e),
        QColor(0xb9, 0x1c, 0x1c), QColor(0x4d, 0x5b, 0x71)};
    // Not qHash: a person keeps the colour over restarts, whatever the seed.
    quint32 sum = 2166136261U;
    for (const QChar letter : name.toCaseFolded())
        sum = (sum ^ letter.unicode()) * 16777619U;
    return kColors.at(sum % kColors.size());
}

} // namespace tertulia
