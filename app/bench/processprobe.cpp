// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/processprobe.h"

#include <ctime>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

namespace tertulia::bench {

std::optional<ProcessSample> sampleProcess(std::int64_t pid)
{
    ProcessSample sample;
    const std::filesystem::path process("/proc/" + std::to_string(pid));
    std::int64_t pages = 0;
    if (!(std::ifstream(process / "statm") >> pages >> pages))
        return std::nullopt;
    sample.residentBytes = pages * sysconf(_SC_PAGESIZE);
    // schedstat counts nanoseconds; the ticks of stat would be 10 ms each.
    std::error_code error;
    for (const auto &thread : std::filesystem::directory_iterator(process / "task", error)) {
        std::int64_t onCpu = 0;
        if (std::ifstream(thread.path() / "schedstat") >> onCpu)
            sample.cpu += std::chrono::nanoseconds(onCpu);
    }
    return error ? std::nullopt : std::optional(sample);
}

std::chrono::nanoseconds ownCpu()
{
    timespec time {};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

} // namespace tertulia::bench
