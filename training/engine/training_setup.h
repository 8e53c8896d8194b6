// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/trainer.h"
#include "training/data/dataset.h"
#include "training/engine/checkpoint.h"
#include "training/engine/metric_board.h"
#include "training/engine/replica_crew.h"

#include <torch/torch.h>

#include <memory>

namespace mocoscope::training {

/// Everything that a run needs before its first step. Owned by the trainer's thread.
struct TrainingSetup
{
    DatasetPair data;
    std::vector<torch::Device> devices; ///< one a replica
    std::unique_ptr<ReplicaCrew> crew;
    std::unique_ptr<MetricBoard> board;
    RunFacts facts;
    TrainingPosition start; ///< where the checkpoint that it goes on from stands

    /// Whether this process evaluates and saves: it is alone, or the first of several.
    [[nodiscard]] bool isRecorder() const { return rankOf(crew->processes()) == 0; }
};

/// Opens the data, builds the model and loads what it starts from. Tells its progress; may throw
/// what LibTorch throws.
[[nodiscard]] Result<TrainingSetup> setUpTraining(const RunRequest& request, EventSink& events,
                                                  const RunControl& control);

} // namespace mocoscope::training
