// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tertulia::bench {

// The client's side of the wire, for well-behaved servers: what this understands is what a server of ours sends.

/// A WebSocket frame of the server (RFC 6455 section 5.2).
struct ServerFrame {
    enum Opcode : unsigned { Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

    unsigned opcode = 0;
    bool isFinal = true;
    std::string_view payload;
    std::size_t size = 0; ///< of all of it; 0 = it is not all here yet
};
[[nodiscard]] ServerFrame readServerFrame(std::string_view bytes);
/// Appends a client's frame, masked.
void appendClientFrame(std::string &out, unsigned opcode, std::string_view payload);

/// The head of an HTTP answer (RFC 9112).
struct AnswerHead {
    int status = 0;
    std::size_t size = 0; ///< with the empty line
    std::size_t bodySize = 0; ///< Content-Length
    bool isChunked = false;
};
/// Nothing while it is not all here. A status of 0: it is no HTTP.
[[nodiscard]] std::optional<AnswerHead> readAnswerHead(std::string_view bytes);

/// A chunk of a chunked body. Size 0: it is not all here yet.
struct Chunk {
    std::string_view data; ///< empty = the last
    std::size_t size = 0;
};
[[nodiscard]] Chunk readChunk(std::string_view bytes);

/// The "data:" of the first event in `text` that is whole; `text` is moved behind it. Nothing where none is left.
[[nodiscard]] std::optional<std::string_view> takeEvent(std::string_view &text);

/// The text of the field `"name":"..."` in a JSON object, without undoing escapes; empty where it is not there.
[[nodiscard]] std::string_view jsonText(std::string_view json, std::string_view name);

} // namespace tertulia::bench
