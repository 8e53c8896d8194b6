// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/trainer.h"
#include "training/data/dataset.h"

#include <torch/torch.h>

#include <vector>

namespace mocoscope::training {

/// What every run needs, whatever its task.
struct RunEnvironment
{
    torch::Device device = torch::kCPU; ///< the first of them
    std::vector<torch::Device> devices; ///< one a replica
    DatasetPair data;
};

/// Checks the configuration, finds the devices, sets the tensor library's threads and opens the
/// data, whose progress is told.
[[nodiscard]] Result<RunEnvironment>
prepareEnvironment(const RunRequest& request, EventSink& events, const RunControl& control);

} // namespace mocoscope::training
