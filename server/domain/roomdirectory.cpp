// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/roomdirectory.h"

#include "domain/clock.h"
#include "protocol/names.h"
#include "settings/serversettings.h"

#include <QCryptographicHash>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

/// The same for both sides, whoever writes first, and no valid name of anything else's: rooms made by people may
/// not begin so.
constexpr QStringView kDirectPrefix = u"direct-";

QString directName(const User &one, const User &other)
{
    const QString pair = one.id < other.id ? one.id + u'\n' + other.id : other.id + u'\n' + one.id;
    const QByteArray hash = QCryptographicHash::hash(pair.toUtf8(), QCryptographicHash::Sha256);
    return kDirectPrefix + QString::fromLatin1(hash.left(12).toHex());
}

struct Loaded {
    QList<RoomRecord> rooms;
    QList<RoomMembership> memberships;
};

Result<Loaded> loadRooms(Storage &storage, const QStringList &required, Timestamp now)
{
    auto rooms = storage.rooms().all();
    if (!rooms)
        return rooms.error();
    Loaded loaded {*rooms, {}};
    for (const QString &name : required) {
        const QString folded = foldName(name);
        const bool known = std::any_of(loaded.rooms.cbegin(), loaded.rooms.cend(),
            [&folded](const RoomRecord &room) { return foldName(room.name) == folded; });
        if (known)
            continue;
        RoomRecord draft;
        draft.name = name;
        draft.createdAt = now;
        auto created = storage.rooms().create(draft);
        if (!created)
            return created.error();
        loaded.rooms.append(*created);
    }
    auto memberships = storage.rooms().allMemberships();
    if (!memberships)
        return memberships.error();
    loaded.memberships = *memberships;
    return loaded;
}

} // namespace

RoomDirectory::RoomDirectory(Store &store, const ServerSettings &settings, Clock &clock, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_settings(settings)
    , m_clock(clock)
{
}

RoomDirectory::~RoomDirectory() = default;

void RoomDirectory::load(QObject *context, std::function<void(Result<void>)> then)
{
    QStringList required {u"general"_s};
    required.append(m_settings.rooms);
    writeTo<Loaded>(
        m_store, context,
        [required, now = m_clock.now()](Storage &storage) { return loadRooms(storage, required, now); },
        [this, then = std::move(then)](Result<Loaded> loaded) {
            if (!loaded) {
                then(loaded.error());
                return;
            }
            for (const RoomRecord &record : std::as_const(loaded->rooms))
                insert(record);
            for (const RoomMembership &membership : std::as_const(loaded->memberships)) {
                if (Room *room = find(membership.room)) {
                    room->belongs.insert(membership.userId, membership.userName);
                    m_byUser[membership.userId].insert(room);
                }
            }
            then({});
        });
}

void RoomDirectory::refresh()
{
    readFrom<QList<RoomRecord>>(
        m_store, this, [](Storage &storage) { return storage.rooms().all(); },
        [this](const Result<QList<RoomRecord>> &records) {
            if (!records)
                return;
            for (const RoomRecord &record : *records) {
                Room *known = find(record.key);
                // A name that is being made or was removed meanwhile is this server's own doing.
                if (!known && !m_byName.contains(foldName(record.name)) && !m_creating.contains(foldName(record.name))
                    && !m_removed.contains(record.key)) {
                    Q_EMIT created(&insert(record));
                    continue;
                }
                // An import fills an empty room; a room in use is ahead of what was read here.
                const bool isEmpty = known && known->record.lastId < known->record.firstId
                    && known->entriesUnderWay == 0;
                if (isEmpty && record.epoch != known->record.epoch) {
                    known->record = record;
                    known->recentIsValid = false;
                }
            }
        });
}

Room *RoomDirectory::find(const QString &name) const
{
    return m_byName.value(foldName(name));
}

Room *RoomDirectory::find(RoomKey key) const
{
    const auto found = m_rooms.find(key);
    return found == m_rooms.end() ? nullptr : found->second.get();
}

Room *RoomDirectory::findFor(const QString &name, const QString &userId) const
{
    Room *room = find(name);
    return room && !room->isHiddenFrom(userId) ? room : nullptr;
}

QList<Room *> RoomDirectory::all() const
{
    return m_byName.values();
}

QList<Room *> RoomDirectory::visibleTo(const QString &userId) const
{
    QList<Room *> visible;
    for (Room *room : m_byName) {
        if (!room->isHiddenFrom(userId))
            visible.append(room);
    }
    std::sort(visible.begin(), visible.end(),
        [](const Room *one, const Room *other) { return one->record.name < other->record.name; });
    return visible;
}

QList<Room *> RoomDirectory::belongingTo(const QString &userId) const
{
    return m_byUser.value(userId).values();
}

qsizetype RoomDirectory::count() const
{
    return qsizetype(m_rooms.size());
}

void RoomDirectory::create(
    const RoomDraft &draft, const User &owner, bool madeByJoining, QObject *context, RoomThen then)
{
    const auto name = normalizeRoomName(draft.name);
    if (!name || name->startsWith(kDirectPrefix)) {
        then(ErrorCode::InvalidName);
        return;
    }
    const QString folded = foldName(*name);
    if (m_byName.contains(folded) || (!madeByJoining && m_creating.contains(folded))) {
        then(ErrorCode::RoomExists);
        return;
    }
    const auto underWay = m_creating.find(folded);
    if (underWay != m_creating.end()) {
        // A crowd that joins one new room makes it once.
        underWay->append({context, std::move(then)});
        return;
    }
    if (count() + m_creatingCount >= m_settings.maxRooms) {
        then(ErrorCode::TooManyRooms);
        return;
    }
    ++m_creatingCount;
    m_creating.insert(folded, {{context, std::move(then)}});

    RoomRecord record;
    record.name = *name;
    record.topic = draft.topic.value_or(QString());
    record.isPrivate = draft.isPrivate.value_or(false);
    record.passwordHash = draft.passwordHash.value_or(QString());
    record.readOnly = draft.readOnly.value_or(false);
    record.slowModeSeconds = draft.slowModeSeconds.value_or(0);
    record.madeByJoining = madeByJoining;
    record.createdAt = m_clock.now();
    if (owner.role != Role::Guest) {
        record.ownerId = owner.id;
        record.ownerName = owner.name;
    }
    const RoomMembership membership {0, owner.id, owner.name};
    writeTo<RoomRecord>(
        m_store, this,
        [record, membership](Storage &storage) -> Result<RoomRecord> {
            auto created = storage.rooms().create(record);
            if (created && record.isPrivate) {
                RoomMembership first = membership;
                first.room = created->key;
                if (const auto added = storage.rooms().addMembership(first); !added)
                    return added.error();
            }
            return created;
        },
        [this, folded, membership](Result<RoomRecord> result) {
            --m_creatingCount;
            const auto waiting = m_creating.take(folded);
            Room *room = nullptr;
            if (result) {
                room = &insert(*result);
                if (room->record.isPrivate) {
                    room->belongs.insert(membership.userId, membership.userName);
                    m_byUser[membership.userId].insert(room);
                }
                Q_EMIT created(room);
            }
            for (const auto &[asker, answer] : waiting) {
                if (asker)
                    answer(room ? Result<Room *>(room) : Result<Room *>(result.error()));
            }
        });
}

void RoomDirectory::direct(const User &one, const User &other, QObject *context, RoomThen then)
{
    const QString name = directName(one, other);
    if (Room *room = find(name)) {
        then(room);
        return;
    }
    const QString folded = foldName(name);
    const auto underWay = m_creating.find(folded);
    if (underWay != m_creating.end()) {
        underWay->append({context, std::move(then)});
        return;
    }
    m_creating.insert(folded, {{context, std::move(then)}});
    RoomRecord record;
    record.name = name;
    record.isPrivate = true;
    record.isDirect = true;
    record.createdAt = m_clock.now();
    writeTo<RoomRecord>(
        m_store, this,
        [record, one, other](Storage &storage) -> Result<RoomRecord> {
            auto created = storage.rooms().create(record);
            if (!created)
                return created;
            for (const User &user : {one, other}) {
                if (const auto added = storage.rooms().addMembership({created->key, user.id, user.name}); !added)
                    return added.error();
            }
            return created;
        },
        [this, folded, one, other](Result<RoomRecord> result) {
            const auto waiting = m_creating.take(folded);
            Room *room = nullptr;
            if (result) {
                room = &insert(*result);
                for (const User &user : {one, other}) {
                    room->belongs.insert(user.id, user.name);
                    m_byUser[user.id].insert(room);
                }
                Q_EMIT created(room);
            }
            for (const auto &[asker, answer] : waiting) {
                if (asker)
                    answer(room ? Result<Room *>(room) : Result<Room *>(result.error()));
            }
        });
}

void RoomDirectory::change(Room &room, const RoomDraft &draft, QObject *context, RoomThen then)
{
    RoomRecord record = room.record;
    record.topic = draft.topic.value_or(record.topic);
    record.isPrivate = draft.isPrivate.value_or(record.isPrivate);
    record.passwordHash = draft.passwordHash.value_or(record.passwordHash);
    record.readOnly = draft.readOnly.value_or(record.readOnly);
    record.slowModeSeconds = draft.slowModeSeconds.value_or(record.slowModeSeconds);
    record.madeByJoining = false; // somebody cares for it
    QList<RoomMembership> becoming;
    if (record.isPrivate && !room.record.isPrivate) {
        // Whoever is in a room when it closes its door stays in it.
        for (const RoomMember &member : room.members())
            becoming.append({room.key(), member.user.id, member.user.name});
        if (!record.ownerId.isEmpty())
            becoming.append({room.key(), record.ownerId, record.ownerName});
    }
    writeTo<RoomRecord>(
        m_store, this,
        [record, becoming](Storage &storage) -> Result<RoomRecord> {
            if (const auto updated = storage.rooms().update(record); !updated)
                return updated.error();
            for (const RoomMembership &membership : becoming) {
                if (const auto added = storage.rooms().addMembership(membership); !added)
                    return added.error();
            }
            return record;
        },
        [this, key = room.key(), becoming, guard = QPointer<QObject>(context), then = std::move(then)](
            Result<RoomRecord> result) {
            Room *known = find(key);
            if (!known) {
                if (guard)
                    then(ErrorCode::NoSuchRoom);
                return;
            }
            if (!result) {
                if (guard)
                    then(result.error());
                return;
            }
            if (known->record.passwordHash != result->passwordHash)
                known->passwordGiven.clear();
            // Entries may have come while the change was on its way.
            result->lastId = known->record.lastId;
            result->firstId = known->record.firstId;
            known->record = *result;
            for (const RoomMembership &membership : becoming) {
                known->belongs.insert(membership.userId, membership.userName);
                m_byUser[membership.userId].insert(known);
            }
            Q_EMIT changed(known);
            if (guard)
                then(known);
        });
}

void RoomDirectory::remove(Room &room, QObject *context, std::function<void(Result<QStringList>)> then)
{
    writeTo<QStringList>(
        m_store, this, [key = room.key()](Storage &storage) { return storage.rooms().remove(key); },
        [this, key = room.key(), guard = QPointer<QObject>(context), then = std::move(then)](
            Result<QStringList> result) {
            Room *known = find(key);
            if (result && known) {
                Q_EMIT aboutToRemove(known);
                erase(*known);
            }
            if (guard)
                then(std::move(result));
        });
}

void RoomDirectory::addMembership(Room &room, const QString &userId, const QString &userName, QObject *context,
    std::function<void(Result<void>)> then)
{
    const RoomMembership membership {room.key(), userId, userName};
    writeTo<bool>(
        m_store, this,
        [membership](Storage &storage) -> Result<bool> {
            const auto added = storage.rooms().addMembership(membership);
            return added ? Result<bool>(true) : Result<bool>(added.error());
        },
        [this, membership, guard = QPointer<QObject>(context), then = std::move(then)](Result<bool> result) {
            Room *known = find(membership.room);
            if (result && known) {
                known->belongs.insert(membership.userId, membership.userName);
                m_byUser[membership.userId].insert(known);
            }
            if (guard)
                then(result ? Result<void>() : Result<void>(result.error()));
        });
}

void RoomDirectory::removeMembership(
    Room &room, const QString &userId, QObject *context, std::function<void(Result<void>)> then)
{
    writeTo<bool>(
        m_store, this,
        [key = room.key(), userId](Storage &storage) -> Result<bool> {
            const auto removed = storage.rooms().removeMembership(key, userId);
            return removed ? Result<bool>(true) : Result<bool>(removed.error());
        },
        [this, key = room.key(), userId, guard = QPointer<QObject>(context), then = std::move(then)](
            Result<bool> result) {
            Room *known = find(key);
            if (result && known) {
                known->belongs.remove(userId);
                m_byUser[userId].remove(known);
            }
            if (guard)
                then(result ? Result<void>() : Result<void>(result.error()));
        });
}

Room &RoomDirectory::insert(const RoomRecord &record)
{
    auto room = std::make_unique<Room>(record);
    Room &kept = *room;
    m_rooms.emplace(record.key, std::move(room));
    m_byName.insert(foldName(record.name), &kept);
    return kept;
}

void RoomDirectory::erase(Room &room)
{
    m_byName.remove(foldName(room.record.name));
    m_removed.insert(room.key());
    for (auto user = room.belongs.keyBegin(); user != room.belongs.keyEnd(); ++user)
        m_byUser[*user].remove(&room);
    m_rooms.erase(room.key());
}

} // namespace tertulia
