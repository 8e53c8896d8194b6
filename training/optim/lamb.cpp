// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/optim/optimizer.h"

#include <cmath>

namespace mocoscope::training {

namespace {

using torch::Tensor;

class Lamb final : public Optimizer
{
public:
    Lamb(const NamedTensors& parameters, const OptimizerConfig& config, const LambOptions& options)
        : Optimizer(parameters, config)
        , m_options(options)
        , m_mean(addState("exp_avg"))
        , m_square(addState("exp_avg_sq"))
    {
    }

private:
    /// Factor that brings the norm of all gradients down to the limit; a tensor, so no read-back.
    [[nodiscard]] std::vector<Tensor> clipped(const Slice& slice) const
    {
        if (m_options.maxGradientNorm <= 0) {
            return slice.gradients;
        }
        const auto norms = at::_foreach_norm(slice.gradients);
        const Tensor total = torch::stack(norms).norm();
        const Tensor divisor = (total / m_options.maxGradientNorm).clamp_min(1.0);
        return at::_foreach_div(slice.gradients, divisor);
    }

    [[nodiscard]] Tensor trustRatio(const Tensor& parameter, const Tensor& direction) const
    {
        const Tensor weightNorm = parameter.norm();
        const Tensor updateNorm = direction.norm();
        const Tensor isUsable = (weightNorm > 0).logical_and(updateNorm > 0);
        const Tensor ratio
            = torch::where(isUsable, weightNorm / updateNorm, torch::ones_like(weightNorm));
        return m_options.clipsTrust ? ratio.clamp_max(1.0) : ratio;
    }

    void update(const Slice& slice, double learningRate) override
    {
        const std::vector<Tensor> gradients = clipped(slice);
        const auto count = static_cast<double>(updates());
        const double correction1 = 1 - std::pow(config().beta1, count);
        const double correction2 = 1 - std::pow(config().beta2, count);
        for (std::size_t i = 0; i < slice.parameters.size(); ++i) {
            const Tensor& parameter = slice.parameters[i];
            Tensor& mean = m_mean[slice.indices[i]];
            Tensor& square = m_square[slice.indices[i]];
            mean.mul_(config().beta1).add_(gradients[i], 1 - config().beta1);
            square.mul_(config().beta2).addcmul_(gradients[i], gradients[i], 1 - config().beta2);
            Tensor direction = mean / correction1
                / (square.sqrt() / std::sqrt(correction2)).add_(config().epsilon);
            if (const double decay = weightDecay(slice.indices[i]); decay != 0) {
                direction.add_(parameter, decay);
                direction.mul_(trustRatio(parameter, direction));
            }
            parameter.add_(direction, -learningRate);
        }
    }

    LambOptions m_options;
    std::vector<Tensor>& m_mean;
    std::vector<Tensor>& m_square;
};

} // namespace

std::unique_ptr<Optimizer> makeLamb(const Optimizer::NamedTensors& parameters,
                                    const OptimizerConfig& config, const LambOptions& options)
{
    return std::make_unique<Lamb>(parameters, config, options);
}

} // namespace mocoscope::training
