// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/training_config.h"

#include <torch/torch.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace mocoscope::training {

/// Updates parameters in place from their gradients, which are clipped first if the configuration
/// says so. Parameters without gradient are left alone. The state is plain named tensors, so that
/// a checkpoint can hold it. Thread: trainer.
class Optimizer
{
public:
    using NamedTensors = std::vector<std::pair<std::string, torch::Tensor>>;

    /// Only parameters that require a gradient are kept. Their names decide what is spared from
    /// weight decay.
    Optimizer(const NamedTensors& parameters, const OptimizerConfig& config);
    virtual ~Optimizer() = default;
    Optimizer(const Optimizer&) = delete;
    Optimizer& operator=(const Optimizer&) = delete;

    /// One update with this rate. Clipping changes the gradients in place.
    void step(double learningRate);
    void zeroGradients();

    /// `<kind>/<parameter>` → tensor, for instance `exp_avg/predictor.0.weight`; shares memory with
    /// the optimizer, so that copying into it restores the state.
    [[nodiscard]] NamedTensors state() const;
    /// Updates done; counts for AdamW's and LAMB's bias correction.
    [[nodiscard]] std::int64_t updates() const { return m_updates; }
    void setUpdates(std::int64_t updates) { m_updates = updates; }

protected:
    /// One state tensor a parameter, zero at first.
    [[nodiscard]] std::vector<torch::Tensor>& addState(const std::string& kind);

    /// The parameters that have a gradient in this step, with their gradients and states.
    struct Slice
    {
        std::vector<torch::Tensor> parameters;
        std::vector<torch::Tensor> gradients;
        std::vector<std::size_t> indices; ///< into the state vectors
    };
    virtual void update(const Slice& slice, double learningRate) = 0;

    [[nodiscard]] const OptimizerConfig& config() const { return m_config; }
    /// Weight decay of a parameter, by its index into the state vectors: the configured one, or 0
    /// where it is spared.
    [[nodiscard]] double weightDecay(std::size_t index) const { return m_weightDecay[index]; }
    /// The slice in two: parameters that decay, parameters that are spared. Either may be empty.
    [[nodiscard]] std::pair<Slice, Slice> byDecay(const Slice& slice) const;
    [[nodiscard]] static std::vector<torch::Tensor> pick(const std::vector<torch::Tensor>& all,
                                                         const std::vector<std::size_t>& indices);

private:
    void clip(const std::vector<torch::Tensor>& gradients) const;

    OptimizerConfig m_config;
    NamedTensors m_parameters;
    std::vector<double> m_weightDecay;
    std::vector<std::pair<std::string, std::unique_ptr<std::vector<torch::Tensor>>>> m_states;
    std::int64_t m_updates = 0;
};

/// Source: Loshchilov, Hutter 2019; the same values as torch.optim.AdamW. Weights, biases, norms
/// and class token all decay, unless the configuration spares some.
[[nodiscard]] std::unique_ptr<Optimizer> makeAdamW(const Optimizer::NamedTensors& parameters,
                                                   const OptimizerConfig& config);
/// Source: You et al. 2017 as in MoCo v3: no decay and no rate scaling for parameters of one
/// dimension. What the configuration spares besides is scaled, without decay.
[[nodiscard]] std::unique_ptr<Optimizer> makeLars(const Optimizer::NamedTensors& parameters,
                                                  const OptimizerConfig& config);
/// How LAMB differs between implementations.
struct LambOptions
{
    double maxGradientNorm = 1.0; ///< of all gradients together; 0: not clipped
    bool clipsTrust = false; ///< trust ratio at most 1
};
/// Source: You et al. 2019; the same values as timm's Lamb, where a parameter without weight decay
/// has no trust ratio either.
[[nodiscard]] std::unique_ptr<Optimizer> makeLamb(const Optimizer::NamedTensors& parameters,
                                                  const OptimizerConfig& config,
                                                  const LambOptions& options = {});
/// Source: torch.optim.SGD with momentum, without dampening: decay is added to the gradient.
[[nodiscard]] std::unique_ptr<Optimizer> makeSgd(const Optimizer::NamedTensors& parameters,
                                                 const OptimizerConfig& config);
/// By config.name. The configuration is valid. A clip norm takes the place of LAMB's own.
[[nodiscard]] std::unique_ptr<Optimizer> makeOptimizer(const Optimizer::NamedTensors& parameters,
                                                       const OptimizerConfig& config);

} // namespace mocoscope::training
