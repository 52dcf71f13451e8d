// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/archivewriter.h"

#include "protocol/jsonwriter.h"
#include "protocol/servermessage.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace tertulia {

namespace {

/// A spreadsheet takes what begins like a formula for one, and runs it.
QString withoutFormula(const QString &text)
{
    return !text.isEmpty() && u"=+-@\t\r"_s.contains(text.at(0)) ? u'\'' + text : text;
}

/// RFC 4180.
QString csvField(const QString &text)
{
    QString safe = withoutFormula(text);
    if (!safe.contains(u',') && !safe.contains(u'"') && !safe.contains(u'\n') && !safe.contains(u'\r'))
        return safe;
    return u'"' + safe.replace(u'"', u"\"\""_s) + u'"';
}

/// What the entry says beside who, when and to what.
QString said(const Entry &entry)
{
    if (entry.kind == EntryKind::Reaction)
        return entry.reactionAdded ? entry.emoji : u"remove "_s + entry.emoji;
    return entry.content;
}

QString csvLine(const Entry &entry)
{
    const QStringList fields {QString::number(entry.id), QString::fromLatin1(toWire(entry.timestamp)),
        QString::fromLatin1(entryKindName(entry.kind)), csvField(entry.user), csvField(said(entry)),
        entry.target == 0 ? QString() : QString::number(entry.target), entry.file ? csvField(entry.file->name) : QString()};
    return fields.join(u',') + u"\r\n";
}

/// A sentence of its own for what is no message.
QString spoken(const Entry &entry)
{
    const QString target = u'#' + QString::number(entry.target);
    switch (entry.kind) {
    case EntryKind::Chat:
        return entry.file ? entry.content + u" ["_s + entry.file->name + u']' : entry.content;
    case EntryKind::Edit:
        return u"(edited "_s + target + u") "_s + entry.content;
    case EntryKind::Delete:
        return u"(deleted "_s + target + u')';
    case EntryKind::Reaction:
        return u"(reacted to "_s + target + u") "_s + said(entry);
    }
    return {};
}

QString textLine(const Entry &entry)
{
    // Lines that go on are set in, so that none passes for another message.
    return u'[' + QString::fromLatin1(toWire(entry.timestamp)) + u"] "_s + entry.user + u": "_s
        + spoken(entry).replace(u'\n', u"\n    "_s) + u'\n';
}

QString htmlRow(const Entry &entry)
{
    return u"<tr id=\"m"_s + QString::number(entry.id) + u"\"><td>"_s + QString::fromLatin1(toWire(entry.timestamp))
        + u"</td><th>"_s + entry.user.toHtmlEscaped() + u"</th><td>"_s + spoken(entry).toHtmlEscaped() + u"</td></tr>\n"_s;
}

QString htmlHead(const QString &room)
{
    return u"<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>"_s + room.toHtmlEscaped()
        + u"</title><style>body{font-family:sans-serif}td{white-space:pre-wrap;padding:.2em .6em}"
          "th{text-align:left}</style></head>\n<body><h1>"_s
        + room.toHtmlEscaped() + u"</h1>\n<table>\n"_s;
}

QByteArray headFields(const QString &room, const QString &epoch, Timestamp exportedAt)
{
    QByteArray json;
    JsonWriter(json)
        .beginObject()
        .field("room", QStringView(room))
        .field("epoch", QStringView(epoch))
        .field("exported_at", QByteArrayView(toWire(exportedAt)))
        .endObject();
    return json;
}

} // namespace

std::optional<ArchiveFormat> archiveFormatOf(QStringView name)
{
    const QString ending = name.mid(name.lastIndexOf(u'.') + 1).toString().toLower();
    if (ending == u"json")
        return ArchiveFormat::Json;
    if (ending == u"jsonl")
        return ArchiveFormat::JsonLines;
    if (ending == u"csv")
        return ArchiveFormat::Csv;
    if (ending == u"txt")
        return ArchiveFormat::Text;
    if (ending == u"html")
        return ArchiveFormat::Html;
    return std::nullopt;
}

QByteArray ArchiveWriter::begin(Timestamp exportedAt) const
{
    switch (m_format) {
    case ArchiveFormat::Json:
        return headFields(m_room, m_epoch, exportedAt).chopped(1) + ",\"entries\":[";
    case ArchiveFormat::JsonLines:
        return headFields(m_room, m_epoch, exportedAt) + '\n';
    case ArchiveFormat::Csv:
        return "id,timestamp,type,user,content,target,file\r\n";
    case ArchiveFormat::Text:
        return {};
    case ArchiveFormat::Html:
        return htmlHead(m_room).toUtf8();
    }
    return {};
}

QByteArray ArchiveWriter::entry(const Entry &entry)
{
    const bool isFirst = m_count++ == 0;
    switch (m_format) {
    case ArchiveFormat::Json: // one a line, so that trouble can be told by its line
        return (isFirst ? "\n" : ",\n") + encodeEntry(entry);
    case ArchiveFormat::JsonLines:
        return encodeEntry(entry) + '\n';
    case ArchiveFormat::Csv:
        return csvLine(entry).toUtf8();
    case ArchiveFormat::Text:
        return textLine(entry).toUtf8();
    case ArchiveFormat::Html:
        return htmlRow(entry).toUtf8();
    }
    return {};
}

QByteArray ArchiveWriter::end() const
{
    switch (m_format) {
    case ArchiveFormat::Json:
        return "\n]}\n";
    case ArchiveFormat::JsonLines:
        return "{\"count\":" + QByteArray::number(m_count) + "}\n";
    case ArchiveFormat::Html:
        return "</table></body></html>\n";
    case ArchiveFormat::Csv:
    case ArchiveFormat::Text:
        break;
    }
    return {};
}

} // namespace tertulia
