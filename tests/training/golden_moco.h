// SPDX-License-Identifier: GPL-3.0-or-later
// What the golden steps of MoCo v3 have in common.
#pragma once

#include "training/api/training_config.h"

#include <torch/torch.h>

#include <nlohmann/json.hpp>
#include <string>

namespace mocoscope::training {

/// The two spellings of the golden data's hyperparameters.
template <typename Value>
Value either(const nlohmann::json& hyper, const char* first, const char* second)
{
    return hyper.contains(first) ? hyper.at(first).get<Value>() : hyper.at(second).get<Value>();
}

inline TrainingConfig goldenConfig(const nlohmann::json& hyper)
{
    TrainingConfig config;
    config.model.imageSize = either<std::int64_t>(hyper, "img_size", "img");
    config.model.patchSize = either<std::int64_t>(hyper, "patch_size", "patch");
    config.model.width = either<std::int64_t>(hyper, "embed_dim", "dim");
    config.model.depth = hyper.at("depth");
    config.model.heads = either<std::int64_t>(hyper, "num_heads", "heads");
    config.model.mlpRatio = hyper.value("mlp_ratio", 4.0);
    config.model.freezePatchEmbed = hyper.at("stop_grad_conv1");
    config.method.projectorHidden = either<std::int64_t>(hyper, "projector_hidden", "mlp");
    config.method.predictorHidden = config.method.projectorHidden;
    config.method.outputDim = hyper.contains("out") ? hyper.at("out") : hyper.at("dim");
    config.method.temperature = hyper.at("T");
    config.method.momentum = hyper.at("m");
    config.optimizer.epsilon = hyper.value("eps", 1e-8);
    config.optimizer.weightDecay = hyper.value("weight_decay", 0.1);
    return config;
}

/// Sets to zero what Adam makes of gradients that are exactly 0 and come out as rounding noise:
/// norm.bias and the K third of each qkv.bias.
inline torch::Tensor withoutZeroGradients(const std::string& name, const torch::Tensor& difference)
{
    torch::Tensor kept = difference.clone();
    if (name.ends_with("encoder.norm.bias")) {
        kept.zero_();
    } else if (name.ends_with("attn.qkv.bias")) {
        const std::int64_t width = kept.size(0) / 3;
        kept.slice(0, width, 2 * width).zero_();
    }
    return kept;
}

} // namespace mocoscope::training
