// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/exchange/number_text.h"
#include "training/api/shell_word.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mocoscope::headless {

using storage::exactNumber;
using storage::formatBytes;
using storage::formatDifference;
using storage::formatDuration;
using storage::formatNumber;
using storage::formatPublished;
using storage::formatSpread;
using storage::formatTime;
using storage::isoTime;
using training::shellWord;

/// Names come out of files that others may have written: control characters, which could move the
/// cursor or worse, are replaced.
[[nodiscard]] std::string printable(std::string_view text);
/// Columns that UTF-8 text takes, one a code point.
[[nodiscard]] std::size_t displayWidth(std::string_view text);
/// The first `columns` code points.
[[nodiscard]] std::string_view cutToWidth(std::string_view text, std::size_t columns);
/// Broken between words into lines of at most `columns`, each with `indent` in front and a line
/// end.
[[nodiscard]] std::string wrapped(std::string_view text, const std::string& indent, int columns);

} // namespace mocoscope::headless
