// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/searchexpression.h"

#include <QStringList>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

// More words find nothing more; they only cost.
constexpr qsizetype kMostTerms = 32;
constexpr qsizetype kLongestText = 1000;
// A shorter beginning stands for too large a part of all words.
constexpr qsizetype kShortestPrefix = 2;

/// Whether the tokenizer finds anything in it: a term without tokens would match nothing.
bool holdsWord(const QString &term)
{
    const QList<uint> characters = term.toUcs4();
    return std::any_of(characters.begin(), characters.end(),
        [](uint c) { return QChar::isLetterOrNumber(c) || QChar::category(c) == QChar::Other_PrivateUse; });
}

void addTerm(QStringList &terms, QString term, bool isPhrase)
{
    if (terms.size() >= kMostTerms || !holdsWord(term))
        return;
    const bool isPrefix = !isPhrase && term.size() > kShortestPrefix && term.endsWith(u'*');
    while (!isPhrase && term.endsWith(u'*'))
        term.chop(1);
    terms.append(u'"' + term + (isPrefix ? u"\"*"_s : u"\""_s));
}

} // namespace

QString ftsExpression(const QString &text)
{
    QStringList terms;
    QString term;
    bool quoted = false;
    for (const QChar c : QStringView(text).left(kLongestText)) {
        const bool isQuote = c == u'"' || c == u'\u201c' || c == u'\u201d';
        const bool isBlank = c.isSpace() || c.isNull() || c.category() == QChar::Other_Control;
        if (isQuote || (isBlank && !quoted)) {
            addTerm(terms, term, quoted);
            term.clear();
            quoted = isQuote && !quoted;
        } else {
            term.append(isBlank ? QChar(u' ') : c);
        }
    }
    // A quote that was not closed yet is taken as words.
    if (quoted && !term.isEmpty()) {
        const QStringList words = term.split(u' ', Qt::SkipEmptyParts);
        for (const QString &word : words)
            addTerm(terms, word, false);
    } else {
        addTerm(terms, term, false);
    }
    return terms.join(u' ');
}

} // namespace tertulia
