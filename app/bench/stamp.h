// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace tertulia::bench {

using Moment = std::chrono::steady_clock::time_point;

/// What a message of ours carries in its text, so that whoever gets it knows whose and which it is and when it was
/// sent: letters and digits only, which no encoding changes. A run's messages begin with the run's tag.
struct Stamp {
    static constexpr std::size_t kTagSize = 8;
    static constexpr std::size_t kSize = kTagSize + 4 + 8 + 16;

    std::uint32_t publisher = 0;
    std::uint32_t sequence = 0;
    Moment sentAt;

    /// A tag that no other run has, as far as chance goes.
    [[nodiscard]] static std::string makeTag();
    /// Writes kSize characters.
    void write(char *at, std::string_view tag) const;
    /// The stamp in `text`; false where there is none of that tag. `hint` is where the last one stood: tried first.
    [[nodiscard]] bool find(std::string_view text, std::string_view tag, std::size_t &hint);
};

} // namespace tertulia::bench
