// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/names.h"

#include <QList>

namespace tertulia {

namespace {

constexpr qsizetype kUserNameLength = 32;
constexpr qsizetype kRoomNameLength = 64;
// One code point is at most two UTF-16 units, and NFKC may make one of several: no longer input can give a valid name.
constexpr qsizetype kLongestInput = 1024;

bool isNameCharacter(char32_t character, bool spaceAllowed)
{
    if (character == U' ')
        return spaceAllowed;
    if (character == U'_' || character == U'.' || character == U'-')
        return true;
    // A mark belongs to the letter before it: many scripts cannot be written without.
    return QChar::isLetterOrNumber(character) || QChar::isMark(character);
}

Result<QString> normalized(const QString &name, qsizetype longest, bool spaceAllowed)
{
    if (name.isEmpty() || name.size() > kLongestInput)
        return ErrorCode::InvalidName;
    const QString text = name.normalized(QString::NormalizationForm_KC);
    const QList<uint> characters = text.toUcs4();
    if (characters.isEmpty() || characters.size() > longest)
        return ErrorCode::InvalidName;
    if (text.startsWith(u' ') || text.endsWith(u' ') || QChar::isMark(characters.first()))
        return ErrorCode::InvalidName;
    int marks = 0;
    for (const uint character : characters) {
        if (!isNameCharacter(character, spaceAllowed))
            return ErrorCode::InvalidName;
        // Piles of combining marks paint over the lines around them.
        marks = QChar::isMark(character) ? marks + 1 : 0;
        if (marks > 2)
            return ErrorCode::InvalidName;
    }
    return text;
}

} // namespace

Result<QString> normalizeUserName(const QString &name)
{
    return normalized(name, kUserNameLength, true);
}

Result<QString> normalizeRoomName(const QString &name)
{
    auto room = normalized(name, kRoomNameLength, false);
    // A name of dots alone cannot stand in a path: every client resolves it away.
    if (room && (*room == u"." || *room == u".."))
        return ErrorCode::InvalidName;
    return room;
}

QString foldName(const QString &name)
{
    // Upper case first: QString folds one character to one, and would tell "straße" from "STRASSE".
    return name.normalized(QString::NormalizationForm_KC)
        .toUpper()
        .toCaseFolded()
        .normalized(QString::NormalizationForm_KC);
}

} // namespace tertulia
