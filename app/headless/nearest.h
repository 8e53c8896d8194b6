// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mocoscope::headless {

/// Letters to insert, remove or replace to get from one word to the other.
[[nodiscard]] std::size_t editDistance(std::string_view left, std::string_view right);
/// Up to `count` candidates that `word` could be a misspelling or a part of, the nearest first.
[[nodiscard]] std::vector<std::string>
nearestWords(std::string_view word, std::span<const std::string> candidates, std::size_t count);
/// `'a', 'b' or 'c'`.
[[nodiscard]] std::string quotedAlternatives(std::span<const std::string> words);

} // namespace mocoscope::headless
