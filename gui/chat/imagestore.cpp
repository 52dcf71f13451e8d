// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/imagestore.h"

#include <QBuffer>
#include <QImageReader>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMostImages = 200;
constexpr int kMostMegabytes = 64;
constexpr int kLargestSide = 10'000;

/// The format by the file's first bytes; what a sender calls it proves nothing.
QByteArray formatOf(const QByteArray &bytes)
{
    if (bytes.startsWith("\x89PNG\r\n\x1a\n"))
        return "png"_ba;
    if (bytes.startsWith("\xff\xd8\xff"))
        return "jpeg"_ba;
    if (bytes.startsWith("GIF87a") || bytes.startsWith("GIF89a"))
        return "gif"_ba;
    if (bytes.startsWith("RIFF") && bytes.mid(8, 4) == "WEBP")
        return "webp"_ba;
    return {};
}

} // namespace

QImage decodeImage(const QByteArray &bytes, const QSize &bounds)
{
    const QByteArray format = formatOf(bytes);
    if (format.isEmpty())
        return {};
    QByteArray copy = bytes;
    QBuffer buffer(&copy);
    QImageReader reader(&buffer, format);
    reader.setAutoDetectImageFormat(false);
    QImageReader::setAllocationLimit(kMostMegabytes);
    const QSize size = reader.size();
    if (!size.isValid() || size.isEmpty() || size.width() > kLargestSide || size.height() > kLargestSide)
        return {};
    if (size.width() > bounds.width() || size.height() > bounds.height())
        reader.setScaledSize(size.scaled(bounds, Qt::KeepAspectRatio).expandedTo({1, 1}));
    return reader.read();
}

ImageStore::ImageStore(RestClient &rest, QObject *parent)
    : QObject(parent)
    , m_rest(rest)
    , m_images(kMostImages)
{
}

bool ImageStore::isImage(const FileInfo &file)
{
    static const QStringList kTypes = {u"image/png"_s, u"image/jpeg"_s, u"image/gif"_s, u"image/webp"_s};
    return file.size <= kMostBytes && kTypes.contains(file.type);
}

QImage ImageStore::image(const FileInfo &file)
{
    if (const QImage *known = m_images.object(file.id))
        return *known;
    if (!isImage(file) || m_asked.contains(file.id))
        return {};
    m_asked.insert(file.id);
    m_rest.fetchBytes(file, kMostBytes, this, [this, id = file.id](const auto &bytes, const RestError &) {
        if (!bytes)
            return;
        const QImage decoded = decodeImage(*bytes, kBounds);
        if (decoded.isNull())
            return;
        m_images.insert(id, new QImage(decoded));
        Q_EMIT imageArrived(id);
    });
    return {};
}

} // namespace tertulia
