// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/pagesapi.h"

#include "api/router.h"

#include <QCryptographicHash>
#include <QDirIterator>
#include <QFile>
#include <QLoggingCategory>

#ifdef TERTULIA_HAS_ZLIB
#include <zlib.h>
#endif

/// A static library's resources are there only for who asks for them; the macro must stand outside of any namespace.
static void initResources()
{
    Q_INIT_RESOURCE(web);
}

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(logPages, "tertulia.pages")

constexpr QByteArrayView kPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: "
                                   "blob:; connect-src 'self' ws: wss:; "
                                   "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

QByteArray typeOf(const QString &name)
{
    // By hand: a machine's MIME table may call a script anything, and a browser then refuses it as a module.
    static const QHash<QString, QByteArray> types {
        {u"html"_s, "text/html; charset=utf-8"_ba},
        {u"css"_s, "text/css; charset=utf-8"_ba},
        {u"js"_s, "text/javascript; charset=utf-8"_ba},
        {u"json"_s, "application/json"_ba},
        {u"webmanifest"_s, "application/manifest+json"_ba},
        {u"svg"_s, "image/svg+xml"_ba},
        {u"png"_s, "image/png"_ba},
        {u"ico"_s, "image/x-icon"_ba},
        {u"woff2"_s, "font/woff2"_ba},
        {u"txt"_s, "text/plain; charset=utf-8"_ba},
    };
    return types.value(name.mid(name.lastIndexOf(u'.') + 1), "application/octet-stream"_ba);
}

} // namespace

bool acceptsGzip(QByteArrayView acceptEncoding)
{
    const QList<QByteArray> codings = acceptEncoding.toByteArray().split(',');
    for (const QByteArray &coding : codings) {
        const QList<QByteArray> parts = coding.split(';');
        const QByteArray name = parts.first().trimmed().toLower();
        if (name != "gzip" && name != "*")
            continue;
        double quality = 1;
        for (qsizetype i = 1; i < parts.size(); ++i) {
            const QByteArray parameter = parts[i].trimmed().toLower();
            if (parameter.startsWith("q="))
                quality = parameter.sliced(2).toDouble();
        }
        return quality > 0;
    }
    return false;
}

QByteArray gzipped(const QByteArray &bytes)
{
#ifdef TERTULIA_HAS_ZLIB
    z_stream stream {};
    // 15 bits of window, and 16 more asks for gzip's head and foot instead of zlib's.
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK)
        return {};
    QByteArray in = bytes;
    QByteArray out(qsizetype(deflateBound(&stream, uLong(bytes.size()))), Qt::Uninitialized);
    stream.next_in = reinterpret_cast<Bytef *>(in.data());
    stream.avail_in = uInt(in.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = uInt(out.size());
    const int result = deflate(&stream, Z_FINISH);
    out.truncate(out.size() - qsizetype(stream.avail_out));
    deflateEnd(&stream);
    return result == Z_STREAM_END ? out : QByteArray();
#else
    Q_UNUSED(bytes)
    return {};
#endif
}

PagesApi::PagesApi(Router &router, QObject *parent, const QString &root)
    : QObject(parent)
{
    initResources();
    load(root);
    addPage(router, u"/"_s, u"index.html"_s);
    addPage(router, u"/j/{join_code}"_s, u"index.html"_s);
    addPage(router, u"/echo"_s, u"echo.html"_s);
    addPage(router, u"/dashboard"_s, u"dashboard.html"_s);
    addPage(router, u"/docs"_s, u"docs.html"_s);
    addPage(router, u"/openapi.json"_s, u"openapi.json"_s);
    addPage(router, u"/asyncapi.json"_s, u"asyncapi.json"_s);
    addPage(router, u"/favicon.ico"_s, m_assets.contains(u"favicon.ico"_s) ? u"favicon.ico"_s : u"icon.svg"_s);
    router.add({"GET"_ba, u"/web/{path*}"_s, Access::Anyone,
        [this](const ApiCall &call) { serve(call, call.parameter(u"path"_s)); }});
}

void PagesApi::addPage(Router &router, const QString &pattern, const QString &asset)
{
    if (!m_assets.contains(asset))
        qCWarning(logPages) << "this build has no" << asset;
    router.add({"GET"_ba, pattern, Access::Anyone, [this, asset](const ApiCall &call) { serve(call, asset); }});
}

void PagesApi::load(const QString &root)
{
    QDirIterator files(root, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QString name = files.filePath().sliced(root.size() + 1);
        PageAsset asset;
        asset.type = typeOf(name);
        asset.content = file.readAll();
        if (name == "openapi.json"_L1 || name == "asyncapi.json"_L1)
            asset.content.replace("@VERSION@", TERTULIA_VERSION);
        asset.etag = '"' + QCryptographicHash::hash(asset.content, QCryptographicHash::Sha256).toHex().first(32) + '"';
        const QByteArray compressed = gzipped(asset.content);
        if (!compressed.isEmpty() && compressed.size() < asset.content.size() * 9 / 10)
            asset.compressed = compressed;
        m_assets.insert(name, asset);
    }
}

void PagesApi::serve(const ApiCall &call, const QString &name) const
{
    const auto asset = m_assets.constFind(name);
    if (asset == m_assets.cend())
        return call.fail(ErrorCode::NotFound);
    const bool compress = !asset->compressed.isEmpty() && acceptsGzip(call.head.header("Accept-Encoding"));
    // The two forms are different bytes, so they have different tags.
    const QByteArray etag = compress ? asset->etag.chopped(1) + "-gz\"" : asset->etag;
    HttpFields headers {
        {"Content-Security-Policy"_ba, kPolicy.toByteArray()},
        // Asked for again each time: a page and its scripts are always of one version.
        {"Cache-Control"_ba, "no-cache"_ba},
        {"ETag"_ba, etag},
        {"Vary"_ba, "Accept-Encoding"_ba},
        {"Cross-Origin-Opener-Policy"_ba, "same-origin"_ba},
    };
    if (call.head.headerHasToken("If-None-Match", etag))
        return call.reply->send(304, headers, {});
    headers.append({"Content-Type"_ba, asset->type});
    if (compress)
        headers.append({"Content-Encoding"_ba, "gzip"_ba});
    call.reply->send(200, headers, compress ? asset->compressed : asset->content);
}

} // namespace tertulia
