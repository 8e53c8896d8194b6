// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/training_config.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace mocoscope::training {

/// Whether a run says what a backbone is worth instead of learning one.
[[nodiscard]] bool isEvaluation(const TrainingConfig& config);

/// "linear probing": the task as a person reads it.
[[nodiscard]] std::string taskTitle(const TrainingConfig& config);

/// Images of one step of the task; for kNN, of one forward pass.
[[nodiscard]] std::int64_t taskBatchSize(const TrainingConfig& config);
/// Epochs of the task; 1 for kNN.
[[nodiscard]] std::int64_t taskEpochs(const TrainingConfig& config);
/// `linear.batch_size`: the option that taskBatchSize() comes from.
[[nodiscard]] std::string_view batchSizeKey(const TrainingConfig& config);

/// The configuration that evaluates weights of a run: the run's own, with this task (`knn`,
/// `linear`, `finetune`) and these weights.
[[nodiscard]] TrainingConfig evaluationConfig(TrainingConfig evaluated, std::string_view task,
                                              const std::string& weights);
/// The same on other images. What belongs to the old ones, test images and limits, is dropped.
[[nodiscard]] TrainingConfig onOtherData(TrainingConfig config, const std::string& path);

} // namespace mocoscope::training
