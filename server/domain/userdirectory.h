// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/principal.h"
#include "protocol/result.h"

#include <QHash>
#include <QString>

#include <chrono>
#include <optional>

namespace tertulia {

class Clock;

/// The names in use: all accounts, and guests who are here or were a minute ago. Server thread.
class UserDirectory
{
public:
    explicit UserDirectory(Clock &clock);

    /// At start, and whenever an account comes, goes or changes.
    void putAccount(const User &user);
    void removeAccount(const QString &userId);

    /// A guest takes a name: NameTaken where an account has it or another guest holds it.
    [[nodiscard]] Result<void> claimGuestName(const User &guest);
    void connected(const QString &userId); ///< one connection more
    void disconnected(const QString &userId); ///< one less; after the last a guest's name is held for a minute
    void forgetGuest(const QString &userId); ///< at once: signed out or banned

    /// Account or guest with that name, any case.
    [[nodiscard]] std::optional<User> byName(const QString &name);
    [[nodiscard]] std::optional<User> byId(const QString &userId) const;
    /// "Guest-417", free now.
    [[nodiscard]] QString makeGuestName();
    [[nodiscard]] bool isOnline(const QString &userId) const;

    /// Names after `@` in the text, longest match first, of users for whom `mayRead` holds; each once.
    [[nodiscard]] QList<User> mentionedIn(const QString &content, const std::function<bool(const User &)> &mayRead);

private:
    struct Holder {
        User user;
        bool isAccount = false;
        int connections = 0;
        std::chrono::steady_clock::time_point heldUntil;
    };
    [[nodiscard]] bool isStale(const Holder &holder) const;
    void sweep();

    Clock &m_clock;
    QHash<QString, Holder> m_byId;
    QHash<QString, QString> m_idByName; ///< folded name -> id
    std::chrono::steady_clock::time_point m_nextSweep;
};

} // namespace tertulia
