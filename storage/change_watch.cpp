// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/change_watch.h"

#include "storage/sqlite_error.h"
#include "storage/statement.h"

#include <utility>

namespace mocoscope::storage {

ChangeWatch::ChangeWatch(Database& database)
    : m_database(database)
{
}

Result<bool> ChangeWatch::hasChanged()
{
    return guarded([this] {
        Statement statement(m_database, "PRAGMA data_version");
        statement.step();
        const std::int64_t version = statement.integer(0);
        return std::exchange(m_version, version) != version;
    });
}

} // namespace mocoscope::storage
