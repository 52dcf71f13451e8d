// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/transfer/exportreader.h"

#include "protocol/names.h"
#include "protocol/servermessage.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

// Numbers beyond are not exact in JSON.
constexpr double kLargestExact = 9007199254740992.0;

QJsonValue parseValue(QByteArrayView json)
{
    // The parser takes objects and arrays only.
    const QByteArray wrapped = '[' + json.toByteArray() + ']';
    const QJsonArray array = QJsonDocument::fromJson(wrapped).array();
    return array.size() == 1 ? array.first() : QJsonValue(QJsonValue::Undefined);
}

std::optional<EntryId> idOf(const QJsonValue &value)
{
    const double number = value.toDouble(-1);
    if (!value.isDouble() || number < 1 || number > kLargestExact || number != std::floor(number))
        return std::nullopt;
    return EntryId(value.toInteger());
}

std::optional<FileInfo> fileOf(const QJsonValue &value)
{
    const QJsonObject object = value.toObject();
    FileInfo file;
    file.id = object[u"id"_s].toString();
    file.name = object[u"name"_s].toString();
    file.size = object[u"size"_s].toInteger(-1);
    file.type = object[u"type"_s].toString();
    file.url = object[u"url"_s].toString();
    if (file.id.isEmpty() || file.name.isEmpty() || file.size < 0)
        return std::nullopt;
    return file;
}

/// The fields that only some kinds have; whether they are there and right.
bool readKindFields(const QJsonObject &object, Entry &entry)
{
    const bool needsContent = entry.kind == EntryKind::Edit
        || (entry.kind == EntryKind::Chat && !object.contains(u"file"_s));
    entry.content = object[u"content"_s].toString();
    if (needsContent && !object[u"content"_s].isString())
        return false;
    if (entry.kind == EntryKind::Reaction) {
        const QString action = object[u"action"_s].toString();
        entry.emoji = object[u"emoji"_s].toString();
        entry.reactionAdded = action == u"add";
        if (entry.emoji.isEmpty() || (!entry.reactionAdded && action != u"remove"))
            return false;
    }
    if (entry.kind != EntryKind::Chat) {
        const auto target = idOf(object[u"target"_s]);
        entry.target = target.value_or(0);
        return target && entry.target < entry.id;
    }
    if (object.contains(u"reply_to"_s)) {
        const auto replyTo = idOf(object[u"reply_to"_s]);
        entry.replyTo = replyTo.value_or(0);
        if (!replyTo || entry.replyTo >= entry.id)
            return false;
    }
    if (object.contains(u"file"_s)) {
        entry.file = fileOf(object[u"file"_s]);
        if (!entry.file)
            return false;
    }
    const QJsonArray mentions = object[u"mentions"_s].toArray();
    for (const QJsonValue &mention : mentions)
        entry.mentions.append(mention.toString());
    return true;
}

std::optional<Entry> entryOf(const QJsonObject &object)
{
    Entry entry;
    const auto id = idOf(object[u"id"_s]);
    const auto kind = entryKindFromName(object[u"type"_s].toString());
    const auto timestamp = timestampFromWire(object[u"timestamp"_s].toString());
    const auto user = normalizeUserName(object[u"user"_s].toString());
    if (!id || !kind || !timestamp || !user)
        return std::nullopt;
    entry.id = *id;
    entry.kind = *kind;
    entry.timestamp = *timestamp;
    entry.user = *user;
    if (!readKindFields(object, entry))
        return std::nullopt;
    return entry;
}

} // namespace

ExportReader::ExportReader(QByteArrayView bytes, ExportForm form)
    : m_bytes(bytes)
    , m_form(form)
{
}

Result<ExportHeader> ExportReader::read(const Visit &visit)
{
    m_position = 0;
    m_line = 1;
    m_header = {};
    m_hasEntries = false;
    Result<void> outcome(Error(ErrorCode::InvalidField, u"Only .json and .jsonl files can be imported."_s));
    if (m_form == ExportForm::Json)
        outcome = readJson(visit);
    else if (m_form == ExportForm::JsonLines)
        outcome = readJsonLines(visit);
    if (!outcome)
        return outcome.error();
    return m_header;
}

Error ExportReader::broken(const QString &why) const
{
    return Error(ErrorCode::InvalidField, u"The file breaks in line %1: %2."_s.arg(QString::number(m_line), why));
}

Result<void> ExportReader::readJsonLines(const Visit &visit)
{
    bool isWhole = false;
    for (; m_position < m_bytes.size(); ++m_line) {
        qsizetype end = m_bytes.indexOf('\n', m_position);
        const bool isCut = end < 0;
        end = isCut ? m_bytes.size() : end;
        const QByteArrayView line = m_bytes.sliced(m_position, end - m_position).trimmed();
        m_position = isCut ? end : end + 1;
        if (isWhole && !line.isEmpty())
            return broken(u"there is something after the count"_s);
        if (isWhole)
            continue;
        const QJsonObject object = QJsonDocument::fromJson(line.toByteArray()).object();
        if (object.isEmpty())
            return broken(u"this is no complete JSON object"_s);
        Result<void> taken;
        if (m_line == 1) {
            taken = takeHeader(object);
        } else if (object.contains(u"count"_s)) {
            isWhole = true;
            if (object[u"count"_s].toInteger(-1) != qint64(m_header.count))
                taken = broken(u"it counts other entries than there are"_s);
        } else {
            taken = takeEntry(line, visit);
        }
        if (!taken)
            return taken;
    }
    if (!isWhole)
        return broken(u"the line with the count is missing"_s);
    return {};
}

Result<void> ExportReader::takeHeader(const QJsonObject &object)
{
    m_header.room = object[u"room"_s].toString();
    m_header.epoch = object[u"epoch"_s].toString();
    if (m_header.room.isEmpty() || m_header.epoch.isEmpty() || m_header.epoch.size() > 64)
        return broken(u"the room or its epoch is missing"_s);
    return {};
}

Result<void> ExportReader::takeEntry(QByteArrayView json, const Visit &visit)
{
    const QJsonObject object = QJsonDocument::fromJson(json.toByteArray()).object();
    if (object.isEmpty())
        return broken(u"this is no complete JSON object"_s);
    const auto entry = entryOf(object);
    if (!entry)
        return broken(u"this is no entry"_s);
    if (m_header.count > 0 && entry->id != m_header.lastId + 1)
        return broken(u"entry %1 does not follow entry %2"_s.arg(entry->id).arg(m_header.lastId));
    if (m_header.count == 0)
        m_header.firstId = entry->id;
    m_header.lastId = entry->id;
    ++m_header.count;
    return visit(*entry);
}

void ExportReader::skipBlanks()
{
    while (m_position < m_bytes.size()) {
        const char c = m_bytes[m_position];
        if (c == '\n')
            ++m_line;
        else if (c != ' ' && c != '\t' && c != '\r')
            return;
        ++m_position;
    }
}

bool ExportReader::takeCharacter(char expected)
{
    skipBlanks();
    if (m_position >= m_bytes.size() || m_bytes[m_position] != expected)
        return false;
    ++m_position;
    return true;
}

/// The text of one JSON value: brackets are balanced here, the rest is for the parser.
Result<QByteArrayView> ExportReader::takeValue()
{
    skipBlanks();
    const qsizetype start = m_position;
    int depth = 0;
    bool isQuoted = false;
    qsizetype lines = 0;
    for (qsizetype i = start; i < m_bytes.size(); ++i) {
        const char c = m_bytes[i];
        lines += c == '\n' ? 1 : 0;
        if (isQuoted) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                isQuoted = false;
            continue;
        }
        if (c == '"') {
            isQuoted = true;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if (depth == 0 && (c == ',' || c == '}' || c == ']' || c == ':')) {
            m_position = i;
            m_line += lines;
            return m_bytes.sliced(start, i - start).trimmed();
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return broken(u"the file ends in the middle"_s);
}

Result<void> ExportReader::readJson(const Visit &visit)
{
    if (!takeCharacter('{'))
        return broken(u"an export is a JSON object"_s);
    do {
        const auto quoted = takeValue();
        if (!quoted)
            return quoted.error();
        const QJsonValue name = parseValue(*quoted);
        if (!name.isString() || !takeCharacter(':'))
            return broken(u"a name and a colon are missing"_s);
        if (const auto taken = readJsonMember(name.toString().toUtf8(), visit); !taken)
            return taken;
    } while (takeCharacter(','));
    if (!takeCharacter('}'))
        return broken(u"the file ends in the middle"_s);
    skipBlanks();
    if (m_position < m_bytes.size())
        return broken(u"there is something after the end"_s);
    if (!m_hasEntries)
        return broken(u"there are no entries"_s);
    return takeHeader({{u"room"_s, m_header.room}, {u"epoch"_s, m_header.epoch}});
}

Result<void> ExportReader::readJsonMember(const QByteArray &name, const Visit &visit)
{
    if (name == "entries")
        return readEntries(visit);
    const auto json = takeValue();
    if (!json)
        return json.error();
    const QJsonValue value = parseValue(*json);
    if (value.isUndefined())
        return broken(u"this is no JSON value"_s);
    if (name == "room")
        m_header.room = value.toString();
    else if (name == "epoch")
        m_header.epoch = value.toString();
    return {};
}

Result<void> ExportReader::readEntries(const Visit &visit)
{
    if (m_hasEntries || !takeCharacter('['))
        return broken(u"the entries are one array"_s);
    m_hasEntries = true;
    if (takeCharacter(']'))
        return {};
    do {
        const auto json = takeValue();
        if (!json)
            return json.error();
        if (const auto taken = takeEntry(*json, visit); !taken)
            return taken;
    } while (takeCharacter(','));
    if (!takeCharacter(']'))
        return broken(u"the file ends in the middle"_s);
    return {};
}

} // namespace tertulia
