// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/framereader.h"

#include <QCryptographicHash>

#include <algorithm>
#include <cstdlib>

namespace {

using namespace tertulia;

/// A digest of every event of `input`, fed in pieces of `step` bytes.
QByteArray digest(QByteArrayView input, qsizetype step)
{
    constexpr FrameReader::Limits kLimits {4096, 16};
    FrameReader reader;
    QCryptographicHash hash(QCryptographicHash::Md5);
    while (!input.isEmpty()) {
        QByteArrayView piece = input.first(std::min(step, input.size()));
        input = input.sliced(piece.size());
        FrameReader::Event event = FrameReader::Event::NeedMore;
        while ((event = reader.next(piece, kLimits)) != FrameReader::Event::NeedMore) {
            const QByteArray payload = reader.takePayload();
            if (payload.size() > kLimits.messageBytes)
                std::abort();
            hash.addData(QByteArray::number(int(event)).append(':').append(payload).append(';'));
            if (event == FrameReader::Event::Error) {
                hash.addData(QByteArray::number(int(reader.errorCode())));
                return hash.result();
            }
        }
        if (reader.declaredBytes() > kLimits.messageBytes + 125)
            std::abort();
    }
    return hash.result();
}

} // namespace

// How the bytes are cut into reads must not matter.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const QByteArrayView input(data + 1, qsizetype(size) - 1);
    if (digest(input, std::max<qsizetype>(1, input.size())) != digest(input, 1 + data[0] % 17))
        std::abort();
    return 0;
}
