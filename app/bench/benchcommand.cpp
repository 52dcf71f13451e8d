// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/benchcommand.h"

#include "bench/benchrun.h"

#include <QFile>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace tertulia::bench {

namespace {

void print(std::FILE *stream, const QString &text)
{
    std::fputs(text.toLocal8Bit().constData(), stream);
    std::fflush(stream);
}

int fail(const QString &why)
{
    print(stderr, u"tertulia: "_s + why + u'\n');
    return 1;
}

bool writeJson(const QString &file, const QByteArray &json)
{
    if (file == u"-") {
        print(stdout, QString::fromUtf8(json));
        return true;
    }
    QFile out(file);
    return out.open(QIODevice::WriteOnly | QIODevice::Truncate) && out.write(json) == json.size() && out.flush();
}

} // namespace

int runBench(const QStringList &arguments)
{
    if (arguments.contains(u"--help"_s) || arguments.contains(u"-h"_s)) {
        print(stdout, benchHelpText());
        return 0;
    }
    const Result<BenchOptions> options = parseBenchOptions(arguments);
    if (!options)
        return fail(options.error().detail);
    const Result<Endpoint> endpoint = resolve(*options);
    if (!endpoint)
        return fail(endpoint.error().detail);

    BenchRun run(*options, *endpoint);
    const BenchResult result = run.run();
    if (!result.failure.empty())
        return fail(u"The run failed: "_s + QString::fromStdString(result.failure) + u'.');
    if (options->jsonFile != u"-")
        print(stdout, tableOf(*options, result));
    if (!options->jsonFile.isEmpty() && !writeJson(options->jsonFile, jsonOf(*options, result)))
        return fail(u"%1 cannot be written."_s.arg(options->jsonFile));
    if (!result.isClean())
        return fail(u"Something was lost, came twice, came out of order or was refused."_s);
    return 0;
}

} // namespace tertulia::bench
