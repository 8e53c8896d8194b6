// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/replica.h"

#include "training/engine/feature_source.h"

#include <cmath>

namespace mocoscope::training {

using torch::Tensor;

Replica::Replica(const TrainingConfig& config, const torch::Device& device,
                 std::unique_ptr<Collectives> replicas)
    : m_device(device)
    , m_lossScale(precisionOf(config, device) == Precision::Fp16)
    , m_replicas(std::move(replicas))
    , m_method(makeMethod(config))
{
    m_method->to(device);
    Optimizer::NamedTensors parameters;
    for (const auto& entry : m_method->named_parameters()) {
        parameters.emplace_back(entry.key(), entry.value());
    }
    m_optimizer = makeOptimizer(parameters, config.optimizer);
    m_gradients = std::make_unique<GradientMagnitude>(
        parameters, [this](const std::string& name) { return m_method->layerOf(name); },
        m_method->layerNames());
    if (m_replicas) {
        m_method->joinReplicas(m_replicas.get());
        m_average = std::make_unique<GradientAverage>(m_method->parameters(), *m_replicas);
    }
    m_trainStep = std::make_unique<TrainStep>(*m_method, precisionOf(config, device),
                                              config.train.microBatch, m_average.get());
    for (const Tensor& buffer : m_method->buffers()) {
        m_unsettled.emplace_back(buffer, buffer.clone());
    }
    if (const Backbone* momentum = m_method->momentumBackbone()) {
        for (const Tensor& parameter : momentum->parameters()) {
            m_unsettled.emplace_back(parameter, parameter.clone());
        }
    }
}

TrainingPosition Replica::followFirst(const TrainingPosition& own)
{
    if (!m_replicas) {
        return own;
    }
    std::vector<Tensor> all = m_method->parameters();
    for (const Tensor& buffer : m_method->buffers()) {
        all.push_back(buffer);
    }
    for (const auto& [name, tensor] : m_optimizer->state()) {
        all.push_back(tensor);
    }
    const Tensor numbers = torch::tensor({own.step, own.wallMs, m_optimizer->updates(),
                                          own.lossScale.exponent, own.lossScale.goodSteps},
                                         torch::kInt64)
                               .to(m_device);
    all.push_back(numbers);
    m_replicas->broadcast(all);
    m_optimizer->setUpdates(numbers[2].item<std::int64_t>());
    const auto number = [&](int index) { return numbers[index].item<std::int64_t>(); };
    return {number(0), number(1), own.score, {number(3), number(4)}, own.device, own.spikes};
}

TwoViews Replica::onDevice(const TwoViews& views) const
{
    return {views.first.to(m_device), views.second.to(m_device)};
}

StepValues Replica::step(const StepInput& input)
{
    const TwoViews views = onDevice(input.views);
    keepUnsettled();
    m_optimizer->zeroGradients();
    const double scale = m_lossScale.factor();
    const Tensor loss = m_trainStep->run(views, input.momentum, scale);
    StepValues values = readBack(loss);
    values.lossScale = scale;
    if (values.isFinite) {
        m_method->beforeUpdate(input.epoch);
        m_optimizer->step(input.rate);
        m_method->afterUpdate();
        m_lossScale.addGoodStep();
    } else if (std::isfinite(values.loss) && m_lossScale.reduce()) {
        values.isOverflow = true;
        undoStep();
    }
    return values;
}

StepValues Replica::readBack(Tensor loss) const
{
    if (m_replicas) {
        loss = loss.clone();
        m_replicas->allReduceSum(loss);
        loss.div_(m_replicas->worldSize());
    }
    StepValues values;
    values.magnitudes = m_gradients->measure().to(torch::kCPU).contiguous();
    values.loss = loss.item<double>();
    values.isFinite = std::isfinite(values.loss) && values.magnitudes.isfinite().all().item<bool>();
    return values;
}

std::string Replica::firstNonFiniteLayer(const TwoViews& views)
{
    return m_trainStep->firstNonFiniteLayer(onDevice(views));
}

void Replica::keepUnsettled()
{
    const torch::NoGradGuard noGradient;
    for (auto& [live, kept] : m_unsettled) {
        kept.copy_(live);
    }
}

void Replica::undoStep()
{
    const torch::NoGradGuard noGradient;
    for (auto& [live, kept] : m_unsettled) {
        live.copy_(kept);
    }
    m_optimizer->zeroGradients();
}

} // namespace mocoscope::training
