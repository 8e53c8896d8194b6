// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/measured_speed.h"

#include "training/api/config_json.h"

namespace mocoscope::ui {

using training::TrainingConfig;

namespace {

/// The first steps are slower than the rest.
constexpr std::int64_t fewestSteps = 10;

/// Whether a step costs the same; views and schedules cost next to nothing.
bool costsTheSame(const TrainingConfig& one, const TrainingConfig& other)
{
    training::ModelConfig model = one.model;
    model.initialWeights = other.model.initialWeights;
    return one.task == other.task && one.linear.batchSize == other.linear.batchSize
        && one.linear.augment == other.linear.augment
        && one.finetune.batchSize == other.finetune.batchSize && model == other.model
        && one.method.name == other.method.name
        && one.method.projectorLayers == other.method.projectorLayers
        && one.method.projectorHidden == other.method.projectorHidden
        && one.method.predictorLayers == other.method.predictorLayers
        && one.method.predictorHidden == other.method.predictorHidden
        && one.method.outputDim == other.method.outputDim
        && one.optimizer.name == other.optimizer.name
        && one.train.batchSize == other.train.batchSize
        && one.train.microBatch == other.train.microBatch
        && one.train.precision == other.train.precision && one.train.device == other.train.device
        && one.train.threads == other.train.threads && one.data.path == other.data.path;
}

} // namespace

std::optional<MeasuredStep> MeasuredSpeed::find(const TrainingConfig& config,
                                                std::span<const storage::RunRecord> runs)
{
    for (const storage::RunRecord& run : runs) {
        if (run.stepsDone < fewestSteps || run.durationMs <= 0) {
            continue;
        }
        const TrainingConfig* other = configOf(run);
        if (other && costsTheSame(config, *other)) {
            return MeasuredStep {
                static_cast<double>(run.durationMs) / static_cast<double>(run.stepsDone),
                QString::fromStdString(run.name), QString::fromStdString(run.device)};
        }
    }
    return std::nullopt;
}

const TrainingConfig* MeasuredSpeed::configOf(const storage::RunRecord& run)
{
    auto known = m_configs.find(run.id);
    if (known == m_configs.end()) {
        std::optional<TrainingConfig> read;
        if (auto config = training::fromJson(run.configJson)) {
            read = *config;
        }
        known = m_configs.emplace(run.id, std::move(read)).first;
    }
    return known->second ? &*known->second : nullptr;
}

} // namespace mocoscope::ui
