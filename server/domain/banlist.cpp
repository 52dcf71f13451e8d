// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/banlist.h"

#include "domain/clock.h"
#include "protocol/names.h"

#include <QPointer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tertulia {

BanList::BanList(Store &store, Clock &clock, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_clock(clock)
{
}

void BanList::load(QObject *context, std::function<void(Result<void>)> then)
{
    readFrom<QList<Ban>>(
        m_store, this, [](Storage &storage) { return storage.bans().all(); },
        [this, guard = QPointer<QObject>(context), then = std::move(then)](const Result<QList<Ban>> &bans) {
            if (bans) {
                m_bans.clear();
                for (const Ban &ban : *bans) {
                    if (const std::optional<Held> held = hold(ban))
                        m_bans.append(*held);
                }
                Q_EMIT changed();
            }
            if (guard)
                then(bans ? Result<void>() : Result<void>(bans.error()));
        });
}

std::optional<Ban> BanList::matchName(const QString &name) const
{
    const QString folded = foldName(name);
    for (const Held &held : m_bans) {
        if (!held.foldedName.isEmpty() && held.foldedName == folded && lasts(held.ban))
            return held.ban;
    }
    return std::nullopt;
}

std::optional<Ban> BanList::matchAddress(const QString &address) const
{
    const std::optional<IpAddress> wanted = IpAddress::fromScopedText(address);
    if (!wanted)
        return std::nullopt;
    for (const Held &held : m_bans) {
        if (held.foldedName.isEmpty() && held.range.contains(*wanted) && lasts(held.ban))
            return held.ban;
    }
    return std::nullopt;
}

QList<Ban> BanList::all() const
{
    QList<Ban> bans;
    for (const Held &held : m_bans) {
        if (lasts(held.ban))
            bans.append(held.ban);
    }
    return bans;
}

void BanList::add(const Ban &draft, QObject *context, std::function<void(Result<Ban>)> then)
{
    Result<Ban> normal = normalized(draft);
    if (!normal) {
        then(normal.error());
        return;
    }
    writeTo<Ban>(
        m_store, this, [ban = *normal](Storage &storage) { return storage.bans().add(ban); },
        [this, guard = QPointer<QObject>(context), then = std::move(then)](const Result<Ban> &kept) {
            if (kept) {
                if (const std::optional<Held> held = hold(*kept))
                    m_bans.append(*held);
                Q_EMIT added(*kept);
                Q_EMIT changed();
            }
            if (guard)
                then(kept);
        });
}

void BanList::remove(const QString &id, QObject *context, std::function<void(Result<void>)> then)
{
    writeTo<bool>(
        m_store, this, [id](Storage &storage) { return storage.bans().remove(id); },
        [this, id, guard = QPointer<QObject>(context), then = std::move(then)](const Result<bool> &removed) {
            if (removed) {
                m_bans.removeIf([&id](const Held &held) { return held.ban.id == id; });
                Q_EMIT changed();
            }
            if (!guard)
                return;
            if (!removed)
                then(removed.error());
            else
                then(*removed ? Result<void>() : Result<void>(ErrorCode::NotFound));
        });
}

std::optional<BanList::Held> BanList::hold(const Ban &ban)
{
    if (!ban.name.isEmpty())
        return Held {ban, foldName(ban.name), {}};
    const Result<AddressRange> range = AddressRange::fromText(ban.address);
    if (!range)
        return std::nullopt;
    return Held {ban, {}, *range};
}

Result<Ban> BanList::normalized(const Ban &draft) const
{
    if (draft.name.isEmpty() == draft.address.isEmpty())
        return Error(ErrorCode::InvalidField, u"A ban has either a name or an address."_s);
    Ban ban = draft;
    ban.id.clear();
    ban.createdAt = m_clock.now();
    if (!lasts(ban))
        return Error(ErrorCode::InvalidField, u"\"until\" has passed already."_s);
    if (!ban.name.isEmpty()) {
        const Result<QString> name = normalizeUserName(ban.name);
        if (!name)
            return Error(ErrorCode::InvalidField, name.error().detail);
        ban.name = *name;
        return ban;
    }
    const Result<AddressRange> range = AddressRange::fromText(ban.address);
    if (!range)
        return range.error();
    ban.address = range->toText();
    return ban;
}

bool BanList::lasts(const Ban &ban) const
{
    return ban.until == Timestamp() || ban.until > m_clock.now();
}

} // namespace tertulia
