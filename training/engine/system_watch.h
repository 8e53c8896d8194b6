// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/trainer.h"
#include "training/engine/metric_board.h"
#include "training/monitors/system_probe.h"

#include <torch/torch.h>

#include <memory>
#include <vector>

namespace mocoscope::training {

/// Records what a run does to its machine beside the values of its steps. Thread: trainer.
class SystemWatch
{
public:
    /// Adds its metrics to `board`, which outlives this, before they are declared. Watches nothing
    /// where monitor.system_seconds is 0, or another process records this run.
    SystemWatch(const RunRequest& request, const std::vector<torch::Device>& devices,
                MetricBoard& board);

    /// Adds the newest sample, if there is one since the last step.
    void append(std::vector<MetricValue>& values);

private:
    std::unique_ptr<SystemSampler> m_sampler; ///< null: nothing is watched
    std::uint32_t m_firstMetric = 0;
};

} // namespace mocoscope::training
