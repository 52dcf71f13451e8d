// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/gamerelay.h"

#include "protocol/jsonwriter.h"

#include <QSet>

#include <algorithm>

namespace tertulia {

void GameRelay::join(const QString &game, GameSession &session)
{
    Players &players = m_games[game];
    const bool isNew = !isIn(players, session.user().id);
    players.append(&session);
    const Frame frame = event("player_joined", game, session.user(), players);
    if (!isNew) { // another window of a player: the others know already
        session.connection().send(frame);
        return;
    }
    for (GameSession *player : std::as_const(players))
        player->connection().send(frame);
}

void GameRelay::leave(const QString &game, GameSession &session)
{
    const auto found = m_games.find(game);
    if (found == m_games.end() || found->removeAll(&session) == 0)
        return;
    if (found->isEmpty()) {
        m_games.erase(found);
        return;
    }
    if (isIn(*found, session.user().id))
        return;
    const Frame frame = event("player_left", game, session.user(), *found);
    for (GameSession *player : std::as_const(*found))
        player->connection().send(frame);
}

void GameRelay::relayText(const QString &game, const GameSession &sender, const QByteArray &utf8) const
{
    const Frame frame(utf8);
    const Players players = m_games.value(game);
    for (GameSession *player : players) {
        if (player != &sender)
            player->connection().send(frame);
    }
}

void GameRelay::relayBinary(const QString &game, const GameSession &sender, const QByteArray &bytes) const
{
    const Players players = m_games.value(game);
    for (GameSession *player : players) {
        if (player != &sender)
            player->connection().sendBinary(bytes);
    }
}

bool GameRelay::isIn(const Players &players, const QString &userId)
{
    return std::any_of(
        players.cbegin(), players.cend(), [&userId](const GameSession *player) { return player->user().id == userId; });
}

Frame GameRelay::event(QByteArrayView name, const QString &game, const User &player, const Players &players)
{
    QByteArray json;
    JsonWriter writer(json);
    writer.beginObject()
        .field("type", QByteArrayView("system"))
        .field("event", name)
        .field("game", QStringView(game))
        .field("player", QStringView(player.name))
        .key("players")
        .beginArray();
    QSet<QString> listed;
    for (const GameSession *each : players) {
        if (listed.contains(each->user().id))
            continue;
        listed.insert(each->user().id);
        writer.value(QStringView(each->user().name));
    }
    writer.endArray().endObject();
    return Frame(json);
}

GameSession::GameSession(
    GameRelay &relay, const QString &game, Connection &connection, const User &user, const MessageGate &gate)
    : m_relay(relay)
    , m_game(game)
    , m_connection(connection)
    , m_user(user)
    , m_gate(gate)
{
    m_relay.join(m_game, *this);
}

void GameSession::textReceived(const QByteArray &utf8)
{
    if (m_gate.letsPass(m_connection))
        m_relay.relayText(m_game, *this, utf8);
}

void GameSession::binaryReceived(const QByteArray &bytes)
{
    if (m_gate.letsPass(m_connection))
        m_relay.relayBinary(m_game, *this, bytes);
}

void GameSession::ended(const ConnectionEnd &)
{
    m_relay.leave(m_game, *this);
}

} // namespace tertulia
