// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/result.h"
#include "storage/transfer/exportformat.h"

#include <QByteArrayView>

#include <functional>

namespace tertulia {

/// What an export says of itself.
struct ExportHeader {
    QString room;
    QString epoch;
    EntryId firstId = 0; ///< 0 = there is none
    EntryId lastId = 0;
    quint64 count = 0;
};

/// Reads exports in JSON and JSON Lines back. Every error names the line where the file breaks (InvalidField).
class ExportReader
{
public:
    using Visit = std::function<Result<void>(const Entry &entry)>;

    /// `bytes` is the whole file and outlives the reader.
    ExportReader(QByteArrayView bytes, ExportForm form);

    /// Goes through the file, tells every entry, and checks that it is whole: header, fields, ids without holes, end.
    Result<ExportHeader> read(const Visit &visit);

private:
    Result<void> readJson(const Visit &visit);
    Result<void> readJsonLines(const Visit &visit);
    Result<void> readJsonMember(const QByteArray &name, const Visit &visit);
    Result<void> readEntries(const Visit &visit);
    Result<void> takeEntry(QByteArrayView json, const Visit &visit);
    Result<void> takeHeader(const QJsonObject &object);
    Result<QByteArrayView> takeValue();
    void skipBlanks();
    bool takeCharacter(char expected);
    [[nodiscard]] Error broken(const QString &why) const;

    const QByteArrayView m_bytes;
    const ExportForm m_form;
    qsizetype m_position = 0;
    qsizetype m_line = 1;
    ExportHeader m_header;
    bool m_hasEntries = false;
};

} // namespace tertulia
