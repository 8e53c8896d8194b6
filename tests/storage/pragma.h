// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/database.h"

#include <sqlite3.h>
#include <string>

namespace mocoscope::testing {

/// What SQLite itself says of a connection: the value of `sql`, such as "PRAGMA journal_mode".
inline std::string pragma(const storage::Database& database, const char* sql)
{
    std::string value;
    sqlite3_exec(
        database.handle(), sql,
        [](void* target, int, char** values, char**) {
            *static_cast<std::string*>(target) = values[0];
            return 0;
        },
        &value, nullptr);
    return value;
}

} // namespace mocoscope::testing
