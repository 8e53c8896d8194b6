// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/training_config.h"

#include <torch/torch.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace mocoscope::training {

/// Updates parameters in place from their gradients. Parameters without gradient are left alone.
/// The state is plain named tensors, so that a checkpoint can hold it. Thread: trainer.
class Optimizer
{
public:
    using NamedTensors = std::vector<std::pair<std::string, torch::Tensor>>;

    /// Only parameters that require a gradient are kept.
    explicit Optimizer(const NamedTensors& parameters);
    virtual ~Optimizer() = default;
    Optimizer(const Optimizer&) = delete;
    Optimizer& operator=(const Optimizer&) = delete;

    /// One update with this rate.
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
    [[nodiscard]] static std::vector<torch::Tensor> pick(const std::vector<torch::Tensor>& all,
                                                         const std::vector<std::size_t>& indices);

private:
    NamedTensors m_parameters;
    std::vector<std::pair<std::string, std::unique_ptr<std::vector<torch::Tensor>>>> m_states;
    std::int64_t m_updates = 0;
};

/// Source: Loshchilov, Hutter 2019; the same values as torch.optim.AdamW with one group, so
/// weights, biases, norms and class token all decay.
[[nodiscard]] std::unique_ptr<Optimizer> makeAdamW(const Optimizer::NamedTensors& parameters,
                                                   const OptimizerConfig& config);
/// Source: You et al. 2017 as in MoCo v3: no decay and no rate scaling for parameters of one
/// dimension.
[[nodiscard]] std::unique_ptr<Optimizer> makeLars(const Optimizer::NamedTensors& parameters,
                                                  const OptimizerConfig& config);
/// How LAMB differs between implementations.
struct LambOptions
{
    double maxGradientNorm = 1.0; ///< of all gradients together; 0: not clipped
    bool clipsTrust = false; ///< trust ratio at most 1
    bool sparesVectors = false; ///< no decay and no trust ratio for parameters of one dimension
};
/// Source: You et al. 2019; the same values as timm's Lamb.
[[nodiscard]] std::unique_ptr<Optimizer> makeLamb(const Optimizer::NamedTensors& parameters,
                                                  const OptimizerConfig& config,
                                                  const LambOptions& options = {});
[[nodiscard]] std::unique_ptr<Optimizer> makeSgd(const Optimizer::NamedTensors& parameters,
                                                 const OptimizerConfig& config);
/// By config.name. The configuration is valid.
[[nodiscard]] std::unique_ptr<Optimizer> makeOptimizer(const Optimizer::NamedTensors& parameters,
                                                       const OptimizerConfig& config);

} // namespace mocoscope::training
