// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/stamp.h"

#include <array>
#include <cstring>
#include <random>

namespace tertulia::bench {

namespace {

constexpr char kDigits[] = "0123456789abcdef";

void writeHex(char *at, std::uint64_t value, int digits)
{
    for (int i = digits - 1; i >= 0; --i, value >>= 4)
        at[i] = kDigits[value & 15];
}

constexpr std::array<std::int8_t, 256> digitValues()
{
    std::array<std::int8_t, 256> values {};
    values.fill(-1);
    for (int i = 0; i < 16; ++i)
        values[std::size_t(kDigits[i])] = std::int8_t(i);
    return values;
}

bool readHex(const char *at, int digits, std::uint64_t &value)
{
    static constexpr auto kValues = digitValues();
    int wrong = 0;
    value = 0;
    for (int i = 0; i < digits; ++i) {
        const int digit = kValues[static_cast<unsigned char>(at[i])];
        wrong |= digit;
        value = value << 4 | std::uint64_t(digit & 15);
    }
    return wrong >= 0;
}

} // namespace

std::string Stamp::makeTag()
{
    std::random_device random;
    std::string tag(kTagSize, 'z');
    tag[1] = 'T';
    writeHex(tag.data() + 2, random(), int(kTagSize) - 2);
    return tag;
}

void Stamp::write(char *at, std::string_view tag) const
{
    std::memcpy(at, tag.data(), kTagSize);
    writeHex(at + kTagSize, publisher, 4);
    writeHex(at + kTagSize + 4, sequence, 8);
    writeHex(at + kTagSize + 12, std::uint64_t(sentAt.time_since_epoch().count()), 16);
}

bool Stamp::find(std::string_view text, std::string_view tag, std::size_t &hint)
{
    if (text.size() < kSize)
        return false;
    if (text.compare(std::min(hint, text.size()), kTagSize, tag) != 0) {
        const std::size_t found = text.find(tag);
        if (found == std::string_view::npos)
            return false;
        hint = found;
    }
    if (text.size() - hint < kSize)
        return false;
    const char *at = text.data() + hint + kTagSize;
    std::uint64_t whose = 0;
    std::uint64_t which = 0;
    std::uint64_t when = 0;
    if (!readHex(at, 4, whose) || !readHex(at + 4, 8, which) || !readHex(at + 12, 16, when))
        return false;
    publisher = std::uint32_t(whose);
    sequence = std::uint32_t(which);
    sentAt = Moment(std::chrono::nanoseconds(std::int64_t(when)));
    return true;
}

} // namespace tertulia::bench
