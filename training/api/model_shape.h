// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/training_config.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace mocoscope::training {

/// The dimensions of a ViT, with nothing left to be looked up.
struct VitShape
{
    std::int64_t imageSize = 0;
    std::int64_t patchSize = 0;
    std::int64_t depth = 0;
    std::int64_t width = 0;
    std::int64_t heads = 0;
    std::int64_t hidden = 0; ///< of the MLP
    [[nodiscard]] std::int64_t gridSize() const { return imageSize / patchSize; }
    [[nodiscard]] std::int64_t tokens() const { return gridSize() * gridSize() + 1; }
    bool operator==(const VitShape&) const = default;
};

/// A model name and the dimensions it stands for, at patch size and depth as published.
struct NamedVit
{
    std::string_view name;
    std::string_view title;
    std::int64_t depth, width, heads, patchSize;
};
[[nodiscard]] std::span<const NamedVit> namedVits();

/// The config's own numbers where they are not 0, the named model's otherwise.
[[nodiscard]] VitShape vitShape(const ModelConfig& config);

[[nodiscard]] bool isResNet(const ModelConfig& config);

/// What a configuration will need, from its numbers alone.
struct CostEstimate
{
    std::int64_t backboneParameters = 0;
    std::int64_t headParameters = 0; ///< projector and predictor
    std::int64_t trainableParameters = 0;
    double backboneFlops = 0; ///< multiply-adds of one image, forward
    double memoryBytes = 0; ///< weights, optimizer state and activations of one step
};
[[nodiscard]] CostEstimate estimateCost(const TrainingConfig& config);

/// Steps of one epoch (the last incomplete batch is dropped) and of the run.
[[nodiscard]] std::int64_t stepsPerEpoch(const TrainingConfig& config, std::int64_t trainImages);
[[nodiscard]] std::int64_t totalSteps(const TrainingConfig& config, std::int64_t trainImages);

} // namespace mocoscope::training
