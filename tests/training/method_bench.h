// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/engine/train_step.h"
#include "training/methods/method.h"
#include "training/monitors/gradient_magnitude.h"
#include "training/optim/optimizer.h"

#include <map>
#include <memory>
#include <string>

namespace mocoscope::training {

/// A method with its optimizer and two fixed views of random images.
struct Bench
{
    explicit Bench(const TrainingConfig& config, std::int64_t microBatch = 0)
        : method(makeMethod(config))
        , step(*method, Precision::Fp32, microBatch)
    {
        torch::manual_seed(1);
        const std::int64_t side = config.model.imageSize;
        views = {torch::randn({config.train.batchSize, 3, side, side}),
                 torch::randn({config.train.batchSize, 3, side, side})};
        for (const auto& entry : method->named_parameters()) {
            parameters.emplace_back(entry.key(), entry.value());
        }
        optimizer = makeOptimizer(parameters, config.optimizer);
        method->train();
    }

    double gradients(double momentum = 0.9)
    {
        optimizer->zeroGradients();
        return step.run(views, momentum).item<double>();
    }

    double update(double epoch, double rate = 1e-3)
    {
        const double loss = gradients();
        method->beforeUpdate(epoch);
        optimizer->step(rate);
        method->afterUpdate();
        return loss;
    }

    [[nodiscard]] GradientMagnitude magnitude() const
    {
        return {parameters, [this](const std::string& name) { return method->layerOf(name); },
                method->layerNames()};
    }
    [[nodiscard]] torch::Tensor parameter(const std::string& name) const
    {
        return *method->named_parameters().find(name);
    }
    [[nodiscard]] torch::Tensor buffer(const std::string& name) const
    {
        return *method->named_buffers().find(name);
    }
    [[nodiscard]] std::map<std::string, torch::Tensor> state() const
    {
        std::map<std::string, torch::Tensor> all;
        for (const auto& [name, tensor] : parameters) {
            all[name] = tensor.detach().clone();
        }
        for (const auto& entry : method->named_buffers()) {
            all[entry.key()] = entry.value().clone();
        }
        return all;
    }

    std::shared_ptr<Method> method;
    TrainStep step;
    TwoViews views;
    Optimizer::NamedTensors parameters;
    std::unique_ptr<Optimizer> optimizer;
};

} // namespace mocoscope::training
