// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/principal.h"
#include "domain/room.h"
#include "protocol/result.h"
#include "storage/store.h"

#include <QHash>
#include <QObject>

#include <functional>
#include <memory>
#include <vector>

namespace tertulia {

struct ServerSettings;
class Clock;

/// What a caller wants of a new room, or changes in an old one; absent = as it is.
struct RoomDraft {
    QString name;
    std::optional<QString> topic;
    std::optional<bool> isPrivate;
    std::optional<QString> passwordHash; ///< "" takes the password away
    std::optional<bool> readOnly;
    std::optional<int> slowModeSeconds;
};

/// All rooms of the server by name and key; loads and keeps them through the store. Server thread.
class RoomDirectory final : public QObject
{
    Q_OBJECT

public:
    RoomDirectory(Store &store, const ServerSettings &settings, Clock &clock, QObject *parent = nullptr);
    ~RoomDirectory() override;

    /// Loads all rooms and makes those that always exist (general, server.rooms).
    void load(QObject *context, std::function<void(Result<void>)> then);

    /// Looks for rooms that another process put into the store (an import beside the running server).
    void refresh();

    [[nodiscard]] Room *find(const QString &name) const; ///< any case
    [[nodiscard]] Room *find(RoomKey key) const;
    /// The room as `userId` sees it: null where it is private and hidden from that user.
    [[nodiscard]] Room *findFor(const QString &name, const QString &userId) const;
    [[nodiscard]] QList<Room *> all() const;
    [[nodiscard]] QList<Room *> visibleTo(const QString &userId) const; ///< public ones and the user's own
    [[nodiscard]] QList<Room *> belongingTo(const QString &userId) const; ///< private and direct ones
    [[nodiscard]] qsizetype count() const;

    using RoomThen = std::function<void(Result<Room *>)>;
    /// InvalidName, RoomExists, TooManyRooms. An empty ownerId makes it the host's.
    void create(const RoomDraft &draft, const User &owner, bool madeByJoining, QObject *context, RoomThen then);
    /// The direct room of two users, made at need.
    void direct(const User &one, const User &other, QObject *context, RoomThen then);
    void change(Room &room, const RoomDraft &draft, QObject *context, RoomThen then);
    void remove(Room &room, QObject *context, std::function<void(Result<QStringList>)> then);
    void addMembership(Room &room, const QString &userId, const QString &userName, QObject *context,
        std::function<void(Result<void>)> then);
    void removeMembership(Room &room, const QString &userId, QObject *context, std::function<void(Result<void>)> then);

Q_SIGNALS:
    void created(tertulia::Room *room);
    void changed(tertulia::Room *room);
    void aboutToRemove(tertulia::Room *room); ///< subscribers and members are still there

private:
    Room &insert(const RoomRecord &record);
    void erase(Room &room);

    Store &m_store;
    const ServerSettings &m_settings;
    Clock &m_clock;
    std::unordered_map<RoomKey, std::unique_ptr<Room>> m_rooms;
    QHash<QString, Room *> m_byName;
    QHash<QString, QSet<Room *>> m_byUser; ///< memberships
    QHash<QString, QList<std::pair<QPointer<QObject>, RoomThen>>> m_creating; ///< by folded name
    qsizetype m_creatingCount = 0;
    QSet<RoomKey> m_removed; ///< keys are never given again
};

} // namespace tertulia
