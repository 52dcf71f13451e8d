// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/benchrun.h"

#include <QString>

#include <cstdio>
#include <netdb.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace tertulia::bench {

namespace {

constexpr auto kConnectLimit = 120s;
constexpr auto kQuiet = 300ms; ///< nothing arrived for so long: at rest
constexpr auto kRestLimit = 15s;
constexpr auto kDrainLimit = 10s;
constexpr auto kTurn = 100ms;

Moment clockNow()
{
    return std::chrono::steady_clock::now();
}

void raiseDescriptorLimit()
{
    rlimit limit {};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

} // namespace

Result<Endpoint> resolve(const BenchOptions &options)
{
    addrinfo hints {};
    hints.ai_family = AF_INET;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo *found = nullptr;
    if (getaddrinfo(options.host.toStdString().c_str(), nullptr, &hints, &found) != 0 || !found)
        return Error(ErrorCode::InvalidField, u"There is no host \"%1\"."_s.arg(options.host));
    Endpoint endpoint;
    endpoint.address = *reinterpret_cast<const sockaddr_in *>(found->ai_addr);
    endpoint.address.sin_port = htons(options.port);
    endpoint.hostHeader = options.host.toStdString() + ':' + std::to_string(options.port);
    freeaddrinfo(found);
    return endpoint;
}

BenchRun::BenchRun(const BenchOptions &options, const Endpoint &endpoint)
    : m_options(options)
    , m_tag(Stamp::makeTag())
    , m_crowd(m_reactor, endpoint, options, m_tag)
    , m_workload(makeWorkload(m_crowd, options, m_tag))
    , m_isTelling(isatty(STDERR_FILENO) == 1)
{
    raiseDescriptorLimit();
    m_crowd.setListener(*m_workload);
    m_crowd.onReady = [this](Client &client, Moment now) { m_result.connectLatency.add(now - client.openedAt); };
}

ProcessSample BenchRun::server() const
{
    return m_options.serverPid > 0 ? sampleProcess(m_options.serverPid).value_or(ProcessSample()) : ProcessSample();
}

// Once a second, on one line of a terminal.
void BenchRun::tell(const char *format, double first, double second)
{
    const Moment now = clockNow();
    if (!m_isTelling || now - m_lastTold < 1s)
        return;
    m_lastTold = now;
    std::fputs("\r\033[K", stderr);
    std::fprintf(stderr, format, first, second);
}

bool BenchRun::openAll()
{
    const Moment start = clockNow();
    while (!m_crowd.isComplete() && m_crowd.failedCount() == 0 && clockNow() - start < kConnectLimit) {
        m_crowd.advance(clockNow());
        m_reactor.turn(clockNow() + kTurn);
        tell("connecting: %.0f of %.0f", double(m_crowd.readyCount()), double(m_crowd.clients().size()));
    }
    m_result.connecting = clockNow() - start;
    m_result.connected = m_crowd.readyCount();
    if (m_crowd.isComplete())
        return true;
    m_result.failure = std::to_string(m_crowd.readyCount()) + " of " + std::to_string(m_crowd.clients().size())
        + " connections came in; "
        + (m_crowd.failedCount() > 0 ? m_crowd.firstFailure() : std::string("the rest got no answer"));
    return false;
}

void BenchRun::rest()
{
    const Moment limit = clockNow() + kRestLimit;
    while (clockNow() < limit && clockNow() - m_reactor.traffic.lastRead < kQuiet)
        m_reactor.turn(clockNow() + kTurn / 4);
}

void BenchRun::work(std::chrono::nanoseconds duration, bool untilDone)
{
    const Moment end = clockNow() + duration;
    for (Moment now = clockNow(); now < end && !(untilDone && m_workload->isDone()); now = clockNow()) {
        const Moment next = m_workload->advance(now);
        m_reactor.turn(std::min({next, end, now + kTurn}));
        tell("%.0f counted, %.0f s to go", double(m_workload->tally().operations),
            std::chrono::duration<double>(end - now).count());
    }
}

void BenchRun::measure()
{
    const ProcessSample before = server();
    const ReactorTraffic traffic = m_reactor.traffic;
    const auto ownBefore = ownCpu();
    const Moment start = clockNow();
    m_workload->setMeasuring(true);
    work(m_options.duration, false);
    m_workload->setMeasuring(false);
    m_result.measured = clockNow() - start;
    m_result.ownLoad = double((ownCpu() - ownBefore).count()) / double(m_result.measured.count());
    const std::uint64_t reads = m_reactor.traffic.reads - traffic.reads;
    m_result.framesPerRead = reads > 0 ? double(m_reactor.traffic.frames - traffic.frames) / double(reads) : 0;
    if (m_result.server)
        m_result.server->measured = server().cpu - before.cpu;
}

BenchResult BenchRun::run()
{
    const ProcessSample empty = server();
    if (m_options.serverPid > 0) {
        if (empty.residentBytes == 0) {
            m_result.failure = "there is no process " + std::to_string(m_options.serverPid) + " to look at";
            return m_result;
        }
        m_result.server.emplace();
    }
    if (!openAll())
        return m_result;
    rest();
    if (m_result.server) {
        const ProcessSample full = server();
        *m_result.server = {full.cpu - empty.cpu, {}, empty.residentBytes, full.residentBytes};
    }
    m_workload->start(clockNow());
    work(m_options.warmup, false);
    measure();
    m_workload->stop();
    work(kDrainLimit, true);
    if (m_isTelling)
        std::fputs("\r\033[K", stderr);

    m_result.tally = m_workload->tally();
    m_result.counts = m_workload->counts();
    m_result.disconnected = m_workload->disconnected();
    m_result.refused = m_workload->refused();
    m_result.connectFailures = m_crowd.failedCount();
    m_result.firstTrouble = m_crowd.failedCount() > 0 ? m_crowd.firstFailure() : m_workload->firstTrouble();
    return m_result;
}

} // namespace tertulia::bench
