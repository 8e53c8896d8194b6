// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/api/model_shape.h"

#include "training/api/backbone_cost.h"
#include "training/api/method_shape.h"
#include "training/api/task.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace mocoscope::training {

namespace {

/// Source: METHOD of MoCo v3 (S, B, L, H; S with 12 heads there), Touvron et al. 2021 (Tiny).
constexpr std::array<NamedVit, 5> vits {{
    {"vit_tiny", "ViT-Tiny", 12, 192, 3, 16},
    {"vit_small", "ViT-S", 12, 384, 12, 16},
    {"vit_base", "ViT-B", 12, 768, 12, 16},
    {"vit_large", "ViT-L", 24, 1024, 16, 16},
    {"vit_huge", "ViT-H", 32, 1280, 16, 14},
}};

std::int64_t orNamed(std::int64_t own, std::int64_t named)
{
    return own > 0 ? own : named;
}

/// Weights, gradients, optimizer state, and what is kept to undo a step that is not finite.
double stateBytes(const TrainingConfig& config, const CostEstimate& cost, const MethodShape& method)
{
    const std::string& optimizer = config.optimizer.name;
    // the gradient, and two moments or one
    const double perTrained = optimizer == "adamw" || optimizer == "lamb" ? 3 : 2;
    const std::int64_t momentumEncoder
        = method.hasMomentumEncoder ? cost.backboneParameters + method.projector.parameters() : 0;
    const std::int64_t queue = method.queue * method.projector.output;
    return 4.0
        * (static_cast<double>(cost.backboneParameters + cost.headParameters)
           + perTrained * static_cast<double>(cost.trainableParameters)
           + 2.0 * static_cast<double>(momentumEncoder + queue));
}

/// Views of images that the backbone keeps activations of until their backward pass.
double imagesAlive(const TrainingConfig& config, const MethodShape& method)
{
    if (config.train.microBatch > 0) {
        return static_cast<double>(config.train.microBatch); // one view after the other
    }
    return static_cast<double>(config.train.batchSize) * (method.isOneDirection ? 1 : 2);
}

/// The similarities, their softmax and their gradient, fp32.
double lossBytes(const TrainingConfig& config)
{
    return 3 * 4.0 * comparedPairs(config.method, config.train.batchSize);
}

/// Of a task without heads, momentum encoder and second view.
CostEstimate evaluationCost(const TrainingConfig& config, const BackboneCost& backbone)
{
    const bool isTrained = config.task.name == "finetune";
    const auto images = static_cast<double>(config.train.microBatch > 0 ? config.train.microBatch
                                                                        : taskBatchSize(config));
    CostEstimate cost;
    cost.backboneParameters = backbone.parameters;
    cost.trainableParameters = isTrained ? backbone.parameters : 0;
    cost.backboneFlops = backbone.flops;
    // The gradient and AdamW's two moments; where nothing is trained no activation is kept either.
    cost.memoryBytes = 4.0 * static_cast<double>(backbone.parameters) * (isTrained ? 4 : 1)
        + (isTrained ? images * backbone.activationBytes : 0);
    return cost;
}

} // namespace

std::span<const NamedVit> namedVits()
{
    return vits;
}

VitShape vitShape(const ModelConfig& config)
{
    const auto named = std::find_if(vits.begin(), vits.end(),
                                    [&](const NamedVit& vit) { return vit.name == config.name; });
    const NamedVit& base = named == vits.end() ? vits[1] : *named;
    VitShape shape;
    shape.imageSize = config.imageSize;
    shape.patchSize = orNamed(config.patchSize, base.patchSize);
    shape.depth = orNamed(config.depth, base.depth);
    shape.width = orNamed(config.width, base.width);
    shape.heads = orNamed(config.heads, base.heads);
    shape.hidden = std::llround(static_cast<double>(shape.width) * config.mlpRatio);
    shape.stem = config.stem == "conv" ? VitStem::Conv
        : config.patchEmbedWeightNorm  ? VitStem::WeightNormPatch
                                       : VitStem::Patch;
    shape.pooling = config.pooling == "mean" ? VitPooling::Mean
        : config.pooling == "norm_mean"      ? VitPooling::NormMean
                                             : VitPooling::ClassToken;
    shape.positions = config.positionEmbedding == "learned" ? PositionEmbedding::Learned
        : config.positionEmbedding == "none"                ? PositionEmbedding::None
                                                            : PositionEmbedding::SinCos;
    shape.batchNormMlp = config.mlpNorm == "batch";
    if (shape.stem == VitStem::Conv) {
        --shape.depth; // the stem takes the place of a block
    }
    return shape;
}

ResNetShape resNetShape(const ModelConfig& config)
{
    ResNetShape shape;
    shape.blocks = config.name == "resnet18" ? std::array<std::int64_t, 4> {2, 2, 2, 2}
                                             : std::array<std::int64_t, 4> {3, 4, 6, 3};
    shape.isBottleneck = config.name == "resnet50";
    shape.isSmallImageStem = config.stem == "cifar";
    shape.zeroInitResidual = config.zeroInitResidual;
    return shape;
}

bool isResNet(const ModelConfig& config)
{
    return config.name.starts_with("resnet");
}

bool hasBatchNorm(const ModelConfig& config)
{
    return isResNet(config) || config.mlpNorm == "batch" || config.stem == "conv";
}

std::int64_t featureWidth(const ModelConfig& config)
{
    return isResNet(config) ? resNetShape(config).featureWidth() : vitShape(config).width;
}

CostEstimate estimateCost(const TrainingConfig& config)
{
    const BackboneCost backbone
        = backboneCost(config.model, config.train.precision == "fp32" ? 4 : 2);
    if (isEvaluation(config)) {
        return evaluationCost(config, backbone);
    }
    const MethodShape method = methodShape(config.method, featureWidth(config.model));
    CostEstimate cost;
    cost.backboneParameters = backbone.parameters;
    cost.headParameters = method.parameters();
    cost.trainableParameters = cost.backboneParameters + cost.headParameters
        - (config.model.freezePatchEmbed ? backbone.stemParameters : 0);
    cost.backboneFlops = backbone.flops;

    cost.memoryBytes = stateBytes(config, cost, method)
        + imagesAlive(config, method) * backbone.activationBytes + lossBytes(config);
    return cost;
}

std::int64_t stepsPerEpoch(const TrainingConfig& config, std::int64_t trainImages)
{
    const std::int64_t batch = taskBatchSize(config);
    if (batch <= 0 || config.task.name == "knn") {
        return batch <= 0 ? 0 : 1;
    }
    const bool keepsLastBatch = config.task.name == "linear";
    return (trainImages + (keepsLastBatch ? batch - 1 : 0)) / batch;
}

std::int64_t totalSteps(const TrainingConfig& config, std::int64_t trainImages)
{
    const std::int64_t steps = stepsPerEpoch(config, trainImages) * taskEpochs(config);
    return config.train.maxSteps > 0 ? std::min(config.train.maxSteps, steps) : steps;
}

} // namespace mocoscope::training
