// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/entry.h"
#include "protocol/result.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <variant>

namespace tertulia {

/// Commands of a chat connection (protocol.md section 6), decoded but not yet judged: names are as sent.
struct JoinCommand {
    QString room;
    std::optional<EntryId> since;
    QString epoch;
    QString password;
};
struct LeaveCommand {
    QString room;
};
struct ChatCommand {
    QString room;
    QString content;
    EntryId replyTo = 0;
};
struct EditCommand {
    QString room;
    EntryId target = 0;
    QString content;
};
struct DeleteCommand {
    QString room;
    EntryId target = 0;
};
struct ReactionCommand {
    QString room;
    EntryId target = 0;
    QString emoji;
    bool add = true;
};
struct DirectCommand {
    QString to;
    QString content;
};
struct TypingCommand {
    QString room;
};
struct ReadCommand {
    QString room;
    EntryId id = 0;
};
struct PingCommand {
};

using CommandBody = std::variant<JoinCommand, LeaveCommand, ChatCommand, EditCommand, DeleteCommand, ReactionCommand,
    DirectCommand, TypingCommand, ReadCommand, PingCommand>;

struct Command {
    QString ref; ///< empty = none
    CommandBody body;
};

/// Why a text is no command. `ref` is that of the text where one could be read.
struct CommandError {
    Error error;
    QString ref;
};

/// Longest `ref`, in characters.
inline constexpr qsizetype kLongestRef = 64;
/// Longest emoji of a reaction, in UTF-16 units: enough for joined families and flags.
inline constexpr qsizetype kLongestEmoji = 32;
/// Largest id that a client may name: what a JSON number holds exactly.
inline constexpr EntryId kLargestId = (EntryId(1) << 53) - 1;

/// The types of command there are, as on the wire.
[[nodiscard]] QStringList commandTypes();

/// Decodes one text frame. InvalidJson, InvalidMessage (no object, no type), UnknownType, InvalidField (names the
/// field). Limits of size are the caller's; depth is QJsonDocument's (1024). Thread-safe.
[[nodiscard]] std::variant<Command, CommandError> decodeCommand(const QByteArray &text);

} // namespace tertulia
