// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/test_history.h"
#include "training/api/config_schema.h"

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

namespace mocoscope::testing {

/// Options of a run of varied settings: a baseline with two seeds, then one option changed at a
/// time with two seeds each, then combinations.
inline training::TrainingConfig variedConfig(int index)
{
    constexpr int singles = 7;
    const int setting = index / 2;
    const auto isSet = [setting](int bit) {
        return setting <= singles ? setting == bit : (setting * 2654435761U >> (bit + 8) & 1U) != 0;
    };
    training::TrainingConfig config;
    config.train.seed = index % 2;
    config.optimizer.lr = isSet(1) ? 5e-5 : isSet(2) ? 6e-4 : 1.5e-4;
    config.train.batchSize = isSet(3) ? 1024 : isSet(4) ? 512 : 256;
    config.method.name = isSet(5) ? "byol" : isSet(6) ? "simclr" : "moco_v3";
    config.model.freezePatchEmbed = !isSet(7);
    config.method.temperature = setting <= singles ? 0.2 : 0.05 + 0.01 * (setting % 8);
    return config;
}

/// Of its last evaluation, %: made up, but the same each time.
inline double variedAccuracy(const training::TrainingConfig& config)
{
    const double rate = std::log(config.optimizer.lr / 2e-4);
    const double seed = config.train.seed == 0 ? -0.4 : 0.4;
    return 62 - 2.5 * rate * rate - (config.method.name == "simclr" ? 4.0 : 0.0)
        - (config.method.name == "byol" ? 1.5 : 0.0) - (config.model.freezePatchEmbed ? 0.0 : 3.0)
        + std::log2(static_cast<double>(config.train.batchSize) / 256.0) + seed;
}

/// Stores `count` finished runs of them, with loss, accuracy and a gradient.
inline std::vector<storage::RunId> recordVariedRuns(TestHistory& history, int count, int steps = 60)
{
    std::vector<storage::RunId> runs;
    for (int index = 0; index < count; ++index) {
        const training::TrainingConfig config = variedConfig(index);
        const double accuracy = variedAccuracy(config);
        const auto run = history.makeRun(config.method.name + ", ViT-S/16, setting "
                                             + std::to_string(index / 2) + ", seed "
                                             + std::to_string(config.train.seed),
                                         config);
        const auto queue = history.library().recorder().record(run.id);
        queue->publish(training::MetricsDeclared {
            {{"train/loss", ""}, {"eval/knn_top1", "%"}, {"grad/l2/patch_embed", ""}}});
        queue->publish(training::StateChanged {training::RunState::Running, {}});
        for (int step = 0; step < steps; ++step) {
            const double done = static_cast<double>(step + 1) / steps;
            const double wave = 0.03 * std::sin(step * 0.9 + index);
            training::MetricBatch batch {step, done * 10, step * 500, {}};
            batch.values = {{0, 5 - 0.05 * accuracy - 1.5 * (1 - std::exp(-4 * done)) + wave},
                            {2, 0.2 * (1 + std::abs(wave) * index)}};
            if (step % 10 == 9) {
                batch.values.push_back(
                    {1, accuracy * (1 - std::exp(-5 * done)) / (1 - std::exp(-5.0))});
            }
            queue->publish(std::move(batch));
        }
        queue->publish(training::Finished {steps, false});
        queue->close();
        runs.push_back(run.id);
    }
    if (const auto flushed = history.library().recorder().flush(); !flushed) {
        qFatal("%s", toText(flushed.error()).c_str());
    }
    history.library().refresh();
    return runs;
}

} // namespace mocoscope::testing
