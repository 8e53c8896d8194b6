// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

namespace mocoscope::training {

/// x [N, D] with rows of L2 norm 1; a row of zeros stays one.
[[nodiscard]] inline torch::Tensor unitRows(const torch::Tensor& x)
{
    return torch::nn::functional::normalize(x,
                                            torch::nn::functional::NormalizeFuncOptions().dim(1));
}

} // namespace mocoscope::training
