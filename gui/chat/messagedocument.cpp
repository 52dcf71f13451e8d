// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/messagedocument.h"

#include "chat/markdown.h"

#include <QAbstractTextDocumentLayout>
#include <QFontDatabase>
#include <QTextBlock>
#include <QTextCursor>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

constexpr qreal kIndent = 14;
/// Beyond it a text is not laid out but cut: 16 KiB are the server's limit, other servers may have another.
constexpr qsizetype kLongestShown = 40'000;

QTextCharFormat formatOf(const TextSpan &span, const Tokens &tokens)
{
    QTextCharFormat format;
    if (span.isBold)
        format.setFontWeight(QFont::Bold);
    format.setFontItalic(span.isItalic);
    format.setFontStrikeOut(span.isStruck);
    if (span.isCode) {
        format.setFontFamilies({QFontDatabase::systemFont(QFontDatabase::FixedFont).family()});
        format.setBackground(tokens.code);
    }
    if (span.isMention) {
        format.setFontWeight(QFont::DemiBold);
        format.setForeground(tokens.accent);
    }
    if (!span.link.isEmpty()) {
        format.setAnchor(true);
        format.setAnchorHref(span.link);
        format.setForeground(tokens.accent);
        format.setFontUnderline(true);
    }
    return format;
}

QTextBlockFormat formatOf(const TextBlock &block, const Tokens &tokens)
{
    QTextBlockFormat format;
    switch (block.kind) {
    case TextBlock::Kind::Code:
        format.setBackground(tokens.code);
        format.setLeftMargin(2);
        format.setTopMargin(2);
        format.setBottomMargin(2);
        break;
    case TextBlock::Kind::Quote:
    case TextBlock::Kind::Bullet:
    case TextBlock::Kind::Numbered:
        format.setLeftMargin(kIndent);
        break;
    case TextBlock::Kind::Paragraph:
        break;
    }
    return format;
}

QString prefixOf(const TextBlock &block)
{
    switch (block.kind) {
    case TextBlock::Kind::Quote:
        return u"▏ "_s;
    case TextBlock::Kind::Bullet:
        return u"•  "_s;
    case TextBlock::Kind::Numbered:
        return QString(QString::number(block.number) % u".  "_s);
    default:
        return {};
    }
}

} // namespace

MessageDocument::MessageDocument(
    const QString &content, const QStringList &mentions, const QString &remark, const QFont &font, const Tokens &tokens)
{
    setUndoRedoEnabled(false);
    setDocumentMargin(0);
    setDefaultFont(font);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setTextDirection(Qt::LayoutDirectionAuto);
    setDefaultTextOption(option);

    QTextCursor cursor(this);
    cursor.beginEditBlock();
    bool isFirst = true;
    const QList<TextBlock> blocks = parseMarkdown(content.left(kLongestShown), mentions);
    for (const TextBlock &block : blocks) {
        if (isFirst)
            cursor.setBlockFormat(formatOf(block, tokens));
        else
            cursor.insertBlock(formatOf(block, tokens), {});
        isFirst = false;
        QTextCharFormat prefix;
        prefix.setForeground(tokens.muted);
        cursor.insertText(prefixOf(block), prefix);
        for (const TextSpan &span : block.spans) {
            QString text = span.text;
            text.replace(u'\n', QChar::LineSeparator); // code stays one block
            text.remove(QChar::ObjectReplacementCharacter); // would be an (empty) embedded object
            cursor.insertText(text, formatOf(span, tokens));
        }
    }
    if (!remark.isEmpty()) {
        QTextCharFormat muted;
        muted.setForeground(tokens.muted);
        muted.setFontItalic(true);
        cursor.insertText(QString(u"  "_s % remark), muted);
    }
    cursor.endEditBlock();
}

QVariant MessageDocument::loadResource(int, const QUrl &)
{
    return {};
}

QString MessageDocument::linkAt(const QPointF &position) const
{
    return documentLayout()->anchorAt(position);
}

} // namespace tertulia
