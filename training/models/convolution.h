// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/models/batch_norm.h"
#include "training/models/fused_layers.h"

#include <torch/torch.h>

namespace mocoscope::training {

/// Convolution and BN of ResNets and of ConvStem. In bf16 the products are in bfloat16; BN takes
/// bfloat16 in and out, and computes in fp32, as under autocast.
struct ConvNorm
{
    torch::nn::Conv2d convolution {nullptr};
    SpanningNorm2d norm {nullptr};

    /// Square kernel, padding of half its size, no bias.
    ConvNorm(std::int64_t from, std::int64_t to, std::int64_t kernel, std::int64_t stride);

    /// x [B, from, S, S] of any float type → [B, to, S / stride, S / stride] in `precision`.
    [[nodiscard]] torch::Tensor operator()(const torch::Tensor& x, Precision precision);
};

/// x · W (+ bias) in `precision`, with the stride and padding of `layer`.
[[nodiscard]] torch::Tensor convolve(const torch::Tensor& x, const torch::nn::Conv2d& layer,
                                     Precision precision);

/// Normal with variance 2 / (outputs · kernel area). Source: He et al. 2015, fan out.
void drawHeFanOut(const torch::Tensor& weight, torch::Generator generator);

} // namespace mocoscope::training
