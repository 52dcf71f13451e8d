// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/connection.h"
#include "domain/messagegate.h"
#include "protocol/user.h"

#include <QHash>
#include <QList>
#include <QString>

namespace tertulia {

class GameSession;

/// Games as relays (protocol.md section 5): what one player sends goes unchanged to the others. Nothing is kept; a game
/// begins with its first player and goes with its last. Server thread.
class GameRelay
{
public:
    /// Longest id of a game, in UTF-16 units.
    static constexpr qsizetype kLongestId = 128;

    void join(const QString &game, GameSession &session);
    void leave(const QString &game, GameSession &session);
    void relayText(const QString &game, const GameSession &sender, const QByteArray &utf8) const;
    void relayBinary(const QString &game, const GameSession &sender, const QByteArray &bytes) const;

    [[nodiscard]] qsizetype count() const { return m_games.size(); }

private:
    using Players = QList<GameSession *>;
    [[nodiscard]] static bool isIn(const Players &players, const QString &userId);
    [[nodiscard]] static Frame event(
        QByteArrayView name, const QString &game, const User &player, const Players &players);

    QHash<QString, Players> m_games; ///< in order of coming
};

/// One connection of a player. Server thread.
class GameSession final : public ConnectionListener
{
public:
    GameSession(
        GameRelay &relay, const QString &game, Connection &connection, const User &user, const MessageGate &gate);

    [[nodiscard]] const User &user() const { return m_user; }
    [[nodiscard]] Connection &connection() { return m_connection; }

    void textReceived(const QByteArray &utf8) override;
    void binaryReceived(const QByteArray &bytes) override;
    void ended(const ConnectionEnd &end) override;

private:
    GameRelay &m_relay;
    QString m_game;
    Connection &m_connection;
    User m_user;
    MessageGate m_gate;
};

} // namespace tertulia
