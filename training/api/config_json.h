// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/config_schema.h"

#include <string>
#include <string_view>
#include <vector>

namespace mocoscope::training {

/// Nested by the dots of the keys, every option written, stable order, indented by two.
[[nodiscard]] std::string toJson(const TrainingConfig& config);

/// Reads what toJson() writes, or the same with flat dotted keys. Options that are not mentioned
/// keep `base`'s values. Unknown keys, wrong types and values out of range are all listed in the
/// error's detail, one a line.
[[nodiscard]] Result<TrainingConfig> fromJson(std::string_view json,
                                              const TrainingConfig& base = {});

} // namespace mocoscope::training
