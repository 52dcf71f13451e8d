// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/httpguard.h"

#include <algorithm>
#include <cstdlib>

namespace {

using namespace tertulia;

struct Outcome {
    HttpGuard::State state = HttpGuard::State::NeedMore;
    qsizetype eaten = 0;
    qint64 length = 0;
    QString path;
    ErrorCode error = ErrorCode::Internal;

    bool operator==(const Outcome &) const = default;
};

Outcome run(QByteArrayView input, qsizetype step)
{
    HttpGuard guard;
    Outcome outcome;
    while (!input.isEmpty() && outcome.state == HttpGuard::State::NeedMore) {
        QByteArrayView piece = input.first(std::min(step, input.size()));
        const qsizetype size = piece.size();
        outcome.state = guard.feed(piece, {2048, 16});
        outcome.eaten += size - piece.size();
        input = input.sliced(size - piece.size());
    }
    if (outcome.state == HttpGuard::State::Refused) {
        outcome.eaten = 0; // a refusal may come before the rest of a line is here
        outcome.error = guard.error().code;
        return outcome;
    }
    const RequestHead &head = guard.head();
    outcome.length = head.contentLength;
    outcome.path = head.path;
    return outcome;
}

void check(QByteArrayView input)
{
    HttpGuard guard;
    if (guard.feed(input, {2048, 16}) != HttpGuard::State::Complete)
        return;
    const RequestHead head = guard.head();
    const bool isSafe = std::none_of(head.segments.begin(), head.segments.end(), [](const QString &segment) {
        return segment.contains(QLatin1Char('/')) || segment.contains(QChar(0)) || segment == QLatin1StringView("..");
    });
    if (!isSafe || head.contentLength < 0 || head.fields.size() > 17 || head.hasHeader("transfer-encoding"))
        std::abort();
    const Handshake shown = head.handshake();
    if (shown.headers.size() != head.fields.size())
        std::abort();
}

} // namespace

// How the bytes are cut into reads must not matter, and what passes must be safe.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const QByteArrayView input(data + 1, qsizetype(size) - 1);
    const Outcome whole = run(input, std::max<qsizetype>(1, input.size()));
    const Outcome pieces = run(input, 1 + data[0] % 17);
    if (whole.state != pieces.state || (whole.state == HttpGuard::State::Complete && whole != pieces))
        std::abort();
    check(input);
    return 0;
}
