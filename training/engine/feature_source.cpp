// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/feature_source.h"

#include "training/engine/device.h"

namespace mocoscope::training {

Precision precisionOf(const TrainingConfig& config, const torch::Device& device)
{
    const bool isBf16 = config.train.precision == "bf16"
        || (config.train.precision == "auto" && isFastInBf16(device));
    return config.train.precision == "fp16" ? Precision::Fp16
        : isBf16                            ? Precision::Bf16
                                            : Precision::Fp32;
}

Result<LabelledFeatures> extractFeatures(const FeatureSource& source,
                                         const std::shared_ptr<const Dataset>& dataset,
                                         const ExtractionRange& range)
{
    return extractFeatures(
        source.backbone, dataset, source.config,
        {precisionOf(source.config, source.device), source.device, range.limit},
        [&](std::int64_t done) {
            source.events.publish(Progress {"evaluating", range.before + done, range.total});
            return !source.control.isStopRequested();
        });
}

} // namespace mocoscope::training
