// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

namespace mocoscope::training {

/// Fills `weight` from [-bound, bound), outside of autograd.
inline void drawUniform(const torch::Tensor& weight, double bound,
                        const torch::Generator& generator)
{
    const torch::NoGradGuard noGradient;
    weight.uniform_(-bound, bound, generator);
}

} // namespace mocoscope::training
