// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace tertulia {

/// A name that a client gave a file, as it is kept and shown: the part after the last slash or backslash, without
/// control characters, without what reorders text, without the characters that file systems refuse, at most 120
/// characters with its ending kept. "file" where nothing is left. It never names a file on this machine's disk.
[[nodiscard]] QString sanitizedFileName(const QString &name);

/// RFC 6266: `attachment` or `inline` with the name in ASCII and, where it differs, in UTF-8 (RFC 8187).
[[nodiscard]] QByteArray contentDisposition(const QByteArray &kind, const QString &name);

/// The MIME type of a file by its name and its first bytes.
[[nodiscard]] QString fileType(const QString &name, const QByteArray &firstBytes);

/// Whether a browser may show the type in place: pictures that hold no script. All else is saved.
[[nodiscard]] bool isShownInline(const QString &type);

/// The path of a file's bytes under the files' directory: "ab/abcd...". The hash is lower-case hex.
[[nodiscard]] QString pathOfHash(const QByteArray &sha256);

} // namespace tertulia
