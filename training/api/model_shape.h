// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/training_config.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace mocoscope::training {

/// How a ViT turns pixels into tokens.
enum class VitStem : std::uint8_t
{
    Patch, ///< one convolution as large as a patch
    WeightNormPatch, ///< the same, its weights split into direction and length
    Conv, ///< ConvStem: four 3×3 convolutions with BN and ReLU, then 1×1
};

/// What of a ViT's tokens becomes the feature.
enum class VitPooling : std::uint8_t
{
    ClassToken,
    NormMean, ///< no class token: final norm, then mean
    Mean, ///< no class token: mean, no final norm
};

enum class PositionEmbedding : std::uint8_t
{
    SinCos, ///< fixed
    Learned,
    None,
};

/// The dimensions of a ViT, with nothing left to be looked up.
struct VitShape
{
    std::int64_t imageSize = 0;
    std::int64_t patchSize = 0;
    std::int64_t depth = 0; ///< blocks that there are: one fewer than named with ConvStem
    std::int64_t width = 0;
    std::int64_t heads = 0;
    std::int64_t hidden = 0; ///< of the MLP
    VitStem stem = VitStem::Patch;
    VitPooling pooling = VitPooling::ClassToken;
    PositionEmbedding positions = PositionEmbedding::SinCos;
    bool batchNormMlp = false; ///< ViT-BN: BN in place of LN before the MLPs
    [[nodiscard]] std::int64_t gridSize() const { return imageSize / patchSize; }
    [[nodiscard]] bool hasClassToken() const { return pooling == VitPooling::ClassToken; }
    [[nodiscard]] std::int64_t tokens() const
    {
        return gridSize() * gridSize() + (hasClassToken() ? 1 : 0);
    }
    bool operator==(const VitShape&) const = default;
};

/// The dimensions of a ResNet. Defaults are those of every published one.
struct ResNetShape
{
    std::array<std::int64_t, 4> blocks {}; ///< residual blocks of each stage
    std::array<std::int64_t, 4> widths {64, 128, 256, 512}; ///< of each stage's 3×3 convolutions
    std::int64_t stemWidth = 64;
    bool isBottleneck = false; ///< 1×1, 3×3, 1×1 with four times the width; otherwise 3×3 twice
    bool isSmallImageStem = false; ///< 3×3 without stride or pooling, for CIFAR
    bool zeroInitResidual = true;
    [[nodiscard]] std::int64_t expansion() const { return isBottleneck ? 4 : 1; }
    [[nodiscard]] std::int64_t featureWidth() const { return widths[3] * expansion(); }
    bool operator==(const ResNetShape&) const = default;
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
/// Of resnet18, resnet34 and resnet50.
[[nodiscard]] ResNetShape resNetShape(const ModelConfig& config);

[[nodiscard]] bool isResNet(const ModelConfig& config);
/// Whether the images of a batch meet in the backbone, through the statistics of BN.
[[nodiscard]] bool hasBatchNorm(const ModelConfig& config);
/// Width of the backbone's feature.
[[nodiscard]] std::int64_t featureWidth(const ModelConfig& config);

/// What a configuration will need, from its numbers alone.
struct CostEstimate
{
    std::int64_t backboneParameters = 0;
    std::int64_t headParameters = 0; ///< projector, predictor and prototypes
    std::int64_t trainableParameters = 0;
    double backboneFlops = 0; ///< multiply-adds of one image, forward
    double memoryBytes = 0; ///< weights, optimizer state and activations of one step
};
[[nodiscard]] CostEstimate estimateCost(const TrainingConfig& config);

/// Steps of one epoch and of the run, whatever its task. The last incomplete batch is dropped,
/// except in linear probing; kNN is one step.
[[nodiscard]] std::int64_t stepsPerEpoch(const TrainingConfig& config, std::int64_t trainImages);
[[nodiscard]] std::int64_t totalSteps(const TrainingConfig& config, std::int64_t trainImages);

} // namespace mocoscope::training
