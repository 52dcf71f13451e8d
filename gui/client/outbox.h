// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>

#include <optional>

namespace tertulia {

/// Commands that must arrive once and in order: each waits under its `ref` until the server has answered it, and is
/// sent again under the same `ref` after a reconnect, which the server then answers without storing it twice. Only one
/// is under way at a time, so that a refusal of one never lets a later one overtake it.
class Outbox
{
public:
    struct Item {
        QString ref;
        QString room; ///< must be joined first; empty = none needed
        QJsonObject command;
    };

    void append(Item item);
    /// Puts it before all others: what the user asks to try again.
    void prepend(Item item);
    [[nodiscard]] bool contains(const QString &ref) const;

    /// The next item to send, if none is under way and `isReady(room)` holds; marks it as under way.
    /// Items of rooms that are not ready let others pass: order matters within a room.
    template<typename Ready> std::optional<Item> takeNext(Ready isReady)
    {
        if (!m_underWay.isEmpty())
            return std::nullopt;
        for (const Item &item : m_items) {
            if (item.room.isEmpty() || isReady(item.room)) {
                m_underWay = item.ref;
                return item;
            }
        }
        return std::nullopt;
    }

    /// The server answered for good: the item is done with. Nothing where the ref is unknown.
    std::optional<Item> settle(const QString &ref);
    /// Stays, and may be sent again.
    void postpone(const QString &ref);
    /// The connection is gone: nothing is under way any more.
    void connectionLost() { m_underWay.clear(); }

    [[nodiscard]] qsizetype size() const { return m_items.size(); }

private:
    QList<Item> m_items;
    QString m_underWay;
};

} // namespace tertulia
