// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace tertulia {

/// Prepares libsodium once, whoever asks first; every user of it in this program calls this before. Thread-safe.
/// It ends the process where the system has no source of randomness: nothing safe can be done then.
void ensureSodium();

/// `count` bytes that nobody can guess. Thread-safe.
[[nodiscard]] QByteArray randomBytes(qsizetype count);

/// Base64url without padding (RFC 4648 section 5).
[[nodiscard]] QByteArray toBase64Url(QByteArrayView bytes);

/// Whether two secrets are the same, in a time that tells their lengths only.
[[nodiscard]] bool equalInConstantTime(QByteArrayView left, QByteArrayView right);

} // namespace tertulia
