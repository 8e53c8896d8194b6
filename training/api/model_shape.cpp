// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/api/model_shape.h"

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

/// Linear layers without bias; BN with γ, β after hidden ones, without after the last.
std::int64_t headParameters(std::int64_t in, std::int64_t layers, std::int64_t hidden,
                            std::int64_t out)
{
    std::int64_t sum = 0;
    for (std::int64_t i = 0; i < layers; ++i) {
        const bool isLast = i + 1 == layers;
        const std::int64_t from = i == 0 ? in : hidden;
        const std::int64_t to = isLast ? out : hidden;
        sum += from * to + (isLast ? 0 : 2 * to);
    }
    return sum;
}

std::int64_t blockParameters(const VitShape& shape)
{
    const std::int64_t w = shape.width;
    return 4 * w * w + 4 * w + 2 * w * shape.hidden + shape.hidden + w + 4 * w;
}

std::int64_t patchEmbedParameters(const VitShape& shape)
{
    return shape.width * (3 * shape.patchSize * shape.patchSize + 1);
}

/// Multiply-adds of one image: patch projection, then per block qkv, attention, projection, MLP.
double forwardFlops(const VitShape& shape)
{
    const auto tokens = static_cast<double>(shape.tokens());
    const auto width = static_cast<double>(shape.width);
    const auto hidden = static_cast<double>(shape.hidden);
    const auto patches = tokens - 1;
    const auto patch = static_cast<double>(3 * shape.patchSize * shape.patchSize);
    const double block
        = tokens * (4 * width * width + 2 * width * hidden) + 2 * tokens * tokens * width;
    return patches * patch * width + static_cast<double>(shape.depth) * block;
}

/// Bytes that autograd keeps for one image and one view: what each block saves for its backward
/// pass with fused attention. Counted from the layers, checked against measured peaks.
double activationBytes(const VitShape& shape, double bytesPerElement)
{
    const auto tokens = static_cast<double>(shape.tokens());
    const auto width = static_cast<double>(shape.width);
    const auto hidden = static_cast<double>(shape.hidden);
    // norm1 in/out, qkv, attention out, projection out, norm2 out; fc1 out, GELU out
    const double perToken = 8 * width + 2 * hidden;
    return static_cast<double>(shape.depth) * tokens * perToken * bytesPerElement;
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
    return shape;
}

bool isResNet(const ModelConfig& config)
{
    return config.name.starts_with("resnet");
}

CostEstimate estimateCost(const TrainingConfig& config)
{
    const VitShape shape = vitShape(config.model);
    const MethodConfig& method = config.method;
    const std::int64_t projector = headParameters(shape.width, method.projectorLayers,
                                                  method.projectorHidden, method.outputDim);
    const std::int64_t predictor = headParameters(method.outputDim, method.predictorLayers,
                                                  method.predictorHidden, method.outputDim);
    CostEstimate cost;
    cost.backboneParameters = patchEmbedParameters(shape) + shape.width // class token
        + shape.depth * blockParameters(shape) + 2 * shape.width;
    cost.headParameters = projector + predictor;
    cost.trainableParameters = cost.backboneParameters + cost.headParameters
        - (config.model.freezePatchEmbed ? patchEmbedParameters(shape) : 0);
    cost.backboneFlops = forwardFlops(shape);

    const std::int64_t momentumParameters = cost.backboneParameters + projector;
    // weights of both encoders; gradients and, for AdamW, two moments of the trained ones
    const double states
        = config.optimizer.name == "adamw" || config.optimizer.name == "lamb" ? 3 : 2;
    const double weights = 4.0
        * (static_cast<double>(cost.backboneParameters + cost.headParameters + momentumParameters)
           + states * static_cast<double>(cost.trainableParameters));
    const std::int64_t rows
        = config.train.microBatch > 0 ? config.train.microBatch : config.train.batchSize;
    const double elementBytes = config.train.precision == "fp32" ? 4 : 2;
    // Both views are alive until the backward pass.
    cost.memoryBytes
        = weights + 2.0 * static_cast<double>(rows) * activationBytes(shape, elementBytes);
    return cost;
}

std::int64_t stepsPerEpoch(const TrainingConfig& config, std::int64_t trainImages)
{
    return config.train.batchSize > 0 ? trainImages / config.train.batchSize : 0;
}

std::int64_t totalSteps(const TrainingConfig& config, std::int64_t trainImages)
{
    const std::int64_t steps = stepsPerEpoch(config, trainImages) * config.train.epochs;
    return config.train.maxSteps > 0 ? std::min(config.train.maxSteps, steps) : steps;
}

} // namespace mocoscope::training
