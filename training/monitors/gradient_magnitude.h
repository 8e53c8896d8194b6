// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace mocoscope::training {

/// L2 norm and largest absolute element of each layer's gradient, and of all gradients together.
class GradientMagnitude
{
public:
    using NamedTensors = std::vector<std::pair<std::string, torch::Tensor>>;

    /// `layerOf` names a parameter's layer, or returns an empty text. Layers without a trained
    /// parameter (a frozen patch projection) are left out.
    GradientMagnitude(const NamedTensors& parameters,
                      const std::function<std::string(const std::string&)>& layerOf,
                      const std::vector<std::string>& order);

    [[nodiscard]] const std::vector<std::string>& layers() const { return m_layers; }

    /// [2, layers + 1] fp32 on the gradients' device: L2 in the first row, the largest element in
    /// the second; the last column is for all trained parameters together, those of no layer (the
    /// class token) included. Nothing is read back. A parameter without gradient counts as zero.
    [[nodiscard]] torch::Tensor measure() const;

private:
    std::vector<std::string> m_layers;
    std::vector<std::vector<torch::Tensor>> m_parameters; ///< by layer, then those of none
};

} // namespace mocoscope::training
