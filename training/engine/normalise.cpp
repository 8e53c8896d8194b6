// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/normalise.h"

#include <vector>

namespace mocoscope::training {

torch::Tensor normalised(const torch::Tensor& images)
{
    if (images.scalar_type() != torch::kUInt8) {
        return images;
    }
    const torch::NoGradGuard noGradient;
    // Tensors: by a number a GPU would divide with its reciprocal, which rounds otherwise.
    const auto ofChannels = [&](std::initializer_list<float> values) {
        return torch::tensor(std::vector<float>(values)).view({1, -1, 1, 1}).to(images.device());
    };
    return images.to(torch::kFloat)
        .div_(ofChannels({255.0F}))
        .sub_(ofChannels({0.485F, 0.456F, 0.406F}))
        .div_(ofChannels({0.229F, 0.224F, 0.225F}));
}

} // namespace mocoscope::training
