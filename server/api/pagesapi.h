// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/apicall.h"

#include <QByteArray>
#include <QHash>
#include <QObject>
#include <QString>

namespace tertulia {

class Router;

/// One page, script or picture as it is sent.
struct PageAsset {
    QByteArray type;
    QByteArray content;
    QByteArray compressed; ///< gzip; empty where that saves nothing
    QByteArray etag;
};

/// The browser's side, from the resources of the program. The table is made once at start: no request names a file, it
/// names a row or nothing. Server thread.
class PagesApi final : public QObject
{
    Q_OBJECT

public:
    explicit PagesApi(Router &router, QObject *parent, const QString &root = QStringLiteral(":/web"));

private:
    void load(const QString &root);
    void addPage(Router &router, const QString &pattern, const QString &asset);
    void serve(const ApiCall &call, const QString &name) const;

    QHash<QString, PageAsset> m_assets; ///< by path under the root
};

/// Whether an Accept-Encoding field (RFC 9110 section 12.5.3) lets gzip be sent.
[[nodiscard]] bool acceptsGzip(QByteArrayView acceptEncoding);
/// A gzip member (RFC 1952) of the bytes; empty where this build has no zlib.
[[nodiscard]] QByteArray gzipped(const QByteArray &bytes);

} // namespace tertulia
