// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/headless/console.h"
#include "storage/run_record.h"
#include "training/api/training_event.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace mocoscope::headless {

/// Which run is on and where it is kept.
struct RunHeading
{
    storage::RunId id;
    std::string uuid;
    std::string name;
    std::filesystem::path store;
    std::filesystem::path checkpoints;
    std::optional<storage::RunId> rolledBack {}; ///< the run that it goes on from after a spike
};

/// Tells about a run while it is on. Called on one thread; may block as long as its reader does,
/// training and recording do not wait for it.
class RunOutput
{
public:
    virtual ~RunOutput() = default;
    virtual void begin(const RunHeading& heading) = 0;
    virtual void show(const training::TrainingEvent& event) = 0;
    /// All events that there are for now have been shown; `nowMs` is a steady clock.
    virtual void refresh(std::int64_t nowMs) = 0;
    /// A sentence for a person that is not an event of the trainer.
    virtual void note(const std::string& text) = 0;
    /// The run is over; notes may still follow.
    virtual void end() = 0;

protected:
    RunOutput() = default;
    RunOutput(const RunOutput&) = default;
    RunOutput& operator=(const RunOutput&) = default;
};

/// One JSON object a line; docs/command-line.md describes them.
[[nodiscard]] std::unique_ptr<RunOutput> makeJsonOutput(const Console& console);
/// A bar that is redrawn in place, above it a line for each evaluation, checkpoint and incident.
[[nodiscard]] std::unique_ptr<RunOutput> makeBarOutput(const Console& console);

/// Names of metrics by their index over all that were declared.
class MetricNames
{
public:
    void add(const training::MetricsDeclared& declared);
    [[nodiscard]] const training::MetricDescription& at(std::uint32_t index) const;

private:
    std::vector<training::MetricDescription> m_metrics;
};

} // namespace mocoscope::headless
