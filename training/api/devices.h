// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/config_schema.h"
#include "training/api/training_config.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mocoscope::training {

/// The devices that a text of train.device names, one a replica: `auto`, `cpu`, `cpu:3` (three
/// replicas on the CPU), `cuda:0`, `cuda:0,1`. Empty: it is no such text.
[[nodiscard]] std::vector<std::string> deviceNames(std::string_view text);

/// Replicas that pretraining has in one process; 1 where the text is wrong.
[[nodiscard]] std::int64_t replicaCount(const TrainingConfig& config);

/// What does not allow pretraining to be shared out over so many processes, one replica each:
/// validate() cannot know how many there are. `owner` names them: `processes of torchrun`.
[[nodiscard]] std::vector<Violation>
shareViolations(const TrainingConfig& config, std::int64_t processes, const std::string& owner);

} // namespace mocoscope::training
