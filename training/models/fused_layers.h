// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

namespace mocoscope::training {

/// How matrix products are computed. bf16 follows autocast: products in bfloat16, sums of the
/// residual stream, normalisation and weights in fp32.
enum class Precision : std::uint8_t
{
    Fp32,
    Bf16,
    Fp16
};

/// The type of matrix products and convolutions; all else is fp32.
[[nodiscard]] torch::ScalarType typeOf(Precision precision);

/// Layers of a ViT block as single autograd nodes. They keep the inputs of the normalisation and of
/// the GELU and compute the cheap rest again in the backward pass, so that a block keeps 10 widths
/// a token where autograd over single operators keeps 16. Same values up to rounding. Any device.

/// linear(layerNorm(x)); x [B, T, W] fp32, weight [O, W]. Returns [B, T, O] in `precision`.
[[nodiscard]] torch::Tensor normLinear(const torch::Tensor& x, const torch::Tensor& normWeight,
                                       const torch::Tensor& normBias, double epsilon,
                                       const torch::Tensor& weight, const torch::Tensor& bias,
                                       Precision precision);

/// Multi-head self-attention of packed q, k, v: qkv [B, T, 3·W]. Returns [B, T, W].
[[nodiscard]] torch::Tensor selfAttention(const torch::Tensor& qkv, std::int64_t heads);

/// How the first token, the class token, attends: softmax(q·kᵀ/√D) of its query over all tokens,
/// the weights of which selfAttention() takes its mean. qkv [B, T, 3·W]. Returns [B, heads, T]
/// fp32.
[[nodiscard]] torch::Tensor firstTokenAttention(const torch::Tensor& qkv, std::int64_t heads);

/// x + linear(y); x [B, T, W] fp32, y [B, T, I] in `precision`. Returns fp32.
[[nodiscard]] torch::Tensor addLinear(const torch::Tensor& x, const torch::Tensor& y,
                                      const torch::Tensor& weight, const torch::Tensor& bias,
                                      Precision precision);

struct MlpWeights
{
    torch::Tensor normWeight, normBias; // [W]
    torch::Tensor weight1, bias1; // [H, W], [H]
    torch::Tensor weight2, bias2; // [W, H], [W]
};
/// x + linear2(gelu(linear1(layerNorm(x)))); x [B, T, W] fp32. GELU is exact (erf).
[[nodiscard]] torch::Tensor addNormMlp(const torch::Tensor& x, const MlpWeights& weights,
                                       double epsilon, Precision precision);

} // namespace mocoscope::training
