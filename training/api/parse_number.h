// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <charconv>
#include <string_view>

namespace mocoscope::training {

/// The whole text as a number, as std::from_chars reads it (no sign +, no spaces, no locale); false
/// and an unspecified number where it is none.
template <typename Number> [[nodiscard]] bool parseNumber(std::string_view text, Number& number)
{
    const auto end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, number);
    return parsed.ec == std::errc {} && parsed.ptr == end;
}

} // namespace mocoscope::training
