// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace mocoscope::training {

enum class RunState : std::uint8_t
{
    Created, ///< stored, not started
    Running,
    Paused,
    Finished, ///< reached its last step
    Stopped, ///< ended early by the user, with a checkpoint
    Failed,
    Interrupted, ///< was running when its process died
};
/// `running`; the text stored in the database.
[[nodiscard]] std::string_view toText(RunState state);
[[nodiscard]] Result<RunState> runStateFromText(std::string_view text);
/// False for Created, Running and Paused.
[[nodiscard]] bool isEnded(RunState state);

/// What the trainer found when it had set everything up; published once, before the first step.
struct RunFacts
{
    std::int64_t firstStep = 0; ///< > 0 when resumed
    std::int64_t totalSteps = 0;
    std::int64_t stepsPerEpoch = 0;
    std::int64_t trainImages = 0;
    std::int64_t testImages = 0;
    std::int64_t classes = 0; ///< 0: unlabelled
    std::int64_t parameters = 0; ///< backbone and heads, momentum encoder not counted
    std::int64_t trainableParameters = 0;
    std::string device; ///< "CPU, 2 threads", "cuda:0 NVIDIA H200"
    std::string software; ///< "mocoscope 0.1.0, LibTorch 2.11.0, …"
    std::vector<std::string> layers; ///< gradient layers in depth order, patch_embed first
};

struct StateChanged
{
    RunState state = RunState::Created;
    std::string reason; ///< for a person; empty where the state says it all
};

struct MetricDescription
{
    std::string name; ///< slashed: `grad/l2/blocks.3`
    std::string unit; ///< "1/s", "%", …; may be empty
};
/// Gives the following MetricValues their names. Published before the first value; a later one
/// adds to it: its first metric gets the index after the last one known.
struct MetricsDeclared
{
    std::vector<MetricDescription> metrics;
};

struct MetricValue
{
    std::uint32_t metric = 0; ///< index over all metrics declared so far
    double value = 0; ///< raw; NaN and infinities are passed on as they are
};
/// The values of one step. Values of iteration i have step i; an evaluation after n updates has
/// step n, so that both speak of the weights after `step` updates.
struct MetricBatch
{
    std::int64_t step = 0;
    double epoch = 0;
    std::int64_t wallMs = 0; ///< since the run's first start, pauses left out
    std::vector<MetricValue> values;
};

/// What is known so far of gradient spikes that belong together; see SpikeWatch.
struct SpikeFacts
{
    double peak = 0; ///< the largest of all layers, times their usual magnitude
    std::int64_t layers = 0; ///< that were reached
    std::optional<std::int64_t> lag; ///< steps until the last block followed; empty: not yet
    std::optional<double> dip; ///< fall of the kNN accuracy that came after; percentage points
    bool operator==(const SpikeFacts&) const = default;
};

/// Something worth a mark on the curves: a loss that is not finite, an image that cannot be read.
struct Incident
{
    std::int64_t step = 0;
    /// `non_finite`, `overflow`, `spike`, `unreadable_image`, `data_warning`, `initial_weights`,
    /// `slow_precision`, `checkpoint_failed`, `checkpoint_skipped`, `checkpoint_damaged`,
    /// `data_gone`, `roll_back`
    std::string kind;
    std::string layer; ///< empty where no layer is meant
    std::string message;
    /// Of a `spike`. It is told at its onset, and again when more is known: a later one takes the
    /// place of an earlier one with the same step and layer.
    std::optional<SpikeFacts> spike {};
};

struct CheckpointSaved
{
    std::int64_t step = 0;
    std::string path;
    std::string sha256; ///< lower-case hex
    std::int64_t bytes = 0;
    std::vector<std::string> removed; ///< older checkpoints of the run that were deleted
};

/// What the trainer is busy with outside its steps: indexing, joining the other processes,
/// evaluating, saving.
struct Progress
{
    std::string phase; ///< `indexing`, `joining`, `evaluating`, `saving`; empty: back to the steps
    std::int64_t done = 0;
    std::int64_t total = 0;
};

/// The run is over because of an error.
struct Failed
{
    Error error;
};
/// The run is over: all steps done, or stopped by request.
struct Finished
{
    std::int64_t step = 0; ///< updates done
    bool stopped = false; ///< before its last step
    /// A spike ended it, and a fork is to go on from its checkpoint of this step, as
    /// monitor.on_spike = roll_back asks for; only where RunRequest::mayRollBack.
    std::optional<std::int64_t> rollBackTo {};
};

using TrainingEvent = std::variant<RunFacts, StateChanged, MetricsDeclared, MetricBatch, Incident,
                                   CheckpointSaved, Progress, Failed, Finished>;

/// Where a trainer puts its events.
class EventSink
{
public:
    virtual ~EventSink() = default;
    /// From any thread of the trainer; must not block.
    virtual void publish(TrainingEvent event) = 0;
    /// Waits until what was published so far is kept where the end of the process cannot take it,
    /// or until that takes too long. Before a checkpoint: a run that goes on from it never tells
    /// again of the steps before it.
    virtual void settle() { }

protected:
    EventSink() = default;
    EventSink(const EventSink&) = default;
    EventSink& operator=(const EventSink&) = default;
};

} // namespace mocoscope::training
