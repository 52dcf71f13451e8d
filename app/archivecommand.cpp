// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "subcommands.h"

#include "domain/accountservice.h"
#include "domain/clock.h"
#include "protocol/names.h"
#include "storage/openstore.h"
#include "storage/transfer/roomexporter.h"
#include "storage/transfer/roomimporter.h"

#include <QElapsedTimer>
#include <QHash>
#include <QSaveFile>

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace tertulia {

namespace {

/// How far it is, on a terminal's one line: what takes over a second shows that it goes on.
class ProgressLine
{
public:
    ProgressLine() { m_shown.start(); }
    ~ProgressLine()
    {
        if (m_isUsed)
            std::fputs("\n", stderr);
    }
    Q_DISABLE_COPY_MOVE(ProgressLine)

    void show(quint64 done, quint64 total)
    {
        constexpr qint64 kEvery = 500;
        if (m_shown.elapsed() < kEvery)
            return;
        m_shown.start();
        m_isUsed = true;
        std::fprintf(stderr, "\r%llu of %llu entries", done, total);
    }

private:
    QElapsedTimer m_shown;
    bool m_isUsed = false;
};

Error fileTrouble(const QString &path, const QString &why)
{
    return Error(ErrorCode::InvalidField, u"%1: %2"_s.arg(path, why));
}

Result<QString> runExport(Storage &storage, const ArchiveCommand &command, ExportForm form)
{
    const Result<QList<RoomRecord>> rooms = storage.rooms().all();
    if (!rooms)
        return rooms.error();
    const QString folded = foldName(command.room);
    const auto room = std::find_if(rooms->cbegin(), rooms->cend(),
        [&folded](const RoomRecord &candidate) { return foldName(candidate.name) == folded; });
    if (room == rooms->cend())
        return Error(ErrorCode::NoSuchRoom, u"There is no room \"%1\"."_s.arg(command.room));
    QSaveFile file(command.file);
    if (!file.open(QIODevice::WriteOnly))
        return fileTrouble(command.file, file.errorString());
    ProgressLine progress;
    const auto written = RoomExporter(*room, form, SystemClock().now())
                             .run(
                                 storage,
                                 [&file](const QByteArray &piece) { return file.write(piece) == piece.size(); },
                                 [&progress](quint64 done, quint64 total) { progress.show(done, total); });
    if (!written)
        return written.error();
    if (!file.commit())
        return fileTrouble(command.file, file.errorString());
    return QString();
}

/// Authors whose accounts are here get their own entries back.
Result<RoomImporter::AuthorId> authorsOf(Storage &storage)
{
    const Result<QList<Account>> accounts = storage.accounts().all();
    if (!accounts)
        return accounts.error();
    QHash<QString, QString> ids;
    for (const Account &account : *accounts)
        ids.insert(foldName(account.name), account.id);
    return RoomImporter::AuthorId([ids](const QString &name) {
        const QString id = ids.value(foldName(name));
        return id.isEmpty() ? AccountService::idForName(name) : id;
    });
}

Result<QString> runImport(Storage &storage, const ArchiveCommand &command)
{
    const Result<RoomImporter::AuthorId> authors = authorsOf(storage);
    if (!authors)
        return authors.error();
    ProgressLine progress;
    RoomImporter importer(storage);
    importer.setAuthors(*authors);
    const auto room = importer.importFile(
        command.file, command.room, [&progress](quint64 done, quint64 total) { progress.show(done, total); });
    return room ? Result<QString>(QString()) : Result<QString>(fileTrouble(command.file, room.error().detail));
}

} // namespace

Result<QString> runArchive(const QString &dataDirectory, const ArchiveCommand &command)
{
    const std::optional<ExportForm> form = exportFormOfFile(command.file);
    if (!form)
        return fileTrouble(command.file, u"the name must end in .json, .jsonl, .csv, .txt or .html."_s);
    const Result<QString> directory = DataDirectory::create(dataDirectory);
    if (!directory)
        return directory.error();
    const SystemClock clock;
    const Result<std::unique_ptr<SqlStorage>> storage = openStorage(*directory, clock);
    if (!storage)
        return storage.error();
    return command.isImport ? runImport(**storage, command) : runExport(**storage, command, *form);
}

} // namespace tertulia
