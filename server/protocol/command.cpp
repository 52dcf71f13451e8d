// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/command.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

/// Reads fields of one object and remembers the first that is wrong.
class FieldReader
{
public:
    explicit FieldReader(const QJsonObject &object)
        : m_object(object)
    {
    }

    QString text(QLatin1StringView name)
    {
        const QJsonValue value = m_object.value(name);
        if (!value.isString())
            fail(name);
        return value.toString();
    }

    QString optionalText(QLatin1StringView name)
    {
        const QJsonValue value = m_object.value(name);
        if (!value.isUndefined() && !value.isNull() && !value.isString())
            fail(name);
        return value.toString();
    }

    EntryId id(QLatin1StringView name)
    {
        const QJsonValue value = m_object.value(name);
        const double number = value.toDouble(-1);
        if (!value.isDouble() || number < 0 || number > double(kLargestId) || number != std::floor(number)) {
            fail(name);
            return 0;
        }
        return EntryId(number);
    }

    std::optional<EntryId> optionalId(QLatin1StringView name)
    {
        const QJsonValue value = m_object.value(name);
        if (value.isUndefined() || value.isNull())
            return std::nullopt;
        return id(name);
    }

    void fail(QLatin1StringView name)
    {
        if (m_wrong.isEmpty())
            m_wrong = name;
    }

    [[nodiscard]] QLatin1StringView wrong() const { return m_wrong; }

private:
    const QJsonObject &m_object;
    QLatin1StringView m_wrong;
};

/// QJsonDocument takes objects and arrays alone; a lone number or text is JSON all the same, and no message.
bool isJsonScalar(const QByteArray &text)
{
    constexpr qsizetype kLongest = 64 * 1024;
    if (text.size() > kLongest)
        return false;
    const QByteArray wrapped = '[' + text + ']';
    const QJsonDocument document = QJsonDocument::fromJson(wrapped);
    return document.isArray() && document.array().size() == 1;
}

using Decoder = CommandBody (*)(FieldReader &);

CommandBody decodeJoin(FieldReader &fields)
{
    return JoinCommand {fields.text("room"_L1), fields.optionalId("since"_L1), fields.optionalText("epoch"_L1),
        fields.optionalText("password"_L1)};
}

CommandBody decodeReaction(FieldReader &fields)
{
    ReactionCommand command {fields.text("room"_L1), fields.id("target"_L1), fields.text("emoji"_L1), true};
    const QString action = fields.text("action"_L1);
    if (action != u"add" && action != u"remove")
        fields.fail("action"_L1);
    command.add = action == u"add";
    if (command.emoji.trimmed().isEmpty() || command.emoji.size() > kLongestEmoji)
        fields.fail("emoji"_L1);
    return command;
}

struct DecoderRow {
    QLatin1StringView type;
    Decoder decode;
};

const DecoderRow kDecoders[] = {
    {"chat"_L1,
        [](FieldReader &f) -> CommandBody {
            return ChatCommand {f.text("room"_L1), f.text("content"_L1), f.optionalId("reply_to"_L1).value_or(0)};
        }},
    {"join"_L1, decodeJoin},
    {"leave"_L1, [](FieldReader &f) -> CommandBody { return LeaveCommand {f.text("room"_L1)}; }},
    {"ping"_L1, [](FieldReader &) -> CommandBody { return PingCommand {}; }},
    {"typing"_L1, [](FieldReader &f) -> CommandBody { return TypingCommand {f.text("room"_L1)}; }},
    {"read"_L1,
        [](FieldReader &f) -> CommandBody {
            return ReadCommand {f.text("room"_L1), f.id("id"_L1)};
        }},
    {"direct"_L1,
        [](FieldReader &f) -> CommandBody {
            return DirectCommand {f.text("to"_L1), f.text("content"_L1)};
        }},
    {"edit"_L1,
        [](FieldReader &f) -> CommandBody {
            return EditCommand {f.text("room"_L1), f.id("target"_L1), f.text("content"_L1)};
        }},
    {"delete"_L1,
        [](FieldReader &f) -> CommandBody {
            return DeleteCommand {f.text("room"_L1), f.id("target"_L1)};
        }},
    {"reaction"_L1, decodeReaction},
};

} // namespace

QStringList commandTypes()
{
    QStringList types;
    for (const DecoderRow &row : kDecoders)
        types.append(row.type);
    return types;
}

std::variant<Command, CommandError> decodeCommand(const QByteArray &text)
{
    QJsonParseError parse;
    const QJsonDocument document = QJsonDocument::fromJson(text, &parse);
    if (parse.error != QJsonParseError::NoError)
        return CommandError {isJsonScalar(text) ? ErrorCode::InvalidMessage : ErrorCode::InvalidJson, {}};
    if (!document.isObject())
        return CommandError {ErrorCode::InvalidMessage, {}};

    const QJsonObject object = document.object();
    const QJsonValue ref = object.value("ref"_L1);
    const QString refText = ref.toString().size() <= kLongestRef ? ref.toString() : QString();
    const QJsonValue type = object.value("type"_L1);
    if (!type.isString())
        return CommandError {ErrorCode::InvalidMessage, refText};
    if (!ref.isUndefined() && !ref.isNull() && (!ref.isString() || ref.toString().size() > kLongestRef))
        return CommandError {Error(ErrorCode::InvalidField, u"ref is a text of at most 64 characters."_s), refText};

    const QString typeName = type.toString();
    for (const DecoderRow &row : kDecoders) {
        if (typeName != row.type)
            continue;
        FieldReader fields(object);
        Command command {refText, row.decode(fields)};
        if (!fields.wrong().isEmpty())
            return CommandError {
                Error(ErrorCode::InvalidField, u"The field %1 is missing or has a wrong value."_s.arg(fields.wrong())),
                refText};
        return command;
    }
    return CommandError {ErrorCode::UnknownType, refText};
}

} // namespace tertulia
