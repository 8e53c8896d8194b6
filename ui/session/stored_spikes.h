// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/run_record.h"
#include "training/api/spike_watch.h"

#include <stop_token>
#include <string>
#include <vector>

namespace mocoscope::ui {

/// The curves among `names` that hold gradients (`grad/l2/…`): their layers, in that order.
[[nodiscard]] std::vector<std::string> gradientLayers(const std::vector<std::string>& names);

/// A watch that has seen the recorded steps before `untilStep`, and what it found in them: the same
/// as while the run was on. Takes about a microsecond a value; any thread. Stopped early, it
/// has seen a part.
[[nodiscard]] training::SpikeWatch watchStored(const training::MonitorConfig& options,
                                               const std::vector<std::string>& layers,
                                               const std::vector<storage::Curve>& curves,
                                               std::int64_t untilStep,
                                               const std::stop_token& stop = {});

} // namespace mocoscope::ui
