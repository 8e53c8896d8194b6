// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/models/fused_layers.h"

#include <torch/torch.h>

#include <vector>

namespace mocoscope::training {

struct HeadShape
{
    std::int64_t input = 0;
    std::int64_t hidden = 0;
    std::int64_t output = 0;
    std::int64_t layers = 0;
    bool normaliseOutput = true; ///< BN without γ, β on the output
};

/// Projection or prediction head: linear layers without bias, BN and ReLU after the hidden ones.
/// Parameter names are those of the authors' nn.Sequential: 0 and 1 are the first layer and its BN,
/// 3 and 4 the second. Weights: LibTorch's default initialisation of Linear. BN is computed in
/// fp32.
class HeadImpl final : public torch::nn::Module
{
public:
    HeadImpl(const HeadShape& shape, torch::Generator generator);
    /// [N, input] → [N, output] fp32. In training mode the BN statistics are those of the N rows.
    [[nodiscard]] torch::Tensor forward(torch::Tensor x, Precision precision);

private:
    struct Layer
    {
        torch::nn::Linear linear;
        torch::nn::BatchNorm1d norm;
    };
    std::vector<Layer> m_layers;
};
TORCH_MODULE(Head);

} // namespace mocoscope::training
