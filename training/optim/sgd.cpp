// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/optim/optimizer.h"

namespace mocoscope::training {

namespace {

/// Without dampening a buffer of zeros gives torch's first step.
class Sgd final : public Optimizer
{
public:
    Sgd(const NamedTensors& parameters, const OptimizerConfig& config)
        : Optimizer(parameters, config)
        , m_momentum(addState("momentum_buffer"))
    {
    }

private:
    void update(const Slice& slice, double learningRate) override
    {
        const auto [decayed, spared] = byDecay(slice);
        if (!decayed.parameters.empty()) {
            follow(decayed,
                   at::_foreach_add(decayed.gradients, decayed.parameters, config().weightDecay),
                   learningRate);
        }
        if (!spared.parameters.empty()) {
            follow(spared, spared.gradients, learningRate);
        }
    }

    void follow(const Slice& slice, const std::vector<torch::Tensor>& directions,
                double learningRate)
    {
        auto buffers = pick(m_momentum, slice.indices);
        at::_foreach_mul_(buffers, config().momentum);
        at::_foreach_add_(buffers, directions);
        at::_foreach_add_(slice.parameters, buffers, -learningRate);
    }

    std::vector<torch::Tensor>& m_momentum;
};

} // namespace

std::unique_ptr<Optimizer> makeSgd(const Optimizer::NamedTensors& parameters,
                                   const OptimizerConfig& config)
{
    return std::make_unique<Sgd>(parameters, config);
}

} // namespace mocoscope::training
