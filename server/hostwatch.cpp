// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hostwatch.h"

#include "api/gateway.h"
#include "domain/presence.h"
#include "hostcore.h"

#include <chrono>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace tertulia {

namespace {

constexpr auto kTellEvery = 250ms;
/// Counters of so many connections are read in one turn: with a crowd each is seen less often, and the loop goes on.
constexpr qsizetype kReadPerTurn = 500;
/// Lines of activity that are kept for a window that is not looking.
constexpr qsizetype kKeptActivity = 500;

/// Addresses as sockets tell them: IPv4 may come in its IPv6-mapped form.
QString plainAddress(const QString &address)
{
    return address.startsWith("::ffff:"_L1, Qt::CaseInsensitive) ? address.sliced(7) : address;
}

} // namespace

HostWatch::HostWatch(HostCore &core, QObject *parent)
    : QObject(parent)
    , m_core(core)
{
    connectSources();
    connectRooms();
    connect(&m_timer, &QTimer::timeout, this, &HostWatch::tell);
}

void HostWatch::connectSources()
{
    connect(&m_core.connections, &ConnectionRegistry::added, this, &HostWatch::noteConnection);
    connect(&m_core.connections, &ConnectionRegistry::removed, this, &HostWatch::noteEnd);
    connect(m_core.gateway.get(), &Gateway::turnedAway, this,
        [this](const QString &address, const QString &user, const QString &reason) {
            note(ActivityKind::Refused, user, address, {}, reason);
        });
    connect(m_core.bans.get(), &BanList::added, this,
        [this](const Ban &ban) { note(ActivityKind::Banned, ban.name, ban.address, {}, ban.reason); });
    connect(m_core.ticker.get(), &MetricsTicker::sampled, this, &HostWatch::noteStoreHealth);
}

void HostWatch::connectRooms()
{
    connect(&m_core.hub->presence(), &Presence::joined, this,
        [this](Room *room, const User &user) { note(ActivityKind::Joined, user.name, {}, room->record.name, {}); });
    connect(&m_core.hub->presence(), &Presence::gone, this,
        [this](Room *room, const User &user) { note(ActivityKind::Left, user.name, {}, room->record.name, {}); });
    connect(m_core.rooms.get(), &RoomDirectory::created, this, [this](Room *room) {
        if (!room->record.isDirect) // two people speak with each other: nobody's business
            note(ActivityKind::Room, room->record.ownerName, {}, room->record.name, u"created"_s);
    });
    connect(m_core.rooms.get(), &RoomDirectory::aboutToRemove, this,
        [this](Room *room) { note(ActivityKind::Room, {}, {}, room->record.name, u"deleted"_s); });
}

void HostWatch::setWatched(bool watched)
{
    if (m_isWatched == watched)
        return;
    m_isWatched = watched;
    m_toldConnections.clear();
    m_removedConnections.clear();
    m_toldRooms.clear();
    if (!watched) {
        m_timer.stop();
        return;
    }
    m_timer.start(kTellEvery);
    tell();
}

void HostWatch::addActivity(const ActivityEvent &event)
{
    if (m_activity.size() >= kKeptActivity)
        m_activity.removeFirst();
    m_activity.append(event);
}

void HostWatch::note(
    ActivityKind kind, const QString &user, const QString &address, const QString &room, const QString &detail)
{
    addActivity({m_core.clock.now(), kind, user, address, room, detail});
}

void HostWatch::noteConnection(const ConnectionRecord &record)
{
    const Handshake &shake = record.shake();
    note(ActivityKind::Connected, record.principal ? record.principal->user.name : QString(), shake.address, {},
        QString::fromUtf8(shake.path));
    // Whoever comes from the address that it came in through sits at this machine.
    const QString local = plainAddress(shake.localAddress);
    if (local.isEmpty() || local == plainAddress(shake.address) || m_verified.contains(local))
        return;
    m_verified.insert(local);
    Q_EMIT addressVerified();
}

void HostWatch::noteEnd(const ConnectionRecord &record, int closeCode)
{
    const ActivityKind kind = closeCode == int(CloseCode::SlowConsumer) ? ActivityKind::SlowConsumer
        : closeCode == int(CloseCode::Kicked)                           ? ActivityKind::Kicked
                                                                        : ActivityKind::Disconnected;
    note(kind, record.principal ? record.principal->user.name : QString(), record.shake().address, {},
        QString::number(closeCode));
    if (m_toldConnections.remove(record.id) > 0)
        m_removedConnections.append(record.id);
}

void HostWatch::noteStoreHealth(const MetricsSample &sample)
{
    if (std::exchange(m_isStoreHealthy, sample.storeHealthy) != sample.storeHealthy)
        note(ActivityKind::Server, {}, {}, {}, sample.storeHealthy ? u"store_recovered"_s : u"store_failed"_s);
}

void HostWatch::tell()
{
    tellConnections();
    tellRooms();
    if (!m_activity.isEmpty())
        Q_EMIT activityHappened(std::exchange(m_activity, {}));
}

void HostWatch::tellConnections()
{
    const QList<ConnectionRecord *> records = m_core.connections.all();
    ConnectionChanges changes;
    changes.removed = std::exchange(m_removedConnections, {});
    const qsizetype begin = m_cursor < records.size() ? m_cursor : 0;
    const qsizetype end = begin + kReadPerTurn;
    for (qsizetype i = 0; i < records.size(); ++i) {
        ConnectionRecord *record = records.at(i);
        if (!record->changed && (i < begin || i >= end) && m_toldConnections.contains(record->id))
            continue;
        record->changed = false;
        const ConnectionRow row = m_core.connections.row(*record);
        ConnectionRow &told = m_toldConnections[row.id];
        if (told == row)
            continue;
        told = row;
        changes.upserted.append(row);
    }
    m_cursor = end < records.size() ? end : 0;
    if (!changes.upserted.isEmpty() || !changes.removed.isEmpty())
        Q_EMIT connectionsChanged(changes);
}

void HostWatch::tellRooms()
{
    const QList<RoomRow> rows = m_core.ticker->roomRows();
    RoomChanges changes;
    QSet<QString> names;
    names.reserve(rows.size());
    for (const RoomRow &row : rows) {
        names.insert(row.name);
        const auto told = m_toldRooms.constFind(row.name);
        if (told != m_toldRooms.cend() && *told == row)
            continue;
        m_toldRooms.insert(row.name, row);
        changes.upserted.append(row);
    }
    for (auto told = m_toldRooms.begin(); told != m_toldRooms.end();) {
        if (names.contains(told.key())) {
            ++told;
            continue;
        }
        changes.removed.append(told.key());
        told = m_toldRooms.erase(told);
    }
    if (!changes.upserted.isEmpty() || !changes.removed.isEmpty())
        Q_EMIT roomsChanged(changes);
}

} // namespace tertulia
