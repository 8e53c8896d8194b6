// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/database.h"

#include <cstdint>
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

enum class MigratedFile : std::uint8_t
{
    History, ///< copied before; left alone while a run in it is on
    OwnCopy, ///< nobody else knows it
};

/// Applies what is missing, each in a transaction of its own, after a copy of the file to
/// `<file>.v<old version>.bak`. A failing migration leaves the database as it was. Two programs
/// may do it at the same time. Returns the version that the database then has.
[[nodiscard]] Result<int> migrate(Database& database, std::span<const Migration> migrations,
                                  MigratedFile file = MigratedFile::History);

/// PRAGMA user_version; 0: a new file.
[[nodiscard]] Result<int> schemaVersionOf(Database& database);

} // namespace mocoscope::storage
