// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/optim/optimizer.h"

#include <torch/torch.h>

#include <memory>
#include <vector>

namespace mocoscope::training {

/// Several linear classifiers on the same features, one for each learning rate, which cost hardly
/// more than one. Weights are drawn from a normal distribution of σ 0.01, biases are 0, as MoCo v3
/// starts them; every classifier starts from the same weights. Thread: trainer.
class LinearProbeImpl final : public torch::nn::Module
{
public:
    LinearProbeImpl(std::int64_t rates, std::int64_t width, std::int64_t classes,
                    const torch::Generator& generator);

    /// features [N, W] fp32 → logits [R, N, C], one slice a classifier.
    [[nodiscard]] torch::Tensor forward(const torch::Tensor& features);
    /// The same of one classifier alone, [N, C].
    [[nodiscard]] torch::Tensor logitsOf(std::int64_t rate, const torch::Tensor& features);

private:
    torch::Tensor m_weight; ///< [R, C, W]
    torch::Tensor m_bias; ///< [R, C]
};
TORCH_MODULE(LinearProbe);

/// Mean cross-entropy of each classifier, [R]: logits [R, N, C], labels [N] int64.
[[nodiscard]] torch::Tensor lossOfEach(const torch::Tensor& logits, const torch::Tensor& labels);

/// SGD with momentum that updates slice i of each parameter at rates[i] times the rate of step().
/// The same values as torch.optim.SGD at each of the rates.
[[nodiscard]] std::unique_ptr<Optimizer> makeSweepSgd(const Optimizer::NamedTensors& parameters,
                                                      const std::vector<double>& rates,
                                                      double momentum, double weightDecay);

/// Share of the peak rate in an epoch: half a cosine, once an epoch.
/// Source: MoCo v3, main_lincls.py.
[[nodiscard]] double linearRateShare(std::int64_t epoch, std::int64_t epochs);

} // namespace mocoscope::training
