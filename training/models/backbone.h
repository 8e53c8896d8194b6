// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/training_config.h"
#include "training/models/fused_layers.h"

#include <torch/torch.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace mocoscope::training {

/// Called with a layer's name and its output, in the order of the forward pass.
using LayerObserver = std::function<void(const std::string& layer, const torch::Tensor& output)>;

/// A network from images to one vector each. Thread: trainer.
class Backbone : public torch::nn::Module
{
public:
    /// images [B, 3, S, S] fp32 → features [B, featureWidth()] fp32.
    [[nodiscard]] virtual torch::Tensor forward(const torch::Tensor& images, Precision precision,
                                                const LayerObserver& observe = {})
        = 0;

    [[nodiscard]] virtual std::int64_t featureWidth() const = 0;
    /// Whether images of a batch influence each other (BN), so that micro-batches are not exact.
    [[nodiscard]] virtual bool mixesImages() const = 0;
    /// Stochastic depth: while in training mode the residual branches of an image are left out with
    /// probability `rate` in the last block, linearly less in earlier ones, down to 0 in the first;
    /// those kept are scaled up. `generator` is of the CPU. Networks without such blocks pass over
    /// it. Source: Huang et al. 2016, as timm's drop_path.
    virtual void setDropPath(double rate, const torch::Generator& generator)
    {
        (void)rate;
        (void)generator;
    }
    /// What gradients are summed up by, in depth order: patch_embed, blocks.0 …, norm of a ViT;
    /// conv1, layer1.0 … of a ResNet.
    [[nodiscard]] virtual std::vector<std::string> layerNames() const = 0;
    /// The layer of a parameter of this backbone; empty: none is recorded for it.
    [[nodiscard]] virtual std::string layerOf(const std::string& parameter) const = 0;
};

/// Weights on the CPU, drawn from `generator`. The configuration is valid.
[[nodiscard]] std::shared_ptr<Backbone> makeBackbone(const ModelConfig& config,
                                                     const torch::Generator& generator);

} // namespace mocoscope::training
