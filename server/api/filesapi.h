// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/apicall.h"
#include "api/apiservices.h"
#include "api/filestore.h"
#include "storage/records.h"
#include "transport/httphandler.h"

#include <QHash>
#include <QObject>
#include <QSet>

#include <memory>

namespace tertulia {

class ApiGate;
class Router;

/// Sending files into a room and fetching them. The bytes are with FileStore, who may read them is the room's business,
/// and what no entry names any more goes. Server thread.
class FilesApi final : public QObject
{
    Q_OBJECT

public:
    FilesApi(const ApiServices &services, ApiGate &gate, Router &router, QObject *parent);
    ~FilesApi() override;

    /// For a call that may publish; null where it was refused at once.
    [[nodiscard]] UploadSink *beginUpload(const ApiCall &call);

private:
    class Upload;
    friend class Upload;

    void serve(const ApiCall &call);
    void sendFile(const ApiCall &call, const StoredFile &file);
    /// The bytes are on disk: from here to the entry in the room.
    void keep(const ApiCall &call, const FileStore::IncomingPtr &incoming, const ReceivedFile &received);
    void addToIndex(const ApiCall &call, const StoredFile &file);
    void publish(const ApiCall &call, const StoredFile &file);

    /// Files that no entry names: out of the index, and the bytes with them where nothing else has the same.
    void freeFiles(const QStringList &ids);
    void removeUnused(QList<QByteArray> hashes);
    void removeOrphans();
    void release(const QByteArray &sha256);

    ApiServices m_services;
    ApiGate &m_gate;
    FileStore m_files;
    QSet<std::shared_ptr<Upload>> m_uploads; ///< whose body is still coming
    /// Hashes on their way into the index, and how often: their bytes must not be taken for unused. The disk and the
    /// store's writer each work in order, so with this no order of uploading and removing the same bytes loses them.
    QHash<QByteArray, int> m_adding;
};

} // namespace tertulia
