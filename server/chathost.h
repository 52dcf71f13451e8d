// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/entry.h"
#include "protocol/hostvalues.h"
#include "protocol/result.h"
#include "settings/settings.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>

namespace tertulia {

class HostCore;
class HostWatch;
class Room;
struct RoomDraft;

/// What a host is started with.
struct HostOptions {
    QString dataDirectory; ///< absolute
    QString settingsFile; ///< where settings that are changed are kept
    Settings settings; ///< loaded, with the overrides of this run
    QString ownerName; ///< the person at this machine, who gets an admin's token; empty = nobody
};

/// The whole server as one object for whoever runs it: a window in another thread, or a process without any. Everything
/// comes and goes as values; connect it queued from other threads. Lives in the server thread, which needs an event
/// loop.
class ChatHost final : public QObject
{
    Q_OBJECT

public:
    explicit ChatHost(HostOptions options, QObject *parent = nullptr);
    ~ChatHost() override;

public Q_SLOTS:
    /// Answers with ready() or failed(). Does nothing while it runs.
    void start();
    /// Stops accepting, closes all clients with 1001, commits; then stopped(), within five seconds.
    void stop();

    /// Whether somebody looks at the lists.
    void setWatched(bool watched);
    void kick(const QString &connectionId, const QString &reason);
    void ban(const tertulia::Ban &draft);
    void unban(const QString &id);
    void announce(const QString &title, const QString &body, tertulia::NotificationLevel level);
    void createRoom(const tertulia::RoomInfo &draft, const QString &password);
    /// `name` is the present name. An empty password leaves it as it is.
    void changeRoom(const QString &name, const tertulia::RoomInfo &draft, const QString &password);
    void deleteRoom(const QString &name);
    void answerDoor(const QString &id, bool admit);
    /// Holds at once where it can, and is kept. What the port depends on holds from the next start.
    void changeSetting(const QString &key, const QString &value);

Q_SIGNALS:
    /// It listens; the first address that a guest could use.
    void ready(const QString &url);
    /// It could not start; one line for people.
    void failed(const QString &message);
    void stopped();
    /// A token for the person at this machine, after ready().
    void ownerEntered(const QString &url, const QString &token);

    void stateChanged(const tertulia::HostState &state);
    void connectionsChanged(const tertulia::ConnectionChanges &changes);
    void roomsChanged(const tertulia::RoomChanges &changes);
    void activityHappened(const QList<tertulia::ActivityEvent> &events);
    void metricsSampled(const tertulia::MetricsSample &sample);
    void bansChanged(const QList<tertulia::Ban> &bans);
    void knocked(const tertulia::DoorKnock &knock);
    void knockGone(const QString &id);
    void settingsChanged(const QHash<QString, QString> &values);
    /// One sentence on what became of an intent.
    void noteRaised(const QString &text);

private:
    void open();
    void listen();
    void fail(const QString &message);
    void takeDown();
    void connectCore();
    void setPhase(HostPhase phase, const QString &failure = {});
    void tellState();
    void tellSettings();
    void lookAtAddresses();
    [[nodiscard]] QList<HostAddress> addresses() const;
    void enterOwner();
    [[nodiscard]] User owner() const;
    void withPassword(const QString &password, std::function<void(const std::optional<QString> &hash)> then);
    void createRoomWith(RoomDraft draft);
    void changeRoomWith(const QString &name, RoomDraft draft);
    void note(const Error &error);

    HostOptions m_options;
    HostPhase m_phase = HostPhase::Stopped;
    QString m_failure;
    Timestamp m_startedAt;
    bool m_isWatched = false;
    QTimer m_addressCheck;
    QStringList m_localAddresses;
    std::unique_ptr<HostCore> m_core;
    std::unique_ptr<HostWatch> m_watch;
};

} // namespace tertulia
