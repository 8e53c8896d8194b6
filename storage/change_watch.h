// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/database.h"

#include <cstdint>

namespace mocoscope::storage {

/// Tells whether another connection, of this process or of another one, has committed a change
/// since the last call. On the thread that owns the connection; does not read the rows.
class ChangeWatch
{
public:
    explicit ChangeWatch(Database& database);
    /// True at the first call.
    [[nodiscard]] Result<bool> hasChanged();

private:
    Database& m_database;
    std::int64_t m_version = -1; ///< PRAGMA data_version
};

} // namespace mocoscope::storage
