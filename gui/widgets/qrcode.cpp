// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/qrcode.h"

#include <QPainter>

#ifdef TERTULIA_WITH_QRCODEGEN
#include <qrcodegen.hpp>
#endif

namespace tertulia {

namespace {
constexpr int kQuietZone = 4;

#ifdef TERTULIA_WITH_QRCODEGEN
int modulesOf(const qrcodegen::QrCode &code)
{
    return code.getSize() + 2 * kQuietZone;
}

QImage draw(const qrcodegen::QrCode &code, int pixelsPerModule)
{
    const int side = modulesOf(code) * pixelsPerModule;
    QImage image(side, side, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    for (int y = 0; y < code.getSize(); ++y) {
        for (int x = 0; x < code.getSize(); ++x) {
            if (code.getModule(x, y))
                painter.fillRect((x + kQuietZone) * pixelsPerModule, (y + kQuietZone) * pixelsPerModule,
                    pixelsPerModule, pixelsPerModule, Qt::black);
        }
    }
    return image;
}

/// The longest text that version 40 with correction M holds, in bytes; the library throws beyond it.
constexpr int kLongestText = 2331;
#endif

} // namespace

QImage makeQrCode(const QString &text, int pixelsPerModule)
{
#ifdef TERTULIA_WITH_QRCODEGEN
    const QByteArray utf8 = text.toUtf8();
    if (utf8.isEmpty() || utf8.size() > kLongestText || pixelsPerModule < 1)
        return {};
    return draw(qrcodegen::QrCode::encodeText(utf8.constData(), qrcodegen::QrCode::Ecc::MEDIUM), pixelsPerModule);
#else
    Q_UNUSED(text)
    Q_UNUSED(pixelsPerModule)
    return {};
#endif
}

QImage makeQrCodeWithin(const QString &text, int side)
{
    const QImage smallest = makeQrCode(text, 1);
    return smallest.isNull() ? QImage() : makeQrCode(text, std::max(1, side / smallest.width()));
}

} // namespace tertulia
