// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/trainer.h"
#include "training/api/training_event.h"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mocoscope::storage {

/// Identifies a run inside one database. Strong, so that no step or index is taken for it.
struct RunId
{
    std::int64_t value = 0;
    auto operator<=>(const RunId&) const = default;
};

/// Identifies a sweep inside one database.
struct SweepId
{
    std::int64_t value = 0;
    auto operator<=>(const SweepId&) const = default;
};

/// Milliseconds since 1970-01-01T00:00:00Z.
using UtcMilliseconds = std::int64_t;

/// What is written when a run is made.
struct NewRun
{
    std::string name;
    std::string preset; ///< name of the preset it started from; may be empty
    std::string configJson; ///< training::toJson()
    std::optional<RunId> parent;
    /// Checkpoint of the parent that it goes on from; empty: it starts from its first step.
    std::optional<training::CheckpointFile> forkedFrom {};
};

/// Where a run belongs that was planned with others.
struct SweepPlace
{
    SweepId sweep;
    std::string name; ///< of the sweep
    std::int64_t place = 0; ///< from 1, in the order of training
    std::string setting; ///< what runs share that differ by seed only; may be empty
    bool operator==(const SweepPlace&) const = default;
};

/// A run without its curves.
struct RunRecord
{
    RunId id;
    std::string uuid;
    std::string name;
    std::string preset;
    training::RunState state = training::RunState::Created;
    std::string stateReason;
    UtcMilliseconds createdAt = 0;
    std::optional<UtcMilliseconds> startedAt;
    std::optional<UtcMilliseconds> finishedAt;
    UtcMilliseconds updatedAt = 0; ///< last time that something was recorded or edited
    std::optional<UtcMilliseconds> trashedAt;
    std::string configJson;
    std::string software;
    std::string device;
    std::int64_t seed = 0;
    std::optional<RunId> parent;
    std::optional<std::int64_t> forkStep; ///< at which it left its parent; empty: no fork
    std::optional<SweepPlace> sweep;
    std::string notes;
    std::vector<std::string> tags;
    std::string colour; ///< "#rrggbb" chosen by the user; empty: by the palette
    std::int64_t lastStep = 0; ///< highest step with a value
    std::int64_t stepsDone = 0; ///< that were trained: one more than the last one with a loss
    std::int64_t totalSteps = 0; ///< 0: not known yet
    std::int64_t durationMs = 0; ///< training time, pauses left out
    std::int64_t incidents = 0; ///< gradient spikes, and losses that were not finite
    std::optional<double> lastLoss;
    std::optional<double> lastKnnTop1;
    std::optional<double> bestKnnTop1;
    /// Of the run itself where it is a linear probing or a fine-tuning, else of the last one that
    /// evaluated it; %.
    std::optional<double> linearTop1;
    std::optional<double> finetuneTop1;
};

/// Final, smallest and largest value of a metric of a run.
struct MetricSummary
{
    std::string name;
    std::string unit;
    std::int64_t count = 0;
    std::int64_t lastStep = 0;
    std::optional<double> last; ///< empty: NaN
    std::optional<double> minimum;
    std::int64_t minimumStep = 0;
    std::optional<double> maximum;
    std::int64_t maximumStep = 0;
};

/// A curve as it was recorded; NaN where the value was not finite. The vectors have equal lengths.
struct Curve
{
    std::string metric;
    std::vector<std::int64_t> steps;
    std::vector<double> values;
};

/// Maps steps to epochs and to seconds of training; one entry a recorded step.
struct StepTimes
{
    std::vector<std::int64_t> steps;
    std::vector<double> epochs;
    std::vector<double> seconds;
};

struct CheckpointRecord
{
    RunId run;
    std::int64_t step = 0;
    std::string path;
    std::string sha256;
    std::int64_t bytes = 0;
    UtcMilliseconds savedAt = 0;
    std::optional<double> accuracy; ///< kNN top-1 as it was measured last before, %
};

struct EventRecord
{
    std::int64_t step = 0;
    UtcMilliseconds at = 0;
    std::string kind;
    std::string layer;
    std::string message;
    std::optional<training::SpikeFacts> spike {}; ///< of kind `spike`
};

} // namespace mocoscope::storage
