// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/openstore.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTemporaryDir>
#include <QTextStream>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace tertulia;

// How fast the store writes, pages and searches: `bench_store [entries]`, on the disk of the current directory.

namespace {

template<typename T, typename Work> Result<T> readNow(Store &store, Work work)
{
    QEventLoop loop;
    Result<T> outcome(ErrorCode::Internal);
    readFrom<T>(store, &loop, work, [&](const Result<T> &read) {
        outcome = read;
        loop.quit();
    });
    loop.exec();
    return outcome;
}

EntryDraft draftOf(RoomKey room, qint64 number, bool withRef)
{
    static const QStringList words = u"la mesa está lista para comer pan con queso y vino mientras llueve fuera hoy"_s.split(u' ');
    EntryDraft draft;
    draft.room = room;
    draft.userId = u"user-%1"_s.arg(number % 97);
    draft.user = u"Ana%1"_s.arg(number % 97);
    for (int i = 0; i < 8; ++i)
        draft.content += words[(number * 7 + i * i) % words.size()] + u' ';
    draft.content += u"n%1"_s.arg(number);
    draft.timestamp = SystemClock().now();
    if (withRef)
        draft.ref = u"ref-%1"_s.arg(number);
    return draft;
}

/// Entries a second where `batch` are asked for at once and the next batch follows the last one's commit.
double writeRate(SqlStore &store, RoomKey room, int batch, qint64 total, bool withRef)
{
    QEventLoop loop;
    qint64 asked = 0;
    qint64 stored = 0;
    int open = 0;
    std::function<void()> next = [&] {
        for (int i = 0; i < batch; ++i, ++asked, ++open) {
            writeTo<Appended>(store, &loop,
                [draft = draftOf(room, asked, withRef)](Storage &storage) { return storage.entries().append(draft); },
                [&](const Result<Appended> &appended) {
                    stored += appended ? 1 : 0;
                    if (--open > 0)
                        return;
                    if (stored < total)
                        next();
                    else
                        loop.quit();
                });
        }
    };
    QElapsedTimer timer;
    timer.start();
    next();
    loop.exec();
    return double(stored) * 1e9 / double(timer.nsecsElapsed());
}

template<typename Work> void printTimes(QTextStream &out, const QString &what, int rounds, Work work)
{
    QList<double> times;
    for (int i = 0; i < rounds; ++i) {
        QElapsedTimer timer;
        timer.start();
        if (!work(i))
            qFatal("a read failed");
        times.append(double(timer.nsecsElapsed()) / 1e6);
    }
    std::sort(times.begin(), times.end());
    out << what << ": median " << times[times.size() / 2] << " ms, p95 " << times[times.size() * 95 / 100] << " ms\n";
    out.flush();
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QTextStream out(stdout);
    const qint64 entries = argc > 1 ? QByteArray(argv[1]).toLongLong() : 1'000'000;
    const SystemClock clock;
    QTemporaryDir temporary(u"bench-store-XXXXXX"_s);
    auto directory = DataDirectory::open(temporary.path());
    auto store = openStore(**directory, clock);
    RoomKey room = 0;
    {
        const auto storage = openStorage(temporary.path(), clock);
        RoomRecord draft;
        draft.name = u"bench"_s;
        room = (*storage)->rooms().create(draft)->key;
    }
    for (const bool withRef : {false, true}) {
        for (const auto &[batch, total] : {std::pair(1, 500), {10, 5'000}, {100, 30'000}, {1000, 100'000}}) {
            out << "batch " << batch << (withRef ? " with refs: " : ": ")
                << qint64(writeRate(**store, room, batch, total, withRef)) << " entries/s\n";
            out.flush();
        }
    }
    writeRate(**store, room, 5000, entries, false);

    const auto page = [&](const MessageQuery &query) {
        return readNow<MessagePage>(**store, [&](Storage &storage) { return storage.entries().messages(room, query); });
    };
    QElapsedTimer timer;
    timer.start();
    auto first = page({50, 0, {}, u"n7"_s});
    while (!first)
        first = page({50, 0, {}, u"n7"_s});
    out << "first search, the index catching up: " << timer.elapsed() << " ms\n";
    printTimes(out, u"last 50 of %1"_s.arg(first->lastId), 200, [&](int) { return page({50, 0, {}, {}}); });
    printTimes(out, u"50 in the middle"_s, 200, [&](int i) { return page({50, EntryId(1000 + i * 997), 0, {}}); });
    printTimes(out, u"search, rare word"_s, 200, [&](int i) { return page({50, 0, {}, u"n%1"_s.arg(i * 31)}); });
    printTimes(out, u"search, common words"_s, 200, [&](int) { return page({50, 0, {}, u"mesa queso"_s}); });
    printTimes(out, u"search, phrase"_s, 50, [&](int) { return page({50, 0, {}, u"\"mesa esta\""_s}); });
    printTimes(out, u"search, beginning"_s, 50, [&](int) { return page({50, 0, {}, u"n123*"_s}); });
    store->reset();
    timer.start();
    store = openStore(**directory, clock);
    out << "start: " << timer.elapsed() << " ms\n";
    return 0;
}
