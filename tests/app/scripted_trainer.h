// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/trainer.h"

#include <optional>
#include <string>

namespace mocoscope::testing {

/// A run that plays a script instead of computing; it stops, checkpoints, resumes and fails as the
/// real one has to. Loss of step i is 8 / (i + 1).
struct Script
{
    std::int64_t steps = 10;
    std::int64_t checkpointEvery = 0; ///< steps; 0: at the end and when stopped only
    std::optional<std::int64_t> waitAt; ///< waits there until it is stopped
    std::optional<std::int64_t> hangAt; ///< waits there for ever, whatever is asked
    std::optional<std::int64_t> nonFiniteAt;
    std::optional<training::Error> failAtStart; ///< before the facts are known
};

/// `steps=10 wait_at=5`: how a script reaches another process.
[[nodiscard]] Script scriptFromText(const std::string& text);

class ScriptedTrainer final : public training::Trainer
{
public:
    explicit ScriptedTrainer(Script script)
        : m_script(std::move(script))
    {
    }
    void run(const training::RunRequest& request, training::EventSink& events,
             training::RunControl& control) override;

private:
    [[nodiscard]] std::int64_t firstStep(const training::RunRequest& request) const;
    void announce(std::int64_t firstStep, training::EventSink& events) const;
    void step(std::int64_t step, training::EventSink& events) const;
    void save(const training::RunRequest& request, std::int64_t step,
              training::EventSink& events) const;
    Script m_script;
};

} // namespace mocoscope::testing
