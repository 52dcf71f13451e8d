// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/processusage.h"

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QList>

#include <algorithm>

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#include <unistd.h>
#endif

namespace tertulia {

using namespace Qt::StringLiterals;

ProcessUsage processUsage()
{
    ProcessUsage usage;
#ifdef Q_OS_UNIX
    rusage used {};
    if (getrusage(RUSAGE_SELF, &used) == 0) {
        const auto seconds = [](const timeval &time) { return double(time.tv_sec) + double(time.tv_usec) / 1e6; };
        usage.cpuSeconds = seconds(used.ru_utime) + seconds(used.ru_stime);
    }
#endif
#ifdef Q_OS_LINUX
    // proc(5): size and resident set in pages. getrusage() knows the largest resident set only.
    QFile file(u"/proc/self/statm"_s);
    if (file.open(QIODevice::ReadOnly | QIODevice::Unbuffered)) {
        const QList<QByteArray> pages = file.read(256).split(' ');
        if (pages.size() > 1)
            usage.residentBytes = pages.at(1).toLongLong() * sysconf(_SC_PAGESIZE);
    }
#endif
    return usage;
}

int openFileDescriptors()
{
    // The walk itself holds one.
    const auto count
        = QDir(u"/proc/self/fd"_s).entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot).size();
    return int(std::max<qsizetype>(0, count - 1));
}

} // namespace tertulia
