// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/run_record.h"

#include <algorithm>
#include <string_view>

namespace mocoscope::storage {

// Tags that the program understands.
inline constexpr std::string_view starredTag = "starred"; ///< a run that matters
inline constexpr std::string_view archivedTag = "archived"; ///< lists leave it out
inline constexpr std::string_view importedTag = "imported"; ///< another program recorded it

[[nodiscard]] inline bool hasTag(const RunRecord& run, std::string_view tag)
{
    return std::find(run.tags.begin(), run.tags.end(), tag) != run.tags.end();
}

} // namespace mocoscope::storage
