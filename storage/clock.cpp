// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/clock.h"

#include <chrono>

namespace mocoscope::storage {

UtcMilliseconds systemTime()
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

} // namespace mocoscope::storage
