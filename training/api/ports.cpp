// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/api/ports.h"

#include "training/api/model_shape.h"
#include "training/api/task.h"

namespace mocoscope::training {

std::filesystem::path labelsFile(const std::filesystem::path& features)
{
    return features.parent_path() / (features.stem().string() + ".labels.npy");
}

Result<void> checkImages(const TrainingConfig& config, const DatasetFacts& facts)
{
    if (isEvaluation(config) && (facts.classes.empty() || facts.testImages == 0)) {
        return failure(ErrorCode::BadConfiguration,
                       "data.path = " + config.data.path + ": "
                           + (facts.classes.empty() ? "the images have no labels"
                                                    : "there are no test images"),
                       taskTitle(config) + " needs labelled images, also to test with");
    }
    if (stepsPerEpoch(config, facts.trainImages) > 0) {
        return {};
    }
    return failure(ErrorCode::BadConfiguration,
                   std::string(batchSizeKey(config)) + " = " + std::to_string(taskBatchSize(config))
                       + ": there are only " + std::to_string(facts.trainImages) + " images",
                   "expected at most as many as there are images");
}

} // namespace mocoscope::training
