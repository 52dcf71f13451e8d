// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/entryrow.h"

#include "protocol/jsonwriter.h"
#include "protocol/servermessage.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace tertulia {

using namespace Qt::StringLiterals;

QVariant fileColumn(const std::optional<FileInfo> &file)
{
    if (!file)
        return {};
    QByteArray json;
    JsonWriter writer(json);
    writeFile(writer, *file);
    return QString::fromUtf8(json);
}

std::optional<FileInfo> fileOfColumn(const QString &json)
{
    if (json.isEmpty())
        return std::nullopt;
    const QJsonObject object = QJsonDocument::fromJson(json.toUtf8()).object();
    FileInfo file;
    file.id = object[u"id"_s].toString();
    file.name = object[u"name"_s].toString();
    file.size = object[u"size"_s].toInteger();
    file.type = object[u"type"_s].toString();
    file.url = object[u"url"_s].toString();
    return file;
}

QVariant mentionsColumn(const QStringList &mentions)
{
    if (mentions.isEmpty())
        return {};
    return mentions.join(u'\n');
}

QStringList mentionsOfColumn(const QString &lines)
{
    return lines.split(u'\n', Qt::SkipEmptyParts);
}

} // namespace tertulia
