// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/addressrange.h"
#include "protocol/hostvalues.h"
#include "protocol/result.h"
#include "storage/store.h"

#include <QObject>

#include <functional>
#include <optional>

namespace tertulia {

class Clock;

/// Who must stay out, by name or by address; loaded from the store, asked at every entry. Server thread.
class BanList final : public QObject
{
    Q_OBJECT

public:
    BanList(Store &store, Clock &clock, QObject *parent = nullptr);

    void load(QObject *context, std::function<void(Result<void>)> then);
    /// The ban that holds now, if any. By folded name, by address or range.
    [[nodiscard]] std::optional<Ban> matchName(const QString &name) const;
    [[nodiscard]] std::optional<Ban> matchAddress(const QString &address) const;
    [[nodiscard]] QList<Ban> all() const; ///< those that have not ended

    /// InvalidField where neither or both of name and address are given, or the address is none.
    void add(const Ban &draft, QObject *context, std::function<void(Result<Ban>)> then);
    void remove(const QString &id, QObject *context, std::function<void(Result<void>)> then); ///< NotFound

Q_SIGNALS:
    void added(const tertulia::Ban &ban);
    void changed();

private:
    /// A ban in the form in which it is asked for.
    struct Held {
        Ban ban;
        QString foldedName; ///< empty where the ban is by address
        AddressRange range;
    };

    [[nodiscard]] static std::optional<Held> hold(const Ban &ban);
    [[nodiscard]] Result<Ban> normalized(const Ban &draft) const;
    [[nodiscard]] bool lasts(const Ban &ban) const;

    Store &m_store;
    Clock &m_clock;
    QList<Held> m_bans;
};

} // namespace tertulia
