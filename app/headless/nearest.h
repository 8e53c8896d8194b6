// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mocoscope::headless {

/// Up to `count` candidates that `word` could be a misspelling or a part of, the nearest first.
[[nodiscard]] std::vector<std::string>
nearestWords(std::string_view word, std::span<const std::string> candidates, std::size_t count);
/// `'a', 'b' or 'c'`.
[[nodiscard]] std::string quotedAlternatives(std::span<const std::string> words);

} // namespace mocoscope::headless
