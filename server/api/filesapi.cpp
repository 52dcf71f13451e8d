// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/filesapi.h"

#include "api/apigate.h"
#include "api/filename.h"
#include "api/router.h"
#include "domain/chathub.h"
#include "domain/roomdirectory.h"
#include "identity/secrets.h"
#include "protocol/jsonwriter.h"
#include "protocol/servermessage.h"
#include "storage/store.h"

#include <QFile>
#include <QUrl>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

/// Bytes that may wait for the disk before the client is asked to wait.
constexpr qint64 kPauseAbove = 1024 * 1024;
constexpr qint64 kResumeBelow = 256 * 1024;
/// Hashes that are looked up in one task of the store's writer: messages wait behind it.
constexpr qsizetype kHashesAtOnce = 200;

} // namespace

/// One upload while its body comes. It waits for the room to open where that asks for a password.
class FilesApi::Upload final : public UploadSink, public std::enable_shared_from_this<Upload>
{
public:
    Upload(FilesApi &api, ApiCall call, FileStore::IncomingPtr file)
        : m_api(api)
        , m_call(std::move(call))
        , m_file(std::move(file))
    {
    }

    void start()
    {
        m_call.reply->pauseBody();
        m_api.m_gate.openRoom(m_call, m_call.parameter(u"room"_s), &m_api,
            [self = shared_from_this()](const Result<Room *> &room) { self->opened(room); });
    }

    void received(const QByteArray &piece) override
    {
        m_waiting += piece.size();
        if (m_waiting > kPauseAbove && !m_isPaused) {
            m_isPaused = true;
            m_call.reply->pauseBody();
        }
        m_api.m_files.append(
            m_file, piece, &m_api, [self = shared_from_this(), size = piece.size()](const Result<void> &outcome) {
                self->written(size, outcome);
            });
    }

    void finished() override
    {
        m_isWhole = true;
        proceed();
    }

    void aborted() override
    {
        m_isOver = true;
        leave();
    }

private:
    void opened(const Result<Room *> &room)
    {
        if (m_isOver)
            return;
        if (!room)
            return fail(room.error());
        m_isOpen = true;
        m_call.reply->resumeBody();
        proceed();
    }

    void written(qint64 size, const Result<void> &outcome)
    {
        m_waiting -= size;
        if (m_isOver)
            return;
        if (!outcome)
            return fail(outcome.error());
        if (m_isPaused && m_waiting < kResumeBelow) {
            m_isPaused = false;
            m_call.reply->resumeBody();
        }
    }

    void proceed()
    {
        if (!m_isOpen || !m_isWhole || m_isOver)
            return;
        m_isOver = true;
        m_api.m_files.finish(
            m_file, &m_api, [&api = m_api, call = m_call, file = m_file](const Result<ReceivedFile> &received) {
                if (!received)
                    return call.fail(received.error());
                api.keep(call, file, *received);
            });
        leave();
    }

    void fail(const Error &error)
    {
        // Held until the transport, which still has the sink, says that it is through with it.
        const auto self = shared_from_this();
        m_isOver = true;
        m_call.fail(error);
        if (m_isWhole)
            leave();
    }

    void leave() { m_api.m_uploads.remove(shared_from_this()); }

    FilesApi &m_api;
    ApiCall m_call;
    FileStore::IncomingPtr m_file;
    qint64 m_waiting = 0; ///< bytes on their way to the disk
    bool m_isPaused = false;
    bool m_isOpen = false; ///< the room let the caller in
    bool m_isWhole = false;
    bool m_isOver = false;
};

FilesApi::FilesApi(const ApiServices &services, ApiGate &gate, Router &router, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_gate(gate)
    , m_files(services.filesDirectory)
{
    router.add({"POST"_ba, u"/api/rooms/{room}/files"_s, Access::User,
        [this](const ApiCall &call) {
            // A file without a byte has no body that could be taken piece by piece.
            if (UploadSink *sink = beginUpload(call))
                sink->finished();
        },
        BodyKind::Upload});
    router.add({"GET"_ba, u"/files/{id}/{name}"_s, Access::User, [this](const ApiCall &call) { serve(call); }});
    connect(&services.hub, &ChatHub::filesFreed, this, &FilesApi::freeFiles);
    removeOrphans();
}

FilesApi::~FilesApi() = default;

UploadSink *FilesApi::beginUpload(const ApiCall &call)
{
    if (call.head.queryItem("name").isEmpty()) {
        call.fail(invalidField("name"_L1));
        return nullptr;
    }
    if (const auto outcome = m_gate.takePublishToken(call.principal.user.id); !outcome) {
        call.fail(outcome.error());
        return nullptr;
    }
    // Asked before a byte is taken, where no password has to be verified for the answer.
    const auto room = m_services.hub.readableRoom(call.parameter(u"room"_s), call.principal);
    if (!room && !call.head.hasQueryItem("password")) {
        call.fail(room.error());
        return nullptr;
    }
    const auto upload
        = std::make_shared<Upload>(*this, call, m_files.begin(sanitizedFileName(call.head.queryItem("name"))));
    m_uploads.insert(upload);
    upload->start();
    return upload.get();
}

void FilesApi::keep(const ApiCall &call, const FileStore::IncomingPtr &incoming, const ReceivedFile &received)
{
    const auto room = m_services.hub.readableRoom(call.parameter(u"room"_s), call.principal);
    if (!room)
        return call.fail(room.error());
    StoredFile file;
    file.info.id = QString::fromLatin1(toBase64Url(randomBytes(16)));
    file.info.name = sanitizedFileName(call.head.queryItem("name"));
    file.info.size = received.size;
    file.info.type = received.type;
    file.info.url = u"/files/"_s % file.info.id % u'/' % QString::fromLatin1(QUrl::toPercentEncoding(file.info.name));
    file.room = (*room)->key();
    file.uploaderId = call.principal.user.id;
    file.sha256 = received.sha256;
    ++m_adding[file.sha256];
    m_files.keep(incoming, this, [this, call, file](const Result<void> &kept) {
        if (!kept) {
            release(file.sha256);
            return call.fail(kept.error());
        }
        addToIndex(call, file);
    });
}

void FilesApi::addToIndex(const ApiCall &call, const StoredFile &file)
{
    writeTo<bool>(
        m_services.store, this,
        [file](Storage &storage) -> Result<bool> {
            const auto added = storage.files().add(file);
            return added ? Result<bool>(true) : Result<bool>(added.error());
        },
        [this, call, file](const Result<bool> &done) {
            release(file.sha256);
            if (done)
                return publish(call, file);
            removeUnused({file.sha256});
            call.fail(done.error());
        });
}

void FilesApi::release(const QByteArray &sha256)
{
    const auto count = m_adding.find(sha256);
    if (count != m_adding.end() && --*count <= 0)
        m_adding.erase(count);
}

void FilesApi::publish(const ApiCall &call, const StoredFile &file)
{
    const Room *room = m_services.rooms.find(file.room);
    PublishRequest request;
    request.room = room ? room->record.name : call.parameter(u"room"_s);
    request.file = file.info;
    m_services.hub.publish(call.principal, request, this, [this, call, file](const Result<Appended> &appended) {
        if (!appended) {
            freeFiles({file.info.id});
            return call.fail(appended.error());
        }
        QByteArray out;
        JsonWriter json(out);
        json.beginObject().key("file");
        writeFile(json, file.info);
        json.endObject();
        call.reply->sendJson(201, out);
    });
}

void FilesApi::serve(const ApiCall &call)
{
    readFrom<StoredFile>(
        m_services.store, this, [id = call.parameter(u"id"_s)](Storage &storage) { return storage.files().byId(id); },
        [this, call](const Result<StoredFile> &file) {
            if (!file)
                return call.fail(file.error());
            const Room *room = m_services.rooms.find(file->room);
            if (!room)
                return call.fail(ErrorCode::NotFound);
            m_gate.openRoom(call, room->record.name, this, [this, call, file = *file](const Result<Room *> &opened) {
                if (!opened)
                    // Whoever may not see the room learns nothing of the file either.
                    return call.fail(
                        opened.error().code == ErrorCode::NoSuchRoom ? Error(ErrorCode::NotFound) : opened.error());
                sendFile(call, file);
            });
        });
}

void FilesApi::sendFile(const ApiCall &call, const StoredFile &file)
{
    const QByteArray etag = '"' + file.sha256 + '"';
    const bool isInline = isShownInline(file.info.type);
    const HttpFields headers {
        {"Content-Type"_ba, file.info.type.toLatin1()},
        {"Content-Disposition"_ba, contentDisposition(isInline ? "inline"_ba : "attachment"_ba, file.info.name)},
        {"Content-Security-Policy"_ba, "default-src 'none'; sandbox"_ba},
        {"Cross-Origin-Resource-Policy"_ba, "same-origin"_ba},
        // Kept by the reader alone and asked for again each time: who may read can change, the bytes can't.
        {"Cache-Control"_ba, "private, no-cache"_ba},
        {"ETag"_ba, etag},
    };
    if (call.head.headerHasToken("If-None-Match", etag))
        return call.reply->send(304, headers, {});
    auto device = std::make_unique<QFile>(m_files.pathOf(file.sha256));
    if (!device->open(QIODevice::ReadOnly))
        return call.fail(ErrorCode::NotFound);
    call.reply->sendDevice(std::move(device), headers);
}

void FilesApi::freeFiles(const QStringList &ids)
{
    struct Freed {
        QList<QByteArray> hashes;
        bool hasUnknown = false; ///< out of the index already, with their room
    };
    writeTo<Freed>(
        m_services.store, this,
        [ids](Storage &storage) -> Result<Freed> {
            Freed freed;
            for (const QString &id : ids) {
                const auto file = storage.files().byId(id);
                if (!file) {
                    freed.hasUnknown = true;
                    continue;
                }
                freed.hashes.append(file->sha256);
                if (const auto removed = storage.files().remove(id); !removed)
                    return removed.error();
            }
            return freed;
        },
        [this](const Result<Freed> &freed) {
            if (!freed)
                return;
            removeUnused(freed->hashes);
            if (freed->hasUnknown)
                removeOrphans();
        });
}

void FilesApi::removeUnused(QList<QByteArray> hashes)
{
    if (hashes.isEmpty())
        return;
    const QList<QByteArray> now = hashes.first(std::min(hashes.size(), kHashesAtOnce));
    hashes.remove(0, now.size());
    // A write, though it only reads: it then has its place in the order of the uploads' own writes.
    writeTo<QList<QByteArray>>(
        m_services.store, this,
        [now](Storage &storage) -> Result<QList<QByteArray>> {
            QList<QByteArray> unused;
            for (const QByteArray &hash : now) {
                const auto count = storage.files().countOfHash(hash);
                if (!count)
                    return count.error();
                if (*count == 0)
                    unused.append(hash);
            }
            return unused;
        },
        [this, hashes](const Result<QList<QByteArray>> &unused) {
            if (!unused)
                return;
            for (const QByteArray &hash : *unused) {
                if (!m_adding.contains(hash))
                    m_files.remove(hash);
            }
            removeUnused(hashes);
        });
}

void FilesApi::removeOrphans()
{
    m_files.list(this, [this](const QList<QByteArray> &hashes) { removeUnused(hashes); });
}

} // namespace tertulia
