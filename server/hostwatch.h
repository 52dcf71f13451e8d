// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/entry.h"
#include "protocol/hostvalues.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QSet>
#include <QStringList>
#include <QTimer>

namespace tertulia {

struct ConnectionRecord;
class HostCore;

/// Gathers what the dashboard shows: lists at most four times a second and only while somebody watches, so that a
/// server that nobody looks at does nothing for it. Server thread.
class HostWatch final : public QObject
{
    Q_OBJECT

public:
    explicit HostWatch(HostCore &core, QObject *parent = nullptr);

    /// From now on, beginning with everything that there is; or no more.
    void setWatched(bool watched);
    /// Something that only the owner of this object knows of.
    void addActivity(const ActivityEvent &event);
    /// Addresses of ours through which another device came in.
    [[nodiscard]] const QSet<QString> &verifiedAddresses() const { return m_verified; }

Q_SIGNALS:
    void connectionsChanged(const tertulia::ConnectionChanges &changes);
    void roomsChanged(const tertulia::RoomChanges &changes);
    void activityHappened(const QList<tertulia::ActivityEvent> &events);
    void addressVerified();

private:
    void connectSources();
    void connectRooms();
    void noteConnection(const ConnectionRecord &record);
    void noteEnd(const ConnectionRecord &record, int closeCode);
    void note(
        ActivityKind kind, const QString &user, const QString &address, const QString &room, const QString &detail);
    void noteStoreHealth(const MetricsSample &sample);
    void tell();
    void tellConnections();
    void tellRooms();

    HostCore &m_core;
    bool m_isWatched = false;
    QTimer m_timer;
    QHash<QString, ConnectionRow> m_toldConnections;
    QStringList m_removedConnections;
    qsizetype m_cursor = 0; ///< where the reading of counters goes on
    QHash<QString, RoomRow> m_toldRooms;
    QList<ActivityEvent> m_activity; ///< not told yet
    QSet<QString> m_verified;
    bool m_isStoreHealthy = true;
};

} // namespace tertulia
