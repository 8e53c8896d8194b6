// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace mocoscope::training {

/// Keeps the dotted names of other libraries for a group of layers that needs no class of its own.
inline std::shared_ptr<torch::nn::Module>
registerGroup(torch::nn::Module& parent, const std::string& group,
              const std::vector<std::pair<std::string, std::shared_ptr<torch::nn::Module>>>& layers
              = {})
{
    const auto child = parent.register_module(group, std::make_shared<torch::nn::Module>(group));
    for (const auto& [name, layer] : layers) {
        child->register_module(name, layer);
    }
    return child;
}

} // namespace mocoscope::training
