// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/filename.h"

#include <QMimeDatabase>
#include <QUrl>

#include <algorithm>
#include <array>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kLongestName = 120;
constexpr qsizetype kLongestEnding = 16;

constexpr std::array kInlineTypes {"image/png"_L1, "image/jpeg"_L1, "image/gif"_L1, "image/webp"_L1};

bool isUnsafe(QChar c)
{
    switch (c.category()) {
    case QChar::Other_Control:
    case QChar::Other_Format: // bidirectional overrides among them: "exe.gpj" must not read "jpg.exe"
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        return u"<>:\"|?*"_s.contains(c);
    }
}

QString shortened(const QString &name)
{
    if (name.size() <= kLongestName)
        return name;
    const qsizetype dot = name.lastIndexOf(u'.');
    const QString ending = dot > 0 && name.size() - dot <= kLongestEnding ? name.mid(dot) : QString();
    QString stem = name.left(kLongestName - ending.size());
    if (stem.back().isHighSurrogate())
        stem.chop(1);
    return stem % ending;
}

} // namespace

QString sanitizedFileName(const QString &name)
{
    QString clean = name.mid(std::max(name.lastIndexOf(u'/'), name.lastIndexOf(u'\\')) + 1);
    clean.removeIf([](QChar c) { return isUnsafe(c); });
    clean = clean.simplified();
    // Neither hidden nor a directory, and no dot or space at the end, which some systems drop.
    while (clean.startsWith(u'.') || clean.startsWith(u' '))
        clean.remove(0, 1);
    while (clean.endsWith(u'.') || clean.endsWith(u' '))
        clean.chop(1);
    return clean.isEmpty() ? u"file"_s : shortened(clean);
}

QByteArray contentDisposition(const QByteArray &kind, const QString &name)
{
    QByteArray ascii;
    for (const QChar c : name) {
        if (c.isLowSurrogate())
            continue;
        const bool isPlain = c.unicode() >= 0x20 && c.unicode() < 0x7f && c != u'"' && c != u'\\' && c != u'%';
        ascii.append(isPlain ? c.toLatin1() : '_');
    }
    QByteArray value = kind + "; filename=\"" + ascii + '"';
    if (QString::fromLatin1(ascii) != name)
        value.append("; filename*=UTF-8''" + QUrl::toPercentEncoding(name));
    return value;
}

QString fileType(const QString &name, const QByteArray &firstBytes)
{
    const QMimeDatabase types;
    const QString byContent = types.mimeTypeForData(firstBytes).name();
    const QString byBoth = types.mimeTypeForFileNameAndData(name, firstBytes).name();
    // A picture is one only where its bytes say so, whatever the ending.
    if (isShownInline(byBoth) && byContent != byBoth)
        return isShownInline(byContent) ? byContent : u"application/octet-stream"_s;
    return byBoth;
}

bool isShownInline(const QString &type)
{
    return std::any_of(
        kInlineTypes.begin(), kInlineTypes.end(), [&type](QLatin1StringView shown) { return type == shown; });
}

QString pathOfHash(const QByteArray &sha256)
{
    const QString hash = QString::fromLatin1(sha256);
    return hash.left(2) % u'/' % hash;
}

} // namespace tertulia
