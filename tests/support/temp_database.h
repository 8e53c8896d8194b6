// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/database.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

namespace mocoscope::testing {

/// A run history in a folder of its own, which is removed at the end. No Qt.
class TempDatabase
{
public:
    TempDatabase()
    {
        std::string name = (std::filesystem::temp_directory_path() / "mocoscope-XXXXXX").string();
        if (!::mkdtemp(name.data()))
            std::abort();
        m_folder = name;
    }
    ~TempDatabase()
    {
        std::error_code ignored;
        std::filesystem::remove_all(m_folder, ignored);
    }
    TempDatabase(const TempDatabase&) = delete;
    TempDatabase& operator=(const TempDatabase&) = delete;

    [[nodiscard]] const std::filesystem::path& folder() const { return m_folder; }
    /// Does not exist before the first open().
    [[nodiscard]] std::filesystem::path file() const { return m_folder / "runs.db"; }
    /// A new connection; ends the test when it cannot be opened.
    [[nodiscard]] storage::Database open(storage::Database::Access access
                                         = storage::Database::Access::ReadWrite) const
    {
        auto database = storage::Database::open(file(), access);
        if (!database) {
            std::fprintf(stderr, "%s\n", training::toText(database.error()).c_str());
            std::abort();
        }
        return std::move(*database);
    }

private:
    std::filesystem::path m_folder;
};

} // namespace mocoscope::testing
