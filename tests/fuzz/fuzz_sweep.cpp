// SPDX-License-Identifier: GPL-3.0-or-later
// A file that plans a sweep.
#include "training/api/sweep.h"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace mocoscope::training;
    if (const auto plan = parseSweep({reinterpret_cast<const char*>(data), size})) {
        (void)expandSweep(*plan);
    }
    return 0;
}
