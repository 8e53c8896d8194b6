// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/model_shape.h"
#include "training/models/backbone.h"
#include "training/models/convolution.h"

#include <torch/torch.h>

#include <optional>
#include <string>
#include <vector>

namespace mocoscope::training {

/// Two 3×3 convolutions, or 1×1, 3×3, 1×1, and a shortcut. Parameter names are torchvision's:
/// conv1, bn1 …, downsample.0 and downsample.1 where size or width change.
class ResidualBlockImpl final : public torch::nn::Module
{
public:
    ResidualBlockImpl(const ResNetShape& shape, std::int64_t from, std::int64_t width,
                      std::int64_t stride);
    /// x [B, C, S, S] fp32 → [B, width · expansion, S / stride, S / stride] fp32.
    [[nodiscard]] torch::Tensor forward(const torch::Tensor& x, Precision precision);

private:
    std::vector<ConvNorm> m_layers;
    std::optional<ConvNorm> m_downsample;
};
TORCH_MODULE(ResidualBlock);

/// ResNet without its classifier; the stride of a bottleneck is in its 3×3 convolution.
/// Parameter names are torchvision's, which are timm's too.
/// Source: He et al. 2016; torchvision's resnet.py; zero-initialised residuals: Goyal et al. 2017.
class ResNet final : public Backbone
{
public:
    /// Weights on the CPU, drawn from `generator`: He fan-out for convolutions, 1 and 0 for BN.
    ResNet(const ResNetShape& shape, torch::Generator generator);

    /// Mean over all places. images [B, 3, S, S] fp32 → [B, W] fp32.
    [[nodiscard]] torch::Tensor forward(const torch::Tensor& images, Precision precision,
                                        const LayerObserver& observe = {}) override;
    [[nodiscard]] std::int64_t featureWidth() const override { return m_shape.featureWidth(); }
    [[nodiscard]] bool mixesImages() const override { return true; }
    /// conv1 (the stem), layer1.0 … layer4.2.
    [[nodiscard]] std::vector<std::string> layerNames() const override;
    [[nodiscard]] std::string layerOf(const std::string& parameter) const override;

private:
    void initialise(const torch::Generator& generator);

    struct NamedBlock
    {
        std::string name; ///< layer1.0
        ResidualBlock block;
    };
    ResNetShape m_shape;
    ConvNorm m_stem;
    std::vector<NamedBlock> m_blocks;
};

} // namespace mocoscope::training
