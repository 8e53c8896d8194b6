// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/config_schema.h"

#include <string>
#include <vector>

namespace mocoscope::training {

/// What a new run goes on from.
struct ForkOrigin
{
    TrainingConfig config; ///< of the run that wrote the checkpoint
    std::int64_t step = 0; ///< of the checkpoint
    std::int64_t totalSteps = 0; ///< of that run; 0: not known
    bool operator==(const ForkOrigin&) const = default;
};

/// Empty when a run with these options can be forked, else why not.
[[nodiscard]] std::string reasonNotToFork(const TrainingConfig& config);

/// The options of a fork that its checkpoint does not allow, each with the reason: what decides
/// the names and shapes of its tensors stays as it is. Nothing here looks at files.
[[nodiscard]] std::vector<Violation> forkViolations(const ForkOrigin& origin,
                                                    const TrainingConfig& config);

/// What goes on after a roll-back: the same with a smaller learning rate and one roll-back less.
[[nodiscard]] TrainingConfig rolledBack(TrainingConfig config);
/// `demo` → `demo roll-back 1` → `demo roll-back 2`.
[[nodiscard]] std::string rolledBackName(const std::string& name);

} // namespace mocoscope::training
