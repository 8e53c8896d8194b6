// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/model_shape.h"
#include "training/models/fused_layers.h"

#include <torch/torch.h>

#include <memory>

namespace mocoscope::training {

/// From images to one token a patch. Its parameters are below `proj`, as timm's and the authors'.
class PatchEmbed : public torch::nn::Module
{
public:
    /// images [B, 3, S, S] fp32 → [B, W, G, G] fp32, G patches a side.
    [[nodiscard]] virtual torch::Tensor forward(const torch::Tensor& images, Precision precision)
        = 0;
    /// Draws the weights anew.
    virtual void initialise(torch::Generator generator) = 0;
};

/// One of:
/// - proj.weight, proj.bias: a convolution as large as a patch; Xavier uniform over its inputs and
///   outputs, bias 0;
/// - proj.weight_g [W, 1, 1, 1], proj.weight_v [W, 3, P, P]: the same with weight norm; it starts
///   with the same weights. Source: Salimans and Kingma 2016; names are those of torch;
/// - proj.0, proj.1 … proj.12: ConvStem, four 3×3 convolutions of stride 2 without bias, each with
///   BN and ReLU, from an eighth of the width doubling up to it, then 1×1 with bias; drawn as torch
///   draws convolutions by default. Source: Xiao et al. 2021, names and order of MoCo v3's vits.py.
[[nodiscard]] std::shared_ptr<PatchEmbed> makePatchEmbed(const VitShape& shape);

} // namespace mocoscope::training
