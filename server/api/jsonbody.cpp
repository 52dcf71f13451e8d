// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/jsonbody.h"

#include "protocol/command.h"

#include <QJsonDocument>

#include <cmath>

namespace tertulia {

using namespace Qt::StringLiterals;

Error invalidField(QAnyStringView name)
{
    return Error(ErrorCode::InvalidField, u"The field %1 is missing or has a wrong value."_s.arg(name.toString()));
}

Result<JsonBody> JsonBody::parse(const QByteArray &body)
{
    QJsonParseError parse;
    const QJsonDocument document = QJsonDocument::fromJson(body, &parse);
    if (parse.error != QJsonParseError::NoError)
        return Error(ErrorCode::InvalidJson, u"The body is not valid JSON."_s);
    if (!document.isObject())
        return Error(ErrorCode::InvalidField, u"The body must be a JSON object."_s);
    return JsonBody(document.object());
}

bool JsonBody::has(QLatin1StringView name) const
{
    const QJsonValue value = m_object.value(name);
    return !value.isUndefined() && !value.isNull();
}

QString JsonBody::text(QLatin1StringView name)
{
    const QJsonValue value = m_object.value(name);
    if (!value.isString())
        fail(name);
    return value.toString();
}

std::optional<QString> JsonBody::optionalText(QLatin1StringView name, qsizetype longest)
{
    if (!has(name))
        return std::nullopt;
    QString value = text(name);
    if (longest >= 0 && value.size() > longest)
        fail(name);
    return value;
}

bool JsonBody::truth(QLatin1StringView name)
{
    const QJsonValue value = m_object.value(name);
    if (!value.isBool())
        fail(name);
    return value.toBool();
}

std::optional<bool> JsonBody::optionalTruth(QLatin1StringView name)
{
    if (!has(name))
        return std::nullopt;
    return truth(name);
}

std::optional<int> JsonBody::optionalNumber(QLatin1StringView name, int smallest, int largest)
{
    if (!has(name))
        return std::nullopt;
    const QJsonValue value = m_object.value(name);
    const double number = value.toDouble();
    if (!value.isDouble() || number < smallest || number > largest || number != std::floor(number)) {
        fail(name);
        return std::nullopt;
    }
    return int(number);
}

std::optional<EntryId> JsonBody::optionalId(QLatin1StringView name)
{
    if (!has(name))
        return std::nullopt;
    const QJsonValue value = m_object.value(name);
    const double number = value.toDouble(-1);
    if (!value.isDouble() || number < 0 || number > double(kLargestId) || number != std::floor(number)) {
        fail(name);
        return std::nullopt;
    }
    return EntryId(number);
}

void JsonBody::fail(QLatin1StringView name)
{
    if (m_wrong.isEmpty())
        m_wrong = name;
}

Result<void> JsonBody::outcome() const
{
    if (m_wrong.isEmpty())
        return {};
    return invalidField(m_wrong);
}

} // namespace tertulia
