// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "commandline.h"
#include "headless.h"
#include "output.h"
#include "subcommands.h"
#ifdef TERTULIA_HAS_BENCH
#include "bench/benchcommand.h"
#endif
#ifdef TERTULIA_HAS_WINDOWS
#include "desktop.h"
#endif

#include <QCoreApplication>
#include <QDir>

using namespace Qt::StringLiterals;

namespace tertulia {

namespace {

int printAnswer(const PrintCommand &command, const QString &dataDirectory)
{
    switch (command.what) {
    case PrintCommand::What::Help:
        print(stdout, helpText());
        break;
    case PrintCommand::What::Version:
        printLine(stdout, u"Tertulia " TERTULIA_VERSION ""_s);
        break;
    case PrintCommand::What::Paths:
        printLine(stdout, u"data: "_s + QDir::toNativeSeparators(dataDirectory));
        printLine(stdout, u"settings: "_s + QDir::toNativeSeparators(settingsPath(dataDirectory)));
        break;
    }
    return 0;
}

int finish(const Result<QString> &outcome)
{
    if (!outcome) {
        printTrouble(outcome.error().detail);
        return 1;
    }
    print(stdout, *outcome);
    return 0;
}

/// The settings of the directory with those of the command line over them.
Result<HostOptions> hostOptions(const QString &dataDirectory, const ServeCommand &command)
{
    HostOptions options;
    options.dataDirectory = dataDirectory;
    options.settingsFile = settingsPath(dataDirectory);
    if (const Result<void> loaded = options.settings.load(options.settingsFile); !loaded)
        return loaded.error();
    for (const auto &[key, value] : command.overrides) {
        if (const Result<void> set = options.settings.setForThisRun(key, value); !set)
            return set.error();
    }
    return options;
}

int serve(int argc, char **argv, const QString &dataDirectory, const ServeCommand &command)
{
    const Result<HostOptions> options = hostOptions(dataDirectory, command);
    if (!options) {
        printTrouble(options.error().detail);
        return 1;
    }
    if (command.isHeadless)
        return runHeadless(argc, argv, *options);
#ifdef TERTULIA_HAS_WINDOWS
    return runDesktop(argc, argv, *options, command.startsMinimized);
#else
    printTrouble(u"This build has no windows; start it with --headless."_s);
    return 1;
#endif
}

int load(const BenchCommand &command)
{
#ifdef TERTULIA_HAS_BENCH
    return bench::runBench(command.arguments);
#else
    Q_UNUSED(command)
    printTrouble(u"The load generator is for Linux alone."_s);
    return 1;
#endif
}

int run(int argc, char **argv)
{
    // Before there is any application object: where data is kept depends on the name.
    QCoreApplication::setApplicationName(u"tertulia"_s);
    QCoreApplication::setApplicationVersion(u"" TERTULIA_VERSION ""_s);
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    const Result<CommandLine> line = parseCommandLine(arguments);
    if (!line) {
        printTrouble(line.error().detail);
        return 1;
    }
    const QString &directory = line->dataDirectory;
    if (const auto *command = std::get_if<PrintCommand>(&line->command))
        return printAnswer(*command, directory);
    if (const auto *command = std::get_if<ServeCommand>(&line->command))
        return serve(argc, argv, directory, *command);
    if (const auto *command = std::get_if<BenchCommand>(&line->command))
        return load(*command);

    const QCoreApplication application(argc, argv);
    if (const auto *command = std::get_if<TokenCommand>(&line->command))
        return finish(runToken(directory, *command));
    if (const auto *command = std::get_if<UserCommand>(&line->command))
        return finish(runUser(directory, *command));
    return finish(runArchive(directory, std::get<ArchiveCommand>(line->command)));
}

} // namespace

} // namespace tertulia

int main(int argc, char **argv)
{
    return tertulia::run(argc, argv);
}
