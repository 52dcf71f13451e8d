// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/exportapi.h"

#include "api/audit.h"
#include "api/filename.h"
#include "api/router.h"
#include "domain/chathub.h"
#include "domain/clock.h"
#include "storage/store.h"
#include "storage/transfer/roomexporter.h"

namespace tertulia {

using namespace Qt::StringLiterals;

/// Kept by whatever it waits for: the store's answer with a page, or m_waiting while the client drains.
struct ExportApi::Download {
    ApiCall call;
    HttpFields headers;
    std::unique_ptr<RoomExporter> exporter; ///< the reader thread's while a page is read
    bool hasBegun = false;
};

ExportApi::ExportApi(const ApiServices &services, Router &router, QObject *parent)
    : QObject(parent)
    , m_services(services)
{
    router.add({"GET"_ba, u"/api/rooms/{room}/export"_s, Access::User, [this](const ApiCall &call) { start(call); }});
}

ExportApi::~ExportApi() = default;

void ExportApi::start(const ApiCall &call)
{
    const QString name = call.head.hasQueryItem("format") ? call.head.queryItem("format") : u"json"_s;
    const std::optional<ExportForm> form = exportFormFromName(name);
    if (!form)
        return call.fail(invalidField("format"_L1));
    const auto room = m_services.hub.managedRoom(call.parameter(u"room"_s), call.principal);
    if (!room)
        return call.fail(room.error());

    const RoomRecord &record = (*room)->record;
    auto download = std::make_shared<Download>();
    download->call = call;
    download->headers = {
        {"Content-Type"_ba, exportContentType(*form)},
        {"Content-Disposition"_ba, contentDisposition("attachment"_ba, record.name % u'.' % name)},
        {"Cache-Control"_ba, "no-store"_ba},
    };
    if (call.head.method == "HEAD") {
        call.reply->beginChunked(200, download->headers, {});
        return call.reply->end();
    }
    download->exporter = std::make_unique<RoomExporter>(record, *form, m_services.clock.now());
    writeAudit(m_services, call.principal, u"export"_s, record.name, name);
    readNext(download);
}

void ExportApi::readNext(const std::shared_ptr<Download> &download)
{
    readFrom<QByteArray>(
        m_services.store, this, [download](Storage &storage) { return download->exporter->nextPage(storage); },
        [this, download](const Result<QByteArray> &piece) { sendPiece(download, piece); });
}

void ExportApi::sendPiece(const std::shared_ptr<Download> &download, const Result<QByteArray> &piece)
{
    HttpReply &reply = *download->call.reply;
    if (!reply.isConnected())
        return;
    if (!piece) {
        // Once the answer has begun there is no other way to say that it is not whole than to cut it: the last owner of
        // the reply drops it.
        if (!download->hasBegun)
            download->call.fail(piece.error());
        return;
    }
    if (!download->hasBegun) {
        download->hasBegun = true;
        // The reply must not keep itself: its callbacks hold no more than a weak pointer.
        reply.beginChunked(200, download->headers, [this, weak = std::weak_ptr(download)] {
            const auto waiting = weak.lock();
            if (waiting && m_waiting.remove(waiting))
                readNext(waiting);
        });
        reply.onGone([this, weak = std::weak_ptr(download)] {
            if (const auto waiting = weak.lock())
                m_waiting.remove(waiting);
        });
    }
    const bool hasRoom = reply.write(*piece);
    if (download->exporter->isDone())
        reply.end();
    else if (hasRoom)
        readNext(download);
    else
        m_waiting.insert(download);
}

} // namespace tertulia
