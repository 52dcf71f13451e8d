// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/benchoptions.h"

#include "bench/stamp.h"

#include <QCommandLineParser>
#include <QUrl>

#include <optional>

using namespace Qt::StringLiterals;

namespace tertulia::bench {

namespace {

struct Defaults {
    QString name;
    Mode mode;
    int members;
    int rooms;
    int publishers; ///< 0 = all members
    int window;
};

const QList<Defaults> &modes()
{
    static const QList<Defaults> list {
        {u"fanout"_s, Mode::Fanout, 1000, 1, 1, 16},
        {u"rooms"_s, Mode::Fanout, 1000, 100, 0, 1},
        {u"echo"_s, Mode::Echo, 50, 0, 0, 1},
        {u"ack"_s, Mode::Ack, 1, 0, 0, 1},
        {u"idle"_s, Mode::Idle, 1000, 1, 0, 1},
        {u"storm"_s, Mode::Storm, 40, 0, 0, 1},
        {u"join"_s, Mode::Join, 1, 0, 0, 1},
        {u"search"_s, Mode::Search, 1, 0, 0, 1},
    };
    return list;
}

const QStringList kValueOptions {u"mode"_s, u"transport"_s, u"url"_s, u"members"_s, u"rooms"_s, u"publishers"_s,
    u"rate"_s, u"window"_s, u"duration"_s, u"warmup"_s, u"payload"_s, u"json"_s, u"server-pid"_s, u"join-code"_s,
    u"token"_s, u"room"_s, u"words"_s};

Error usage(const QString &text)
{
    return Error(ErrorCode::InvalidField, text);
}

/// Reads numbers out of the options and remembers the first that is none.
class NumberReader
{
public:
    explicit NumberReader(const QCommandLineParser &parser)
        : m_parser(parser)
    {
    }

    double number(const QString &option, double fallback, double least, double most)
    {
        if (!m_parser.isSet(option))
            return fallback;
        bool isNumber = false;
        const double value = m_parser.value(option).toDouble(&isNumber);
        if (!isNumber || !(value >= least && value <= most)) {
            if (!m_error)
                m_error = usage(u"--%1 is a number from %2 to %3."_s.arg(option).arg(least).arg(most));
            return fallback;
        }
        return value;
    }
    int whole(const QString &option, int fallback, int least, int most)
    {
        return int(number(option, fallback, least, most));
    }
    std::chrono::milliseconds seconds(const QString &option, double fallback, double least)
    {
        return std::chrono::milliseconds(
            qint64(1000 * number(option, fallback, least, double(BenchOptions::kLongestRun.count()))));
    }
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }

private:
    const QCommandLineParser &m_parser;
    std::optional<Error> m_error;
};

Result<Transport> transportOf(const QString &name)
{
    if (name.isEmpty() || name == u"websocket")
        return Transport::WebSocket;
    if (name == u"sse")
        return Transport::EventStream;
    if (name == u"longpoll")
        return Transport::LongPoll;
    return usage(u"--transport is websocket, sse or longpoll."_s);
}

Result<void> readUrl(const QString &text, BenchOptions &options)
{
    const QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || url.scheme() != u"http" || url.host().isEmpty())
        return usage(u"--url is an address as http://127.0.0.1:8000; the load is made without TLS."_s);
    options.host = url.host();
    options.port = quint16(url.port(80));
    return {};
}

Result<void> checkTogether(const BenchOptions &options)
{
    if (options.transport != Transport::WebSocket && options.mode != Mode::Fanout && options.mode != Mode::Idle)
        return usage(u"--transport goes with the modes fanout, rooms and idle."_s);
    if (options.transport == Transport::LongPoll && options.mode == Mode::Fanout && options.token.isEmpty())
        return usage(u"Long polls wait for announcements: --token needs the token of an admin."_s);
    if ((options.mode == Mode::Join || options.mode == Mode::Search) && options.room.isEmpty())
        return usage(u"--room names the room."_s);
    if (options.mode == Mode::Search && options.words.isEmpty())
        return usage(u"--words holds what is searched for, separated by commas."_s);
    return {};
}

/// What follows from the mode rather than from an option of its own.
void settle(BenchOptions &options)
{
    if (options.mode == Mode::Echo || options.mode == Mode::Ack)
        options.rooms = options.members;
    if (options.mode == Mode::Fanout)
        options.rooms = std::clamp(options.rooms, 1, options.members);
    if (options.transport == Transport::LongPoll)
        options.rooms = options.publishers = 1;
    // A stream of a room that nobody has made is refused, so a publisher goes ahead into each.
    if (options.transport == Transport::EventStream)
        options.publishers = std::max(options.publishers, options.rooms);
    else if (options.transport == Transport::WebSocket)
        options.publishers = std::min(options.publishers, options.members);
}

} // namespace

Result<BenchOptions> parseBenchOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    for (const QString &name : kValueOptions)
        parser.addOption(QCommandLineOption(name, QString(), u"value"_s));
    if (!parser.parse(QStringList(u"bench"_s) + arguments))
        return usage(parser.errorText());
    if (!parser.positionalArguments().isEmpty())
        return usage(u"\"%1\" is no option; see tertulia bench --help."_s.arg(parser.positionalArguments().constFirst()));

    BenchOptions options;
    options.modeName = parser.isSet(u"mode"_s) ? parser.value(u"mode"_s) : u"fanout"_s;
    const auto known = std::find_if(modes().cbegin(), modes().cend(),
        [&options](const Defaults &defaults) { return defaults.name == options.modeName; });
    if (known == modes().cend())
        return usage(u"--mode is fanout, rooms, echo, ack, idle, storm, join or search."_s);
    options.mode = known->mode;
    const Result<Transport> transport = transportOf(parser.value(u"transport"_s));
    if (!transport)
        return transport.error();
    options.transport = *transport;
    const QString url = parser.isSet(u"url"_s) ? parser.value(u"url"_s) : u"http://127.0.0.1:8000"_s;
    if (const Result<void> read = readUrl(url, options); !read)
        return read.error();

    NumberReader reader(parser);
    options.members = reader.whole(u"members"_s, known->members, 1, BenchOptions::kMostMembers);
    options.rooms = reader.whole(u"rooms"_s, known->rooms, 0, BenchOptions::kMostMembers);
    options.publishers = reader.whole(
        u"publishers"_s, known->publishers > 0 ? known->publishers : options.members, 1, BenchOptions::kMostMembers);
    options.rate = reader.number(u"rate"_s, 0, 0, 1e6);
    options.window = reader.whole(u"window"_s, known->window, 1, 1024);
    options.duration = reader.seconds(u"duration"_s, 5, 0.1);
    options.warmup = reader.seconds(u"warmup"_s, 1, 0);
    options.payload = reader.whole(u"payload"_s, 100, int(Stamp::kSize), 1000000);
    options.serverPid = reader.whole(u"server-pid"_s, 0, 1, 1 << 30);
    if (reader.error())
        return *reader.error();
    options.jsonFile = parser.value(u"json"_s);
    options.joinCode = parser.value(u"join-code"_s);
    options.token = parser.value(u"token"_s);
    options.room = parser.value(u"room"_s);
    options.words = parser.value(u"words"_s).split(u',', Qt::SkipEmptyParts);
    if (const Result<void> checked = checkTogether(options); !checked)
        return checked.error();
    settle(options);
    return options;
}

QString benchHelpText()
{
    return uR"(Usage: tertulia bench [OPTIONS]

Loads a server as a crowd of guests would, and counts what arrives. Exit status 1: something was lost, came twice, came
out of order, or the server could not be reached.

  --mode MODE          fanout   publishers to the members of one room, or of several (the default)
                       rooms    1,000 members in 100 rooms, and all of them publish
                       echo     one message under way on each of 50 connections to /ws/echo
                       ack      publish, wait for the ack that says it is stored
                       idle     connect and wait: memory and processor time of a connection
                       storm    connect and leave, over and over
                       join     join and leave --room, over and over
                       search   search --room for each of --words, over and over
  --transport NAME     websocket, sse or longpoll: how the members listen
  --url URL            the server (http://127.0.0.1:8000)
  --members N          connections, at most 20,000
  --rooms N            rooms that they are spread over (0: none)
  --publishers N       how many of them publish
  --rate N             messages a second, in all; without it, the next one leaves when all have the one before
  --window N           messages of one publisher under way, without --rate
  --duration S         seconds that are measured, at most 600 (5)
  --warmup S           seconds before (1)
  --payload BYTES      text in a message (100)
  --server-pid PID     the server's process here: its processor time and memory
  --json FILE          write the figures there too (-: standard output)
  --join-code CODE     for a server that asks guests for one
  --token TOKEN        an admin's, for --transport longpoll
  --room NAME, --words A,B,C
                       for join and search

One connection may send 20 messages a second unless the server was started with
--set limits.messages_per_second=0.
)"_s;
}

} // namespace tertulia::bench
