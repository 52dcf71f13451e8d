// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "commandline.h"

#include <QCommandLineParser>
#include <QDir>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace tertulia {

namespace {

constexpr std::chrono::seconds kTokenLifetime {24 * 60 * 60};
/// A hundred years: what a signed 32-bit count of seconds and every calendar can hold.
constexpr qint64 kLongestLifetime = qint64(100) * 366 * 24 * 60 * 60;

const QString kDataDirectory = u"data-dir"_s;
const QString kDatabase = u"database"_s;

Error usage(const QString &text)
{
    return Error(ErrorCode::InvalidField, text);
}

QCommandLineOption flag(const QString &name)
{
    return QCommandLineOption(name);
}

QCommandLineOption withValue(const QString &name)
{
    return QCommandLineOption(name, QString(), u"value"_s);
}

/// Options that stand for a setting of which they give the value.
const QList<std::pair<QString, QString>> &settingOptions()
{
    static const QList<std::pair<QString, QString>> options {
        {u"host"_s, u"server.host"_s},
        {u"port"_s, u"server.port"_s},
        {u"name"_s, u"server.name"_s},
        {u"join-code"_s, u"access.join_code"_s},
        {u"cert"_s, u"server.certificate"_s},
        {u"key"_s, u"server.private_key"_s},
        {u"broker"_s, u"server.broker"_s},
        {kDatabase, u"server.database"_s},
    };
    return options;
}

QString absoluteDirectory(const QCommandLineParser &parser)
{
    const QString given = parser.value(kDataDirectory);
    const QString path = given.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) : given;
    return QDir::cleanPath(QDir::current().absoluteFilePath(path));
}

/// parse() with one line for people where it fails.
Result<void> parse(QCommandLineParser &parser, const QStringList &arguments)
{
    parser.addOption(withValue(kDataDirectory));
    if (!parser.parse(arguments))
        return usage(parser.errorText());
    if (parser.isSet(kDataDirectory) && parser.value(kDataDirectory).isEmpty())
        return usage(u"--data-dir needs a directory."_s);
    return {};
}

Result<Role> roleOf(const QString &text)
{
    const std::optional<Role> role = roleFromName(text);
    if (!role)
        return usage(u"\"%1\" is no role; there are admin, member and guest."_s.arg(text));
    return *role;
}

Result<CommandLine> parseToken(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.addOptions({withValue(u"user"_s), withValue(u"role"_s), withValue(u"ttl"_s), withValue(kDatabase)});
    if (const Result<void> parsed = parse(parser, arguments); !parsed)
        return parsed.error();
    TokenCommand command {parser.value(u"user"_s), std::nullopt, kTokenLifetime};
    if (command.user.isEmpty() || !parser.positionalArguments().isEmpty())
        return usage(u"Usage: tertulia token --user NAME [--role admin|member|guest] [--ttl SECONDS]"_s);
    if (parser.isSet(u"role"_s)) {
        const Result<Role> role = roleOf(parser.value(u"role"_s));
        if (!role)
            return role.error();
        command.role = *role;
    }
    if (parser.isSet(u"ttl"_s)) {
        bool isNumber = false;
        const qint64 seconds = parser.value(u"ttl"_s).toLongLong(&isNumber);
        if (!isNumber || seconds < 1 || seconds > kLongestLifetime)
            return usage(u"--ttl is a number of seconds, at least 1."_s);
        command.lifetime = std::chrono::seconds(seconds);
    }
    return CommandLine {absoluteDirectory(parser), command};
}

Result<CommandLine> parseUser(const QStringList &arguments)
{
    using Action = UserCommand::Action;
    const QString shape
        = u"Usage: tertulia user add NAME [--role R] | passwd NAME | role NAME R | remove NAME | list"_s;
    QCommandLineParser parser;
    parser.addOptions({withValue(u"role"_s), flag(u"password-stdin"_s), withValue(kDatabase)});
    if (const Result<void> parsed = parse(parser, arguments); !parsed)
        return parsed.error();
    const QStringList words = parser.positionalArguments();
    if (words.isEmpty())
        return usage(shape);

    struct Form {
        QString word;
        Action action;
        qsizetype words;
    };
    const QList<Form> forms {{u"add"_s, Action::Add, 2}, {u"passwd"_s, Action::SetPassword, 2},
        {u"role"_s, Action::SetRole, 3}, {u"remove"_s, Action::Remove, 2}, {u"list"_s, Action::List, 1}};
    for (const Form &form : forms) {
        if (words.constFirst() != form.word || words.size() != form.words)
            continue;
        UserCommand command {form.action, words.value(1), Role::Member, parser.isSet(u"password-stdin"_s)};
        const QString role = form.action == Action::SetRole ? words.value(2) : parser.value(u"role"_s);
        if (!role.isEmpty()) {
            const Result<Role> known = roleOf(role);
            if (!known)
                return known.error();
            if (*known == Role::Guest)
                return usage(u"A guest has no account; roles of accounts are admin and member."_s);
            command.role = *known;
        }
        return CommandLine {absoluteDirectory(parser), command};
    }
    return usage(shape);
}

Result<CommandLine> parseArchive(const QStringList &arguments, bool isImport)
{
    QCommandLineParser parser;
    parser.addOption(withValue(kDatabase));
    if (const Result<void> parsed = parse(parser, arguments); !parsed)
        return parsed.error();
    const QStringList words = parser.positionalArguments();
    if (words.size() != 2)
        return usage(u"Usage: tertulia %1 ROOM FILE"_s.arg(isImport ? u"import"_s : u"export"_s));
    return CommandLine {absoluteDirectory(parser), ArchiveCommand {isImport, words.at(0), words.at(1)}};
}

Result<ServeCommand> serveCommandOf(const QCommandLineParser &parser)
{
    ServeCommand command;
    command.isHeadless = parser.isSet(u"headless"_s);
    command.startsMinimized = parser.isSet(u"minimized"_s);
    const QStringList settings = parser.values(u"set"_s);
    for (const QString &text : settings) {
        const qsizetype equals = text.indexOf(u'=');
        if (equals < 1)
            return usage(u"--set needs KEY=VALUE, not \"%1\"."_s.arg(text));
        command.overrides.append({text.left(equals).trimmed(), text.sliced(equals + 1).trimmed()});
    }
    // After --set: the short form says it more clearly.
    for (const auto &[option, key] : settingOptions()) {
        if (parser.isSet(option))
            command.overrides.append({key, parser.value(option)});
    }
    if (parser.isSet(u"no-guests"_s))
        command.overrides.append({u"access.guests"_s, u"false"_s});
    if (parser.isSet(u"cert"_s) != parser.isSet(u"key"_s))
        return usage(u"--cert and --key belong together."_s);
    if (parser.isSet(u"tls"_s) || parser.isSet(u"cert"_s))
        command.overrides.append({u"server.tls"_s, u"true"_s});
    return command;
}

Result<CommandLine> parseServe(const QStringList &arguments)
{
    QCommandLineParser parser;
    for (const QString &name : {u"headless"_s, u"minimized"_s, u"no-guests"_s, u"tls"_s, u"paths"_s})
        parser.addOption(flag(name));
    parser.addOption(QCommandLineOption(QStringList {u"h"_s, u"help"_s}));
    parser.addOption(QCommandLineOption(QStringList {u"v"_s, u"version"_s}));
    parser.addOption(withValue(u"set"_s));
    for (const auto &[option, key] : settingOptions())
        parser.addOption(withValue(option));
    if (const Result<void> parsed = parse(parser, arguments); !parsed)
        return parsed.error();
    CommandLine line {absoluteDirectory(parser), PrintCommand {}};
    if (parser.isSet(u"help"_s))
        return line;
    if (parser.isSet(u"version"_s))
        return CommandLine {line.dataDirectory, PrintCommand {PrintCommand::What::Version}};
    if (parser.isSet(u"paths"_s))
        return CommandLine {line.dataDirectory, PrintCommand {PrintCommand::What::Paths}};
    const QStringList words = parser.positionalArguments();
    if (!words.isEmpty())
        return usage(u"There is no command \"%1\"; see tertulia --help."_s.arg(words.constFirst()));
    const Result<ServeCommand> command = serveCommandOf(parser);
    if (!command)
        return command.error();
    line.command = *command;
    return line;
}

} // namespace

Result<CommandLine> parseCommandLine(const QStringList &arguments)
{
    const QString command = arguments.value(1);
    if (command == u"bench")
        return CommandLine {QString(), BenchCommand {arguments.sliced(2)}};
    if (command != u"token" && command != u"user" && command != u"export" && command != u"import")
        return parseServe(arguments);
    QStringList rest = arguments;
    rest.removeAt(1);
    if (rest.contains(u"--help") || rest.contains(u"-h"))
        return CommandLine {QString(), PrintCommand {}};
    if (command == u"token")
        return parseToken(rest);
    if (command == u"user")
        return parseUser(rest);
    return parseArchive(rest, command == u"import");
}

QString helpText()
{
    return uR"(Usage: tertulia [OPTIONS]
       tertulia token --user NAME [--role admin|member|guest] [--ttl SECONDS]
       tertulia user add NAME [--role admin|member] [--password-stdin]
       tertulia user passwd NAME [--password-stdin]
       tertulia user role NAME admin|member
       tertulia user remove NAME
       tertulia user list
       tertulia export ROOM FILE     FILE ends in .json .jsonl .csv .txt or .html
       tertulia import ROOM FILE     FILE ends in .json or .jsonl
       tertulia bench [OPTIONS]      loads a server; see tertulia bench --help

Hosts a chat on the local network. Without --headless the windows open.

  --headless           no windows; needs no display
  --minimized          start in the tray, if there is one
  --host ADDR          address to listen on (0.0.0.0: all)
  --port N             TCP port (8000; 0 takes a free one)
  --data-dir DIR       where settings, database, files and keys are kept
  --name TEXT          the name that guests see
  --set KEY=VALUE      any setting, for this run; may be given again
  --no-guests          only accounts may enter
  --join-code CODE     guests must know the code
  --tls                https with a self-signed certificate
  --cert FILE --key FILE
                       https with this certificate
  --paths              print where things are kept
  -v, --version        print the version
  -h, --help           print this
)"_s;
}

QString settingsPath(const QString &dataDirectory)
{
    return dataDirectory + u"/tertulia.conf"_s;
}

} // namespace tertulia
