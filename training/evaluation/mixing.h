// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/data/philox.h"

#include <torch/torch.h>

namespace mocoscope::training {

/// Labels as shares of classes, [N, C] fp32: 1 - smoothing on the label, the rest spread over all.
[[nodiscard]] torch::Tensor smoothLabels(const torch::Tensor& labels, std::int64_t classes,
                                         double smoothing);
/// Mean of -Σ target · log softmax(logits); both [N, C]. A scalar.
[[nodiscard]] torch::Tensor softCrossEntropy(const torch::Tensor& logits,
                                             const torch::Tensor& targets);

/// A number of the Beta distribution with both parameters `alpha` > 0.
[[nodiscard]] double drawBeta(double alpha, RandomStream& random);

/// What of the batch's reversed copy goes into the batch.
struct Mix
{
    double share = 1; ///< of an image's own label
    /// A rectangle that is pasted; empty: all pixels are blended.
    std::int64_t top = 0, bottom = 0, left = 0, right = 0;
    bool isPaste = false;
};
/// With both, each batch takes one of the two at random; 0: not that one.
/// Source: Zhang et al. 2018 (mixup), Yun et al. 2019 (CutMix), as timm mixes whole batches.
[[nodiscard]] Mix drawMix(double mixup, double cutmix, std::int64_t imageSize, RandomStream random);

/// images [N, 3, S, S] → the same.
[[nodiscard]] torch::Tensor mixedImages(const torch::Tensor& images, const Mix& mix);
/// targets [N, C] → the same.
[[nodiscard]] torch::Tensor mixedTargets(const torch::Tensor& targets, const Mix& mix);

} // namespace mocoscope::training
