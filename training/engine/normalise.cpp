// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/normalise.h"

#include "training/data/view_operators.h"

#include <array>
#include <span>
#include <vector>

namespace mocoscope::training {

torch::Tensor normalised(const torch::Tensor& images)
{
    if (images.scalar_type() != torch::kUInt8) {
        return images;
    }
    const torch::NoGradGuard noGradient;
    // Tensors: by a number a GPU would divide with its reciprocal, which rounds otherwise.
    // Not waited for: a GPU's queue would run dry at each part of each batch.
    const auto ofChannels = [&](std::span<const float> values) {
        return torch::tensor(std::vector<float>(values.begin(), values.end()))
            .view({1, -1, 1, 1})
            .to(images.device(), torch::kFloat, /*non_blocking=*/true);
    };
    constexpr std::array brightest {255.0F};
    return images.to(torch::kFloat)
        .div_(ofChannels(brightest))
        .sub_(ofChannels(imageNetMean))
        .div_(ofChannels(imageNetDeviation));
}

} // namespace mocoscope::training
