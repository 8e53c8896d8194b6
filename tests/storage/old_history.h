// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/migrator.h"

#include <filesystem>
#include <sqlite3.h>
#include <string>

namespace mocoscope::storage {

/// Writes the history of version 3 with one run, 'old', and one value, 7; `more` is done to it
/// afterwards. False: it did not work.
inline bool writeVersion3(const std::filesystem::path& file, const std::string& more = {})
{
    std::string sql = "PRAGMA application_id = 0x4d6f636f;";
    for (const Migration& migration : builtInMigrations())
        if (migration.version <= 3)
            sql += std::string(migration.sql);
    sql += "PRAGMA user_version = 3;"
           "INSERT INTO run (uuid, name, created_at, updated_at, config_json, state)"
           " VALUES ('u', 'old', 1, 1, '{}', 'finished');"
           "INSERT INTO metric_name VALUES (1, 'a', ''); INSERT INTO metric VALUES (1, 1, 0, 7);"
        + more;
    sqlite3* opened = nullptr;
    const bool isWritten = sqlite3_open(file.c_str(), &opened) == SQLITE_OK
        && sqlite3_exec(opened, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;
    sqlite3_close(opened);
    return isWritten;
}

} // namespace mocoscope::storage
