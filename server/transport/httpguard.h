// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/errorcode.h"
#include "transport/requesthead.h"

#include <QByteArrayView>

#include <optional>

namespace tertulia {

/// A strict, incremental reader of one HTTP/1.1 request head (RFC 9112). It sees each byte before QHttpServer does,
/// whose parser has no limits, drops all fields for one bad line, and lets one request hide in another's body: so
/// whatever could be read in two ways is refused here with 400 and never gets there. Pure: bytes in, a RequestHead or
/// an Error out.
///
/// Bodies come with one Content-Length or not at all; chunked requests are refused (411).
class HttpGuard
{
public:
    struct Limits {
        qsizetype headBytes = 16 * 1024;
        int fields = 64;
    };

    enum class State : quint8 {
        NeedMore,
        Complete, ///< head() is there; what is left of the input is the body or the next request
        Refused, ///< error() says why; the connection is to be closed
    };

    /// Eats from the front of `input` up to the end of the head.
    [[nodiscard]] State feed(QByteArrayView &input, const Limits &limits);

    [[nodiscard]] const RequestHead &head() const { return m_head; }
    [[nodiscard]] RequestHead &head() { return m_head; } ///< the caller adds the addresses
    [[nodiscard]] const Error &error() const { return m_error; }
    /// Whether a byte of a request has come.
    [[nodiscard]] bool hasBegun() const { return !m_bytes.isEmpty(); }
    /// For the next request on the connection.
    void reset();

private:
    [[nodiscard]] bool parse(const Limits &limits);
    [[nodiscard]] bool parseRequestLine(QByteArrayView line);
    [[nodiscard]] bool parseTarget(QByteArrayView target);
    [[nodiscard]] bool parseField(QByteArrayView line);
    [[nodiscard]] bool checkFields();
    [[nodiscard]] bool checkHost();
    [[nodiscard]] bool checkBody();
    [[nodiscard]] bool checkUpgrade();
    [[nodiscard]] qsizetype count(QByteArrayView name) const;
    bool refuse(ErrorCode code, const char *detail);

    QByteArray m_bytes;
    qsizetype m_lineStart = 0;
    bool m_hasSkippedLine = false;
    RequestHead m_head;
    QByteArray m_authority; ///< of a target in absolute form
    Error m_error;
};

/// The path's segments, percent-decoded one by one; nothing where one is not valid UTF-8 or would be a slash, a NUL or
/// a dot segment after decoding.
[[nodiscard]] std::optional<QStringList> decodedSegments(QByteArrayView path);

} // namespace tertulia
