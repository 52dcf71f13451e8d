// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/wireformat.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstring>

namespace tertulia::bench {

namespace {

/// Servers do not care which; one that is not zero makes them do the work.
constexpr unsigned char kMask[4] = {0x37, 0xfa, 0x21, 0x3d};

bool isSameIgnoringCase(std::string_view text, std::string_view lower)
{
    return std::equal(text.begin(), text.end(), lower.begin(), lower.end(),
        [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; });
}

std::string_view trimmed(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t");
    return first == std::string_view::npos ? std::string_view() : text.substr(first);
}

void readHeaderLine(std::string_view line, AnswerHead &head)
{
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos)
        return;
    const std::string_view name = line.substr(0, colon);
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (isSameIgnoringCase(name, "content-length"))
        std::from_chars(value.data(), value.data() + value.size(), head.bodySize);
    else if (isSameIgnoringCase(name, "transfer-encoding"))
        head.isChunked = value.find("chunked") != std::string_view::npos;
}

} // namespace

ServerFrame readServerFrame(std::string_view bytes)
{
    ServerFrame frame;
    if (bytes.size() < 2)
        return frame;
    const auto at = [bytes](std::size_t i) { return std::uint64_t(static_cast<unsigned char>(bytes[i])); };
    std::size_t headSize = 2;
    std::uint64_t length = at(1) & 0x7f;
    if (length >= 126) {
        const std::size_t digits = length == 126 ? 2 : 8;
        if (bytes.size() < 2 + digits)
            return frame;
        length = 0;
        for (std::size_t i = 0; i < digits; ++i)
            length = length << 8 | at(2 + i);
        headSize += digits;
    }
    if (bytes.size() - headSize < length)
        return frame;
    frame.opcode = unsigned(at(0) & 0x0f);
    frame.isFinal = (at(0) & 0x80) != 0;
    frame.payload = bytes.substr(headSize, length);
    frame.size = headSize + length;
    return frame;
}

void appendClientFrame(std::string &out, unsigned opcode, std::string_view payload)
{
    const std::size_t length = payload.size();
    out.push_back(char(0x80 | opcode));
    if (length < 126) {
        out.push_back(char(0x80 | length));
    } else {
        const int digits = length < 65536 ? 2 : 8;
        out.push_back(char(0x80 | (digits == 2 ? 126 : 127)));
        for (int i = digits - 1; i >= 0; --i)
            out.push_back(char(std::uint64_t(length) >> (8 * i) & 0xff));
    }
    for (const unsigned char byte : kMask)
        out.push_back(char(byte));
    const std::size_t start = out.size();
    out.append(payload);
    for (std::size_t i = 0; i < length; ++i)
        out[start + i] = char(static_cast<unsigned char>(out[start + i]) ^ kMask[i & 3]);
}

std::optional<AnswerHead> readAnswerHead(std::string_view bytes)
{
    const std::size_t end = bytes.find("\r\n\r\n");
    if (end == std::string_view::npos)
        return std::nullopt;
    AnswerHead head;
    head.size = end + 4;
    if (bytes.starts_with("HTTP/1.1 "))
        std::from_chars(bytes.data() + 9, bytes.data() + end, head.status);
    std::size_t at = bytes.find("\r\n") + 2;
    while (at < end) {
        const std::size_t next = bytes.find("\r\n", at);
        readHeaderLine(bytes.substr(at, next - at), head);
        at = next + 2;
    }
    return head;
}

Chunk readChunk(std::string_view bytes)
{
    const std::size_t line = bytes.substr(0, 20).find("\r\n");
    if (line == std::string_view::npos)
        return {};
    std::size_t length = 0;
    std::from_chars(bytes.data(), bytes.data() + line, length, 16);
    const std::size_t size = line + 2 + length + 2;
    if (bytes.size() < size)
        return {};
    return {bytes.substr(line + 2, length), size};
}

std::optional<std::string_view> takeEvent(std::string_view &text)
{
    std::string_view data;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t end = text.find('\n', at);
        if (end == std::string_view::npos)
            break;
        const std::string_view line = text.substr(at, end - at);
        at = end + 1;
        if (line.starts_with("data: ")) {
            data = line.substr(6);
        } else if (line.empty() && !data.empty()) {
            text.remove_prefix(at);
            return data;
        }
    }
    return std::nullopt;
}

std::string_view jsonText(std::string_view json, std::string_view name)
{
    const std::string key = '"' + std::string(name) + "\":\"";
    const std::size_t found = json.find(key);
    if (found == std::string_view::npos)
        return {};
    const std::size_t start = found + key.size();
    return json.substr(start, json.find('"', start) - start);
}

} // namespace tertulia::bench
