// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

struct sqlite3;

namespace mocoscope::storage {

inline constexpr int patienceMs = 5000; ///< with a file that another program is writing to

/// How a copy ended: SQLite's result code, and where it is not SQLITE_OK what sqlite3_errmsg()
/// said.
struct PageCopy
{
    int code = 0;
    std::string message;
    bool isOfSource = false; ///< it is the source that has failed
};
/// Copies all pages of an open database into the file `target`, in one step, which is one moment of
/// the source: a copy in several steps would begin anew whenever something is recorded in between.
/// `target` has either what it had or all of the copy.
[[nodiscard]] PageCopy copyPages(sqlite3* source, const std::filesystem::path& target);

} // namespace mocoscope::storage
