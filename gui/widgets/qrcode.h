// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QString>

namespace tertulia {

/// A QR code (ISO/IEC 18004, error correction M) of `text`, black on white with the quiet zone of four modules that
/// readers need, `pixelsPerModule` pixels a module. Null where the text is too long for one or the program was built
/// without it.
[[nodiscard]] QImage makeQrCode(const QString &text, int pixelsPerModule);

/// The largest that fits into a square of `side` pixels, in whole pixels a module so that its edges stay sharp.
[[nodiscard]] QImage makeQrCodeWithin(const QString &text, int side);

} // namespace tertulia
