// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/optim/optimizer.h"

namespace mocoscope::training {

namespace {

/// Decay is added to the gradient; no dampening, so that a buffer of zeros gives torch's first
/// step.
class Sgd final : public Optimizer
{
public:
    Sgd(const NamedTensors& parameters, const OptimizerConfig& config)
        : Optimizer(parameters)
        , m_config(config)
        , m_momentum(addState("momentum_buffer"))
    {
    }

private:
    void update(const Slice& slice, double learningRate) override
    {
        const auto directions
            = at::_foreach_add(slice.gradients, slice.parameters, m_config.weightDecay);
        auto buffers = pick(m_momentum, slice.indices);
        at::_foreach_mul_(buffers, m_config.momentum);
        at::_foreach_add_(buffers, directions);
        at::_foreach_add_(slice.parameters, buffers, -learningRate);
    }

    OptimizerConfig m_config;
    std::vector<torch::Tensor>& m_momentum;
};

} // namespace

std::unique_ptr<Optimizer> makeSgd(const Optimizer::NamedTensors& parameters,
                                   const OptimizerConfig& config)
{
    return std::make_unique<Sgd>(parameters, config);
}

} // namespace mocoscope::training
