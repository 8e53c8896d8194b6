// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/optim/schedule.h"

#include "training/api/config_schema.h"

#include <cmath>
#include <numbers>

namespace mocoscope::training {

namespace {

double epochOf(std::int64_t step, std::int64_t stepsPerEpoch)
{
    return static_cast<double>(step) / static_cast<double>(stepsPerEpoch);
}

/// Share of the peak rate after warm-up.
double cosineShare(const TrainConfig& train, double epoch)
{
    const double rest = static_cast<double>(train.epochs) - train.warmupEpochs;
    return rest <= 0
        ? 1
        : 0.5 * (1.0 + std::cos(std::numbers::pi * (epoch - train.warmupEpochs) / rest));
}

double stepShare(const OptimizerConfig& optimizer, double epoch)
{
    double share = 1;
    for (const double fall : parseEpochs(optimizer.stepEpochs)) {
        share *= epoch >= fall ? optimizer.stepFactor : 1;
    }
    return share;
}

} // namespace

double learningRate(const TrainingConfig& config, std::int64_t step, std::int64_t stepsPerEpoch)
{
    const double peak = config.optimizer.lr * static_cast<double>(config.train.batchSize) / 256.0;
    const double epoch = epochOf(step, stepsPerEpoch);
    const double warmup = config.train.warmupEpochs;
    if (epoch < warmup) {
        return peak * epoch / warmup;
    }
    if (config.optimizer.schedule == "constant") {
        return peak;
    }
    return peak
        * (config.optimizer.schedule == "step" ? stepShare(config.optimizer, epoch)
                                               : cosineShare(config.train, epoch));
}

double encoderMomentum(const TrainingConfig& config, std::int64_t step, std::int64_t stepsPerEpoch)
{
    const double start = config.method.momentum;
    if (config.method.momentumSchedule == "constant") {
        return start;
    }
    const double done = epochOf(step, stepsPerEpoch) / static_cast<double>(config.train.epochs);
    return 1.0 - 0.5 * (1.0 + std::cos(std::numbers::pi * done)) * (1.0 - start);
}

} // namespace mocoscope::training
