// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/database.h"

#include <span>
#include <string_view>
#include <vector>

namespace mocoscope::storage {

/// Takes a database from version `version` − 1 to `version`.
struct Migration
{
    int version = 0;
    std::string_view sql;
};

/// Those of resources/schema/NNN_name.sql, ascending and without gaps from 1.
[[nodiscard]] std::vector<Migration> builtInMigrations();

/// Applies what is missing, each in a transaction of its own, after a copy of the file to
/// `<file>.v<old version>.bak`. A failing migration leaves the database as it was. Two programs
/// may do it at the same time. Returns the version that the database then has.
[[nodiscard]] Result<int> migrate(Database& database, std::span<const Migration> migrations);

/// PRAGMA user_version; 0: a new file.
[[nodiscard]] Result<int> schemaVersionOf(Database& database);

} // namespace mocoscope::storage
