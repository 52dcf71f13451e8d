// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/restclient.h"

#include <QCache>
#include <QImage>
#include <QObject>
#include <QSet>

namespace tertulia {

/// Decodes an image that a stranger sent: png, jpeg, gif or webp by its first bytes, within bounds of memory and size.
/// Null for everything else.
[[nodiscard]] QImage decodeImage(const QByteArray &bytes, const QSize &bounds);

/// The images of messages, fetched when first asked for and kept small.
class ImageStore final : public QObject
{
    Q_OBJECT
public:
    static constexpr qint64 kMostBytes = 8 * 1024 * 1024;
    static constexpr QSize kBounds {360, 240};

    explicit ImageStore(RestClient &rest, QObject *parent = nullptr);

    /// Whether the file says that it is an image worth fetching.
    [[nodiscard]] static bool isImage(const FileInfo &file);
    /// The image, or null now and imageArrived() later (or never).
    [[nodiscard]] QImage image(const FileInfo &file);

Q_SIGNALS:
    void imageArrived(const QString &fileId);

private:
    RestClient &m_rest;
    QCache<QString, QImage> m_images;
    QSet<QString> m_asked;
};

} // namespace tertulia
