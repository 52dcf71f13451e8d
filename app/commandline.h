// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/result.h"
#include "protocol/user.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>
#include <utility>
#include <variant>

namespace tertulia {

// What the program is told to do (protocol.md section 1), taken apart but not yet done.

struct ServeCommand {
    bool isHeadless = false;
    bool startsMinimized = false;
    QList<std::pair<QString, QString>> overrides; ///< settings for this run, in order
};

/// tertulia token --user NAME [--role R] [--ttl S]
struct TokenCommand {
    QString user;
    std::optional<Role> role; ///< none = that of the account, else member
    std::chrono::seconds lifetime {0};
};

/// tertulia user ...
struct UserCommand {
    enum class Action : quint8 { Add, SetPassword, SetRole, Remove, List };
    Action action = Action::List;
    QString name;
    Role role = Role::Member;
    bool readsStandardInput = false; ///< the password is the first line; else it is asked for
};

/// tertulia export ROOM FILE, tertulia import ROOM FILE
struct ArchiveCommand {
    bool isImport = false;
    QString room;
    QString file;
};

/// tertulia bench ...: the load generator reads its own options.
struct BenchCommand {
    QStringList arguments;
};

/// --help, --version, --paths: text for standard output and nothing else.
struct PrintCommand {
    enum class What : quint8 { Help, Version, Paths };
    What what = What::Help;
};

struct CommandLine {
    QString dataDirectory; ///< absolute
    std::variant<ServeCommand, TokenCommand, UserCommand, ArchiveCommand, BenchCommand, PrintCommand> command;
};

/// Takes the arguments (the program's name first) apart; InvalidField with one line for people. Needs no application
/// object and no display.
[[nodiscard]] Result<CommandLine> parseCommandLine(const QStringList &arguments);
/// What --help prints.
[[nodiscard]] QString helpText();
/// The settings file in the data directory.
[[nodiscard]] QString settingsPath(const QString &dataDirectory);

} // namespace tertulia
