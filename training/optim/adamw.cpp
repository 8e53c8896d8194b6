// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/optim/optimizer.h"

namespace mocoscope::training {

namespace {

class AdamW final : public Optimizer
{
public:
    AdamW(const NamedTensors& parameters, const OptimizerConfig& config)
        : Optimizer(parameters)
        , m_config(config)
        , m_mean(addState("exp_avg"))
        , m_square(addState("exp_avg_sq"))
    {
    }

private:
    void update(const Slice& slice, double learningRate) override
    {
        // One kernel over all tensors; it wants the count of updates as a tensor for each.
        const auto count = torch::full({}, static_cast<double>(updates()),
                                       torch::TensorOptions()
                                           .dtype(torch::kFloat32)
                                           .device(slice.parameters.front().device()));
        const std::vector<torch::Tensor> counts(slice.parameters.size(), count);
        auto means = pick(m_mean, slice.indices);
        auto squares = pick(m_square, slice.indices);
        at::_fused_adamw_(slice.parameters, slice.gradients, means, squares, {}, counts,
                          learningRate, m_config.beta1, m_config.beta2, m_config.weightDecay,
                          m_config.epsilon, /*amsgrad=*/false, /*maximize=*/false);
    }

    OptimizerConfig m_config;
    std::vector<torch::Tensor>& m_mean;
    std::vector<torch::Tensor>& m_square;
};

} // namespace

std::unique_ptr<Optimizer> makeAdamW(const Optimizer::NamedTensors& parameters,
                                     const OptimizerConfig& config)
{
    return std::make_unique<AdamW>(parameters, config);
}

} // namespace mocoscope::training
