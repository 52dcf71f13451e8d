// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/room.h"
#include "storage/store.h"

#include <QHash>
#include <QObject>

#include <optional>

namespace tertulia {

class RoomDirectory;

/// Brings event streams of rooms up to date before they get what is said: pages of the log after the reader's last id,
/// then the live entries, without gap or double. A slow reader is given the next page when it has read the last.
/// Server thread.
class StreamFeeder final : public QObject
{
    Q_OBJECT

public:
    StreamFeeder(Store &store, RoomDirectory &rooms, QObject *parent = nullptr);

    void subscribe(Room &room, Connection &stream, std::optional<EntryId> lastEventId);
    void unsubscribe(Connection &stream);
    [[nodiscard]] QList<Connection *> streamsOf(const Room &room) const;

private:
    struct Stream {
        RoomKey room = 0;
        EntryId sentTo = 0;
        quint64 serial = 0; ///< tells a stream from a later one at the same address in memory
    };
    void nextPage(Connection *stream, quint64 serial);
    void feed(Connection *stream, quint64 serial, const Result<QList<Entry>> &page);

    Store &m_store;
    RoomDirectory &m_rooms;
    QHash<Connection *, Stream> m_streams;
    quint64 m_nextSerial = 1;
};

} // namespace tertulia
