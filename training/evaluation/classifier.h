// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/models/backbone.h"
#include "training/optim/optimizer.h"

#include <torch/torch.h>

#include <memory>
#include <string>
#include <vector>

namespace mocoscope::training {

/// A backbone with a linear classifier on its features, trained together. Parameters are
/// `base_encoder.…`, so that its checkpoints can be used like those of a pretraining, and
/// `head.weight`, `head.bias`. Thread: trainer.
class Classifier final : public torch::nn::Module
{
public:
    /// The head starts small (σ 0.02) and draws from `generator`.
    Classifier(std::shared_ptr<Backbone> backbone, std::int64_t classes,
               const torch::Generator& generator);

    /// images [N, 3, S, S] fp32 → logits [N, C] fp32.
    [[nodiscard]] torch::Tensor forward(const torch::Tensor& images, Precision precision,
                                        const LayerObserver& observe = {});
    /// features [N, W] → logits [N, C].
    [[nodiscard]] torch::Tensor classify(const torch::Tensor& features);
    [[nodiscard]] Backbone& backbone() { return *m_backbone; }

    /// The backbone's layers, then `head`, in depth order.
    [[nodiscard]] std::vector<std::string> layerNames() const;
    [[nodiscard]] std::string layerOf(const std::string& parameter) const;

private:
    std::shared_ptr<Backbone> m_backbone;
    torch::nn::Linear m_head;
};

/// Layer decay: share of the learning rate of a parameter. A layer learns at `decay` times the rate
/// of the one above it; the head and the final norm, where there is one, at the full rate; class
/// token and positions as the first layer. Source: Clark et al. 2020, Bao et al. 2022 (BEiT).
[[nodiscard]] double rateShareOf(const std::string& parameter, const Classifier& classifier,
                                 double decay);

/// AdamW with a share of the rate for each parameter, in the same order; β 0.9, 0.999, ε 1e-8.
/// Weight decay spares biases, norms, class token and positions, as in DeiT.
[[nodiscard]] std::unique_ptr<Optimizer>
makeLayerwiseAdamW(const Optimizer::NamedTensors& parameters, const std::vector<double>& rateShares,
                   double weightDecay);

/// Learning rate of an iteration: from 1e-6 linearly to the peak, then half a cosine to 1e-5.
/// Source: DeiT. Deviation: it changes with every iteration, there once an epoch.
[[nodiscard]] double finetuneRate(const FinetuneConfig& config, std::int64_t step,
                                  std::int64_t stepsPerEpoch);

} // namespace mocoscope::training
