// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/transfer/exportformat.h"

#include "protocol/jsonwriter.h"
#include "protocol/servermessage.h"

#include <QFileInfo>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

void writeHeaderFields(JsonWriter &json, const RoomRecord &room, Timestamp now)
{
    json.field("room", QStringView(room.name))
        .field("epoch", QStringView(room.epoch))
        .field("exported_at", QByteArrayView(toWire(now)));
}

class JsonExport final : public ExportFormat
{
public:
    QByteArray begin(const RoomRecord &room, Timestamp now) override
    {
        QByteArray out;
        JsonWriter json(out);
        json.beginObject();
        writeHeaderFields(json, room, now);
        return out + ",\"entries\":[";
    }
    QByteArray entry(const Entry &entry) override
    {
        const QByteArray separator = m_first ? "\n"_ba : ",\n"_ba;
        m_first = false;
        return separator + encodeEntry(entry);
    }
    QByteArray end(quint64) override { return "\n]}\n"_ba; }

private:
    bool m_first = true;
};

class JsonLinesExport final : public ExportFormat
{
public:
    QByteArray begin(const RoomRecord &room, Timestamp now) override
    {
        QByteArray out;
        JsonWriter json(out);
        json.beginObject();
        writeHeaderFields(json, room, now);
        json.endObject();
        return out + '\n';
    }
    QByteArray entry(const Entry &entry) override { return encodeEntry(entry) + '\n'; }
    QByteArray end(quint64 count) override { return "{\"count\":" + QByteArray::number(count) + "}\n"; }
};

/// RFC 4180. What a spreadsheet would take for a formula gets a quote before it.
class CsvExport final : public ExportFormat
{
public:
    QByteArray begin(const RoomRecord &, Timestamp) override
    {
        return "id,timestamp,type,user,content,target,file\r\n"_ba;
    }
    QByteArray entry(const Entry &entry) override
    {
        const QString content = entry.kind == EntryKind::Reaction
            ? (entry.reactionAdded ? u""_s : u"remove "_s) + entry.emoji
            : entry.content;
        QByteArray line
            = QByteArray::number(entry.id) + ',' + toWire(entry.timestamp) + ',' + entryKindName(entry.kind) + ',';
        line += field(entry.user) + ',' + field(content) + ',';
        const EntryId target = entry.kind == EntryKind::Chat ? entry.replyTo : entry.target;
        line += (target != 0 ? QByteArray::number(target) : QByteArray()) + ',';
        line += entry.file ? field(entry.file->name) : QByteArray();
        return line + "\r\n";
    }
    QByteArray end(quint64) override { return {}; }

private:
    static QByteArray field(const QString &text)
    {
        QString safe = text;
        if (!text.isEmpty() && u"=+-@\t\r"_s.contains(text.front()))
            safe.prepend(u'\'');
        const bool needsQuotes = safe.contains(u',') || safe.contains(u'"') || safe.contains(u'\n')
            || safe.contains(u'\r');
        if (needsQuotes)
            safe = u'"' + safe.replace(u'"', u"\"\""_s) + u'"';
        return safe.toUtf8();
    }
};

/// What people see of an entry: a line of text for each kind.
QString readable(const Entry &entry)
{
    switch (entry.kind) {
    case EntryKind::Chat:
        return entry.file ? u"%1 [%2]"_s.arg(entry.content, entry.file->name).trimmed() : entry.content;
    case EntryKind::Edit:
        return u"#%1 → %2"_s.arg(QString::number(entry.target), entry.content);
    case EntryKind::Delete:
        return u"#%1 ✗"_s.arg(entry.target);
    case EntryKind::Reaction:
        return u"#%1 %2%3"_s.arg(QString::number(entry.target), entry.reactionAdded ? u"+"_s : u"−"_s, entry.emoji);
    }
    return {};
}

class TextExport final : public ExportFormat
{
public:
    QByteArray begin(const RoomRecord &, Timestamp) override { return {}; }
    QByteArray entry(const Entry &entry) override
    {
        // The lines after a message's first are set in: none of them can pass for a message of someone else.
        QString text = readable(entry);
        text.replace(u"\r\n"_s, u"\n"_s).replace(u'\r', u'\n').replace(u"\n"_s, u"\n    "_s);
        return '[' + toWire(entry.timestamp) + "] " + entry.user.toUtf8() + ": " + text.toUtf8() + '\n';
    }
    QByteArray end(quint64) override { return {}; }
};

class HtmlExport final : public ExportFormat
{
public:
    QByteArray begin(const RoomRecord &room, Timestamp now) override
    {
        const QByteArray title = room.name.toHtmlEscaped().toUtf8();
        return "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\">\n"
               "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
               "'unsafe-inline'\">\n"
               "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>"
            + title
            + "</title>\n<style>\n:root{color-scheme:light dark}\n"
              "body{font:16px/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem}\n"
              "p{margin:.25rem 0;white-space:pre-wrap;overflow-wrap:anywhere}\n"
              "time,.note{opacity:.65;font-size:.85em}\n</style></head>\n<body><h1>"
            + title + "</h1>\n<p class=\"note\">" + toWire(now) + "</p>\n";
    }
    QByteArray entry(const Entry &entry) override
    {
        const QByteArray time = toWire(entry.timestamp);
        return "<p id=\"e" + QByteArray::number(entry.id) + "\""
            + (entry.kind == EntryKind::Chat ? "" : " class=\"note\"") + "><time datetime=\"" + time + "\">" + time
            + "</time> <b>" + entry.user.toHtmlEscaped().toUtf8() + "</b>: " + readable(entry).toHtmlEscaped().toUtf8()
            + "</p>\n";
    }
    QByteArray end(quint64) override { return "</body></html>\n"_ba; }
};

} // namespace

std::optional<ExportForm> exportFormFromName(QStringView name)
{
    if (name == u"json")
        return ExportForm::Json;
    if (name == u"jsonl")
        return ExportForm::JsonLines;
    if (name == u"csv")
        return ExportForm::Csv;
    if (name == u"txt")
        return ExportForm::Text;
    if (name == u"html")
        return ExportForm::Html;
    return std::nullopt;
}

std::optional<ExportForm> exportFormOfFile(const QString &fileName)
{
    return exportFormFromName(QFileInfo(fileName).suffix().toLower());
}

QByteArray exportContentType(ExportForm form)
{
    switch (form) {
    case ExportForm::Json:
        return "application/json"_ba;
    case ExportForm::JsonLines:
        return "application/x-ndjson"_ba;
    case ExportForm::Csv:
        return "text/csv; charset=utf-8"_ba;
    case ExportForm::Text:
        return "text/plain; charset=utf-8"_ba;
    case ExportForm::Html:
        return "text/html; charset=utf-8"_ba;
    }
    return {};
}

std::unique_ptr<ExportFormat> ExportFormat::create(ExportForm form)
{
    switch (form) {
    case ExportForm::Json:
        return std::make_unique<JsonExport>();
    case ExportForm::JsonLines:
        return std::make_unique<JsonLinesExport>();
    case ExportForm::Csv:
        return std::make_unique<CsvExport>();
    case ExportForm::Text:
        return std::make_unique<TextExport>();
    case ExportForm::Html:
        return std::make_unique<HtmlExport>();
    }
    return nullptr;
}

} // namespace tertulia
