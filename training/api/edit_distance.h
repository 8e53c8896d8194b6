// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

namespace mocoscope::training {

/// Letters to insert, remove or replace to get from one word to the other (Levenshtein).
[[nodiscard]] std::size_t editDistance(std::string_view left, std::string_view right);

} // namespace mocoscope::training
