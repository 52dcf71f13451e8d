// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/entry.h"

#include <QByteArray>
#include <QStringView>

#include <optional>

namespace tertulia {

enum class ArchiveFormat : quint8 { Json, JsonLines, Csv, Text, Html };

/// By the ending of a file's name, or by the name of the format alone.
[[nodiscard]] std::optional<ArchiveFormat> archiveFormatOf(QStringView name);

/// A room as a file (protocol.md section 7), piece by piece: begin(), entry() for each in order, end(). Each returns the
/// next bytes, UTF-8. A value without a file of its own.
class ArchiveWriter
{
public:
    ArchiveWriter(ArchiveFormat format, QString room, QString epoch)
        : m_format(format)
        , m_room(std::move(room))
        , m_epoch(std::move(epoch))
    {
    }

    [[nodiscard]] QByteArray begin(Timestamp exportedAt) const;
    [[nodiscard]] QByteArray entry(const Entry &entry);
    [[nodiscard]] QByteArray end() const;

private:
    ArchiveFormat m_format;
    QString m_room;
    QString m_epoch;
    quint64 m_count = 0;
};

} // namespace tertulia
