// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/api/method_shape.h"

namespace mocoscope::training {

std::int64_t HeadShape::parameters() const
{
    std::int64_t sum = 0;
    for (std::int64_t i = 0; i < layers; ++i) {
        const bool isLast = i + 1 == layers;
        const std::int64_t from = i == 0 ? input : hidden;
        const std::int64_t to = isLast ? output : hidden;
        const std::int64_t norm = normaliseHidden && !isLast ? 2 * to : 0; // γ, β
        const std::int64_t bias = normaliseHidden ? 0 : to;
        sum += from * to + norm + bias;
    }
    return sum;
}

std::int64_t MethodShape::parameters() const
{
    return projector.parameters() + predictor.parameters() + prototypes * projector.output;
}

MethodShape methodShape(const MethodConfig& config, std::int64_t featureWidth)
{
    const bool isMoco12 = config.name == "moco_v1" || config.name == "moco_v2";
    const bool isPredicted = config.name == "moco_v3" || config.name == "byol";
    MethodShape shape;
    shape.projector = {featureWidth,           config.projectorHidden, config.outputDim,
                       config.projectorLayers, config.headNorm,        config.headNorm};
    shape.predictor = {config.outputDim, config.predictorHidden,
                       config.outputDim, isPredicted ? config.predictorLayers : 0,
                       config.headNorm,  config.headNorm && config.predictorOutputNorm};
    shape.hasMomentumEncoder = isMoco12 || isPredicted;
    shape.isOneDirection = isMoco12;
    shape.prototypes = config.name == "swav" ? config.prototypes : 0;
    shape.queue = isMoco12 ? config.queueSize : 0;
    return shape;
}

double comparedPairs(const MethodConfig& config, std::int64_t images)
{
    const auto rows = static_cast<double>(images);
    if (config.name == "moco_v3") {
        return 2 * rows * rows; // both directions
    }
    if (config.name == "simclr") {
        return 4 * rows * rows; // all views with all views
    }
    if (config.name == "swav") {
        return 2 * rows * static_cast<double>(config.prototypes);
    }
    if (config.name == "byol") {
        return 2 * rows;
    }
    return rows * static_cast<double>(config.queueSize + 1);
}

} // namespace mocoscope::training
