// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/archivereader.h"

#include "protocol/servermessage.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace tertulia {

namespace {

Error brokenAt(qsizetype line, const QString &why)
{
    return Error(ErrorCode::InvalidField, u"Line %1: %2."_s.arg(QString::number(line), why));
}

qsizetype lineOf(const QByteArray &content, qsizetype offset)
{
    return content.first(std::clamp<qsizetype>(offset, 0, content.size())).count('\n') + 1;
}

EntryId idOf(const QJsonValue &value)
{
    const double number = value.toDouble(0);
    return number >= 1 && number <= 9007199254740992.0 ? EntryId(number) : 0;
}

std::optional<FileInfo> fileOf(const QJsonObject &object)
{
    if (object.isEmpty())
        return std::nullopt;
    return FileInfo {object.value("id"_L1).toString(), object.value("name"_L1).toString(),
        object.value("size"_L1).toInteger(), object.value("type"_L1).toString(), object.value("url"_L1).toString()};
}

/// The entry, or nothing where a field is missing or wrong.
std::optional<Entry> entryOf(const QJsonObject &object)
{
    const auto kind = entryKindFromName(object.value("type"_L1).toString());
    const auto timestamp = timestampFromWire(object.value("timestamp"_L1).toString());
    Entry entry;
    entry.id = idOf(object.value("id"_L1));
    entry.user = object.value("user"_L1).toString();
    if (!kind || !timestamp || entry.id == 0 || entry.user.isEmpty())
        return std::nullopt;
    entry.kind = *kind;
    entry.timestamp = *timestamp;
    entry.content = object.value("content"_L1).toString();
    entry.target = idOf(object.value("target"_L1));
    entry.replyTo = idOf(object.value("reply_to"_L1));
    entry.emoji = object.value("emoji"_L1).toString();
    entry.reactionAdded = object.value("action"_L1).toString() != "remove"_L1;
    entry.file = fileOf(object.value("file"_L1).toObject());
    const QJsonArray mentions = object.value("mentions"_L1).toArray();
    for (const QJsonValue &name : mentions)
        entry.mentions.append(name.toString());
    const bool lacksTarget = entry.kind != EntryKind::Chat && (entry.target == 0 || entry.target >= entry.id);
    const bool lacksEmoji = entry.kind == EntryKind::Reaction && entry.emoji.isEmpty();
    return lacksTarget || lacksEmoji ? std::nullopt : std::optional(entry);
}

Result<void> addEntry(Archive &archive, const QJsonObject &object, qsizetype line)
{
    const std::optional<Entry> entry = entryOf(object);
    if (!entry)
        return brokenAt(line, u"this is no entry of a room"_s);
    if (!archive.entries.isEmpty() && entry->id != archive.entries.constLast().id + 1)
        return brokenAt(line, u"entry %1 does not follow entry %2"_s.arg(entry->id).arg(archive.entries.constLast().id));
    archive.entries.append(*entry);
    return {};
}

Result<Archive> readJson(const QByteArray &content)
{
    QJsonParseError parse;
    const QJsonDocument document = QJsonDocument::fromJson(content, &parse);
    if (parse.error != QJsonParseError::NoError)
        return brokenAt(lineOf(content, parse.offset), u"this is no JSON (%1)"_s.arg(parse.errorString()));
    const QJsonObject root = document.object();
    if (!root.value("entries"_L1).isArray() || !root.value("room"_L1).isString())
        return brokenAt(1, u"this is no export of a room"_s);
    Archive archive;
    archive.epoch = root.value("epoch"_L1).toString();
    const QJsonArray entries = root.value("entries"_L1).toArray();
    archive.entries.reserve(entries.size());
    for (qsizetype i = 0; i < entries.size(); ++i) {
        // The writer puts each entry on a line of its own, after the one with the head.
        if (const Result<void> added = addEntry(archive, entries.at(i).toObject(), i + 2); !added)
            return added.error();
    }
    return archive;
}

Result<Archive> readJsonLines(const QByteArray &content)
{
    QList<QByteArray> lines = content.split('\n');
    while (!lines.isEmpty() && lines.constLast().trimmed().isEmpty())
        lines.removeLast();
    if (lines.size() < 2)
        return brokenAt(1, u"the file is not whole"_s);
    Archive archive;
    archive.entries.reserve(lines.size());
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QJsonDocument document = QJsonDocument::fromJson(lines.at(i));
        if (!document.isObject())
            return brokenAt(i + 1, u"this is no JSON object"_s);
        const QJsonObject object = document.object();
        const bool isLast = i + 1 == lines.size();
        if (i == 0) {
            if (!object.value("room"_L1).isString() || object.contains("type"_L1))
                return brokenAt(1, u"this is no export of a room"_s);
            archive.epoch = object.value("epoch"_L1).toString();
        } else if (isLast) {
            if (!object.value("count"_L1).isDouble() || object.value("count"_L1).toInteger() != archive.entries.size())
                return brokenAt(i + 1, u"the file is not whole: its last line does not count the entries"_s);
        } else if (const Result<void> added = addEntry(archive, object, i + 1); !added) {
            return added.error();
        }
    }
    return archive;
}

} // namespace

Result<Archive> readArchive(ArchiveFormat format, const QByteArray &content)
{
    if (format == ArchiveFormat::Json)
        return readJson(content);
    if (format == ArchiveFormat::JsonLines)
        return readJsonLines(content);
    return Error(ErrorCode::InvalidField, u"Only .json and .jsonl can be imported."_s);
}

} // namespace tertulia
