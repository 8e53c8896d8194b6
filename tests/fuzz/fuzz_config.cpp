// SPDX-License-Identifier: GPL-3.0-or-later
// A configuration file: what is read can be written, and comes back the same.
#include "training/api/config_json.h"
#include "training/api/config_schema.h"
#include "training/api/fork.h"

#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace mocoscope::training;
    const auto config = fromJson(std::string(reinterpret_cast<const char*>(data), size));
    if (!config) {
        return 0;
    }
    const auto again = fromJson(toJson(*config));
    if (!again || !(*again == *config)) {
        std::abort();
    }
    (void)validate(*config);
    (void)forkViolations({TrainingConfig {}, 1, 1}, *config);
    return 0;
}
