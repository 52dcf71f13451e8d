// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/entry.h"
#include "storage/records.h"

#include <memory>
#include <optional>

namespace tertulia {

enum class ExportForm : quint8 { Json, JsonLines, Csv, Text, Html };

/// "json", "jsonl", "csv", "txt" or "html", as in a file's ending.
[[nodiscard]] std::optional<ExportForm> exportFormFromName(QStringView name);
/// By the ending of the file's name.
[[nodiscard]] std::optional<ExportForm> exportFormOfFile(const QString &fileName);
/// As in a Content-Type header.
[[nodiscard]] QByteArray exportContentType(ExportForm form);

/// Writes a room's log in one form, piece by piece. One object writes one export.
class ExportFormat
{
public:
    virtual ~ExportFormat() = default;
    [[nodiscard]] virtual QByteArray begin(const RoomRecord &room, Timestamp now) = 0;
    [[nodiscard]] virtual QByteArray entry(const Entry &entry) = 0;
    /// `count` entries were written.
    [[nodiscard]] virtual QByteArray end(quint64 count) = 0;

    [[nodiscard]] static std::unique_ptr<ExportFormat> create(ExportForm form);
};

} // namespace tertulia
