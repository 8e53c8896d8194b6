// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/method_shape.h"
#include "training/models/batch_norm.h"
#include "training/models/fused_layers.h"

#include <torch/torch.h>

#include <vector>

namespace mocoscope::training {

/// Projection or prediction head: linear layers, BN and ReLU after the hidden ones. With BN the
/// layers have no bias, as in MoCo v3; without BN all have one, as in MoCo v1 and v2.
/// Parameter names are those of MoCo v3's nn.Sequential: 0 and 1 are the first layer and its BN, 3
/// and 4 the second. Weights and biases: LibTorch's default initialisation of Linear. BN is
/// computed in fp32.
class HeadImpl final : public torch::nn::Module
{
public:
    /// At least one layer.
    HeadImpl(const HeadShape& shape, torch::Generator generator);
    /// [N, input] → [N, output] fp32. In training mode the BN statistics are those of the N rows,
    /// or of the rows of all replicas.
    [[nodiscard]] torch::Tensor forward(torch::Tensor x, Precision precision);

private:
    struct Layer
    {
        torch::nn::Linear linear;
        SpanningNorm1d norm;
    };
    std::vector<Layer> m_layers;
};
TORCH_MODULE(Head);

} // namespace mocoscope::training
