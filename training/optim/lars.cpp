// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/optim/optimizer.h"

namespace mocoscope::training {

namespace {

using torch::Tensor;

class Lars final : public Optimizer
{
public:
    Lars(const NamedTensors& parameters, const OptimizerConfig& config)
        : Optimizer(parameters, config)
        , m_momentum(addState("mu"))
    {
    }

private:
    /// g + wd·p, scaled by trust·‖p‖/‖g + wd·p‖; 1 where a norm is 0. Stays on the device.
    [[nodiscard]] Tensor direction(const Tensor& parameter, const Tensor& gradient,
                                   double weightDecay) const
    {
        if (parameter.dim() <= 1) {
            return gradient;
        }
        const Tensor decayed = gradient.add(parameter, weightDecay);
        const Tensor weightNorm = parameter.norm();
        const Tensor updateNorm = decayed.norm();
        const Tensor ratio = weightNorm * config().trustCoefficient / updateNorm;
        const Tensor isUsable = (weightNorm > 0).logical_and(updateNorm > 0);
        return decayed * torch::where(isUsable, ratio, torch::ones_like(ratio));
    }

    void update(const Slice& slice, double learningRate) override
    {
        std::vector<Tensor> directions;
        for (std::size_t i = 0; i < slice.parameters.size(); ++i) {
            directions.push_back(
                direction(slice.parameters[i], slice.gradients[i], weightDecay(slice.indices[i])));
        }
        auto buffers = pick(m_momentum, slice.indices);
        at::_foreach_mul_(buffers, config().momentum);
        at::_foreach_add_(buffers, directions);
        at::_foreach_add_(slice.parameters, buffers, -learningRate);
    }

    std::vector<Tensor>& m_momentum;
};

} // namespace

std::unique_ptr<Optimizer> makeLars(const Optimizer::NamedTensors& parameters,
                                    const OptimizerConfig& config)
{
    return std::make_unique<Lars>(parameters, config);
}

} // namespace mocoscope::training
