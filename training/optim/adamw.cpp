// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/optim/optimizer.h"

namespace mocoscope::training {

namespace {

class AdamW final : public Optimizer
{
public:
    AdamW(const NamedTensors& parameters, const OptimizerConfig& config)
        : Optimizer(parameters, config)
        , m_mean(addState("exp_avg"))
        , m_square(addState("exp_avg_sq"))
    {
    }

private:
    void update(const Slice& slice, double learningRate) override
    {
        const auto [decayed, spared] = byDecay(slice);
        updateWith(decayed, learningRate, config().weightDecay);
        updateWith(spared, learningRate, 0);
    }

    void updateWith(const Slice& slice, double learningRate, double weightDecay)
    {
        if (slice.parameters.empty()) {
            return;
        }
        // One kernel over all tensors; it wants the count of updates as a tensor for each.
        const auto count = torch::full({}, static_cast<double>(updates()),
                                       torch::TensorOptions()
                                           .dtype(torch::kFloat32)
                                           .device(slice.parameters.front().device()));
        const std::vector<torch::Tensor> counts(slice.parameters.size(), count);
        auto means = pick(m_mean, slice.indices);
        auto squares = pick(m_square, slice.indices);
        at::_fused_adamw_(slice.parameters, slice.gradients, means, squares, {}, counts,
                          learningRate, config().beta1, config().beta2, weightDecay,
                          config().epsilon, /*amsgrad=*/false, /*maximize=*/false);
    }

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
