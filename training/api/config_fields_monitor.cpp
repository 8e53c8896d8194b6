// SPDX-License-Identifier: GPL-3.0-or-later
// The options of what is watched during training.
#include "training/api/config_rows.h"

namespace mocoscope::training::config_rows {

namespace {

using M = MonitorConfig;
constexpr const char* spikeGroup = "Gradient spikes";

void addThresholds(Rows& rows)
{
    rows.push_back(Row("monitor.spike_threshold", &T::monitor, &M::spikeThreshold, spikeGroup,
                       "Spike above",
                       "A spike begins where the logarithm of a layer's gradient lies this many "
                       "robust deviations (from the median absolute deviation) above its running "
                       "median.")
                       .range(0, 1000)
                       .unit("deviations")
                       .zeroMeans("not watched")
                       .take());
    rows.push_back(Row("monitor.spike_release", &T::monitor, &M::spikeRelease, spikeGroup,
                       "Until below",
                       "A spike lasts until the deviation falls below this, so that one that "
                       "wavers is not counted twice.")
                       .range(0, 1000)
                       .unit("deviations")
                       .advanced()
                       .take());
    rows.push_back(Row("monitor.spike_factor", &T::monitor, &M::spikeFactor, spikeGroup,
                       "And above",
                       "A spike also has to be this many times the layer's running median: what is "
                       "unusual only because the layer is very quiet is none.")
                       .range(1, 1000)
                       .unit("× usual")
                       .advanced()
                       .take());
}

void addTimes(Rows& rows)
{
    rows.push_back(Row("monitor.spike_window", &T::monitor, &M::spikeWindow, spikeGroup,
                       "Running median", "Steps before the present one that say what is usual.")
                       .range(11, 10001)
                       .unit("steps")
                       .advanced()
                       .take());
    rows.push_back(Row("monitor.spike_warmup", &T::monitor, &M::spikeWarmup, spikeGroup,
                       "Judged after",
                       "Steps of a layer before it is judged, also those of a fork.")
                       .range(5, 10001)
                       .unit("steps")
                       .advanced()
                       .take());
    rows.push_back(Row("monitor.spike_gap", &T::monitor, &M::spikeGap, spikeGroup,
                       "Incident ends after",
                       "Steps without a spike in any layer. What comes earlier belongs to the same "
                       "incident.")
                       .range(1, 10000)
                       .unit("steps")
                       .advanced()
                       .take());
    rows.push_back(Row("monitor.spike_dip", &T::monitor, &M::spikeDip, spikeGroup, "kNN dip",
                       "An incident has brought about a dip where one of the next three "
                       "evaluations lies this far below the best one before it, and further than "
                       "before the incident.")
                       .range(0.01, 100)
                       .unit("% points")
                       .advanced()
                       .take());
}

void addRollBack(Rows& rows)
{
    rows.push_back(Row("monitor.roll_back_lr", &T::monitor, &M::rollBackLr, spikeGroup,
                       "Rate after a roll-back",
                       "The base learning rate of the fork that goes on after a roll-back, as a "
                       "multiple of the one before.")
                       .range(0.001, 1)
                       .unit("× before")
                       .advanced()
                       .take());
    rows.push_back(Row("monitor.roll_backs", &T::monitor, &M::rollBacks, spikeGroup,
                       "Roll-backs at most",
                       "How often a run is rolled back; a fork that goes on has one less. Spikes "
                       "after the last one are marked.")
                       .range(0, 100)
                       .zeroMeans("only marked")
                       .advanced()
                       .take());
}

} // namespace

void addMonitor(Rows& rows)
{
    addThresholds(rows);
    addTimes(rows);
    rows.push_back(
        Row("monitor.on_spike", &T::monitor, &M::onSpike, spikeGroup, "On a spike",
            "Marks it on the curves; saves a checkpoint right after the step in which "
            "it began as well; pauses with that checkpoint; or ends the run and goes on with a "
            "fork of it from the last checkpoint before. Where nobody watches (on the command "
            "line) pause does what checkpoint does, and so does a roll-back in sweeps and under "
            "launchers.")
            .choices({{"mark", "mark it"},
                      {"checkpoint", "save a checkpoint"},
                      {"pause", "pause"},
                      {"roll_back", "roll back"}})
            .take());
    addRollBack(rows);
    rows.push_back(Row("monitor.system_seconds", &T::monitor, &M::systemSeconds, "Machine",
                       "Load every",
                       "How often load, memory and free disk space of the machine, and load, "
                       "memory, temperature and power of the run's GPUs are recorded beside its "
                       "steps; a tenth of a second at least.")
                       .range(0, 3600)
                       .unit("s")
                       .zeroMeans("never")
                       .advanced()
                       .take());
}

} // namespace mocoscope::training::config_rows
