// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

namespace mocoscope::training {

/// Images [N, 3, H, W] as bytes become what ToTensor and Normalize with ImageNet's mean and
/// deviation make of them, fp32, on their device; bit for bit writeNormalised(). Floats have been
/// normalised already and stay as they are.
[[nodiscard]] torch::Tensor normalised(const torch::Tensor& images);

} // namespace mocoscope::training
