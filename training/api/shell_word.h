// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace mocoscope::training {

/// As a shell reads it back as one word.
[[nodiscard]] std::string shellWord(std::string_view text);

} // namespace mocoscope::training
