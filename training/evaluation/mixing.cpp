// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/evaluation/mixing.h"

#include "training/data/normal_draw.h"

#include <algorithm>
#include <cmath>

namespace mocoscope::training {

using torch::Tensor;

namespace {

/// Source: Marsaglia, Tsang 2000.
double drawGamma(double shape, RandomStream& random)
{
    if (shape < 1) {
        const double larger = drawGamma(shape + 1, random);
        return larger * std::pow(1 - random.uniform(), 1 / shape);
    }
    const double d = shape - 1.0 / 3;
    const double c = 1 / std::sqrt(9 * d);
    for (;;) {
        const double x = drawNormal(random);
        const double v = std::pow(1 + c * x, 3);
        if (v > 0 && std::log(1 - random.uniform()) < 0.5 * x * x + d - d * v + d * std::log(v)) {
            return d * v;
        }
    }
}

/// A rectangle of about 1 - share of the area, its centre anywhere; what sticks out is cut off.
Mix rectangle(double share, std::int64_t size, RandomStream& random)
{
    const auto side = static_cast<std::int64_t>(static_cast<double>(size) * std::sqrt(1 - share));
    const std::int64_t x = random.below(size);
    const std::int64_t y = random.below(size);
    const auto inside = [size](std::int64_t at) { return std::clamp<std::int64_t>(at, 0, size); };
    Mix mix;
    mix.isPaste = true;
    mix.top = inside(y - side / 2);
    mix.bottom = inside(y + side / 2);
    mix.left = inside(x - side / 2);
    mix.right = inside(x + side / 2);
    const std::int64_t pasted = (mix.bottom - mix.top) * (mix.right - mix.left);
    mix.share = 1 - static_cast<double>(pasted) / static_cast<double>(size * size);
    return mix;
}

} // namespace

Tensor smoothLabels(const Tensor& labels, std::int64_t classes, double smoothing)
{
    const double spread = smoothing / static_cast<double>(classes);
    return torch::full({labels.size(0), classes}, spread,
                       torch::TensorOptions().dtype(torch::kFloat32).device(labels.device()))
        .scatter_(1, labels.unsqueeze(1), 1 - smoothing + spread);
}

Tensor softCrossEntropy(const Tensor& logits, const Tensor& targets)
{
    return -(targets * logits.log_softmax(1)).sum(1).mean();
}

double drawBeta(double alpha, RandomStream& random)
{
    const double first = drawGamma(alpha, random);
    const double second = drawGamma(alpha, random);
    // With a tiny alpha both can come out as 0.
    return first + second > 0 ? first / (first + second) : 0.5;
}

Mix drawMix(double mixup, double cutmix, std::int64_t imageSize, RandomStream random)
{
    const double choice = random.uniform();
    if (cutmix > 0 && (mixup <= 0 || choice < 0.5)) {
        return rectangle(drawBeta(cutmix, random), imageSize, random);
    }
    Mix mix;
    mix.share = mixup > 0 ? drawBeta(mixup, random) : 1;
    return mix;
}

Tensor mixedImages(const Tensor& images, const Mix& mix)
{
    if (!mix.isPaste) {
        return mix.share == 1 ? images : images * mix.share + images.flip(0) * (1 - mix.share);
    }
    using torch::indexing::Slice;
    const auto place = {torch::indexing::TensorIndex(Slice()),
                        {Slice()},
                        {Slice(mix.top, mix.bottom)},
                        {Slice(mix.left, mix.right)}};
    Tensor mixed = images.clone();
    mixed.index_put_(place, images.flip(0).index(place));
    return mixed;
}

Tensor mixedTargets(const Tensor& targets, const Mix& mix)
{
    return mix.share == 1 ? targets : targets * mix.share + targets.flip(0) * (1 - mix.share);
}

} // namespace mocoscope::training
