// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/run_record.h"

#include <functional>

namespace mocoscope::storage {

/// Tells the time of day; called from the thread that uses it.
using Clock = std::function<UtcMilliseconds()>;

[[nodiscard]] UtcMilliseconds systemTime();

} // namespace mocoscope::storage
