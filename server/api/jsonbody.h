// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/entry.h"
#include "protocol/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <optional>

namespace tertulia {

/// The JSON object that a request carries. Each reader checks one field; the first that is wrong is remembered, so that
/// a handler reads all of them and asks once. Fields that nobody reads are ignored, null counts as absent.
class JsonBody
{
public:
    /// InvalidJson where the text is no JSON, InvalidField where it is no object.
    [[nodiscard]] static Result<JsonBody> parse(const QByteArray &body);

    [[nodiscard]] bool has(QLatin1StringView name) const;
    [[nodiscard]] QString text(QLatin1StringView name);
    [[nodiscard]] std::optional<QString> optionalText(QLatin1StringView name, qsizetype longest = -1);
    [[nodiscard]] bool truth(QLatin1StringView name);
    [[nodiscard]] std::optional<bool> optionalTruth(QLatin1StringView name);
    [[nodiscard]] std::optional<int> optionalNumber(QLatin1StringView name, int smallest, int largest);
    [[nodiscard]] std::optional<EntryId> optionalId(QLatin1StringView name);
    /// The caller found the content of a field to be wrong.
    void fail(QLatin1StringView name);

    /// InvalidField with the name of the first wrong field.
    [[nodiscard]] Result<void> outcome() const;

private:
    explicit JsonBody(QJsonObject object)
        : m_object(std::move(object))
    {
    }

    QJsonObject m_object;
    QString m_wrong;
};

/// InvalidField for a field of a body or of a query.
[[nodiscard]] Error invalidField(QAnyStringView name);

} // namespace tertulia
