// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/fake_trainer.h"

#include <optional>
#include <string>

namespace mocoscope::testing {

/// What the trainer does in a test: ten steps in epochs of five, unless said otherwise.
struct Script
{
    std::int64_t steps = 10;
    std::int64_t checkpointEvery = 0; ///< steps; 0: at the end and when stopped only
    std::int64_t waitAt = -1; ///< waits there until it is stopped
    std::int64_t hangAt = -1; ///< waits there for ever, whatever is asked
    std::int64_t nonFiniteAt = -1;
    std::int64_t rollBackAt = -1;
    bool rollBackLosesCheckpoint = false; ///< the one to go back to is gone
    std::optional<training::Error> failAtStart; ///< before anything is known of the run
};

/// `steps=10 wait_at=5`: how a script reaches another process.
[[nodiscard]] Script scriptFromText(const std::string& text);

[[nodiscard]] std::unique_ptr<training::Trainer> makeTrainer(const Script& script);

} // namespace mocoscope::testing
