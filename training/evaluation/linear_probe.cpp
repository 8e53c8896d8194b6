// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/evaluation/linear_probe.h"

#include <cmath>
#include <numbers>

namespace mocoscope::training {

using torch::Tensor;

namespace {

OptimizerConfig sgdConfig(double momentum, double weightDecay)
{
    OptimizerConfig config;
    config.name = "sgd";
    config.momentum = momentum;
    config.weightDecay = weightDecay;
    return config;
}

class SweepSgd final : public Optimizer
{
public:
    SweepSgd(const NamedTensors& parameters, const std::vector<double>& rates, double momentum,
             double weightDecay)
        : Optimizer(parameters, sgdConfig(momentum, weightDecay))
        , m_buffers(addState("momentum_buffer"))
    {
        const Tensor all = torch::tensor(rates, torch::kFloat32);
        for (const auto& [name, parameter] : parameters) {
            // [R] → [R, 1, …], so that each classifier's slice meets its own rate
            std::vector<std::int64_t> shape(static_cast<std::size_t>(parameter.dim()), 1);
            shape.front() = all.size(0);
            m_rates.push_back(all.view(shape).to(parameter.device()));
        }
    }

private:
    void update(const Slice& slice, double learningRate) override
    {
        for (std::size_t i = 0; i < slice.parameters.size(); ++i) {
            const Tensor& parameter = slice.parameters[i];
            Tensor& buffer = m_buffers[slice.indices[i]];
            const std::size_t index = slice.indices[i];
            const Tensor direction = slice.gradients[i].add(parameter, weightDecay(index));
            buffer.mul_(config().momentum).add_(direction);
            parameter.addcmul_(m_rates[index], buffer, -learningRate);
        }
    }

    std::vector<Tensor>& m_buffers;
    std::vector<Tensor> m_rates;
};

} // namespace

LinearProbeImpl::LinearProbeImpl(std::int64_t rates, std::int64_t width, std::int64_t classes,
                                 const torch::Generator& generator)
{
    const Tensor start = torch::empty({1, classes, width}).normal_(0, 0.01, generator);
    m_weight = register_parameter("weight", start.repeat({rates, 1, 1}));
    m_bias = register_parameter("bias", torch::zeros({rates, classes}));
}

Tensor LinearProbeImpl::forward(const Tensor& features)
{
    // [N, W] · [R, W, C] → [R, N, C]
    return torch::matmul(features, m_weight.transpose(1, 2)) + m_bias.unsqueeze(1);
}

Tensor LinearProbeImpl::logitsOf(std::int64_t rate, const Tensor& features)
{
    return torch::addmm(m_bias[rate], features, m_weight[rate].t());
}

Tensor lossOfEach(const Tensor& logits, const Tensor& labels)
{
    const Tensor likelihoods = logits.log_softmax(-1);
    const Tensor own
        = likelihoods.gather(2, labels.view({1, -1, 1}).expand({logits.size(0), -1, 1}));
    return -own.squeeze(2).mean(1);
}

std::unique_ptr<Optimizer> makeSweepSgd(const Optimizer::NamedTensors& parameters,
                                        const std::vector<double>& rates, double momentum,
                                        double weightDecay)
{
    return std::make_unique<SweepSgd>(parameters, rates, momentum, weightDecay);
}

double linearRateShare(std::int64_t epoch, std::int64_t epochs)
{
    const double done = static_cast<double>(epoch) / static_cast<double>(epochs);
    return 0.5 * (1 + std::cos(std::numbers::pi * done));
}

} // namespace mocoscope::training
