// SPDX-License-Identifier: GPL-3.0-or-later
// Times whole MoCo v3 training steps of the engine, without data: keys, queries, backward, gradient
// magnitudes, update. Prints one JSON line; run_bench.sh sets it beside the peer's.
//   step_bench IMAGE PATCH WIDTH DEPTH HEADS BATCH fp32|bf16 STEPS [MICRO_BATCH [DEVICE]]
// The peak is that of the process, on a GPU that of the tensors there. Before the steps one warms
// up; 0 steps: that one counts, where a step takes minutes.
#include "training/engine/device.h"
#include "training/engine/train_step.h"
#include "training/methods/method.h"
#include "training/monitors/gradient_magnitude.h"
#include "training/optim/optimizer.h"

#include <ATen/DeviceAccelerator.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <sys/resource.h>
#include <thread>
#include <vector>

using namespace mocoscope::training;

namespace {

TrainingConfig configFrom(char** arguments)
{
    TrainingConfig config;
    config.model.imageSize = std::atoll(arguments[1]);
    config.model.patchSize = std::atoll(arguments[2]);
    config.model.width = std::atoll(arguments[3]);
    config.model.depth = std::atoll(arguments[4]);
    config.model.heads = std::atoll(arguments[5]);
    config.train.batchSize = std::atoll(arguments[6]);
    config.train.precision = arguments[7];
    return config;
}

double peakMegabytes(const torch::Device& device)
{
    if (!device.is_cpu()) {
        const auto stats = at::accelerator::getDeviceStats(0);
        return static_cast<double>(stats.allocated_bytes[0].peak) / 1024 / 1024;
    }
    rusage usage {};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

/// Of all threads, in seconds: hardly depends on what else the machine is doing.
double processorSeconds()
{
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

struct StepCosts
{
    std::vector<double> seconds;
    std::vector<double> processorSeconds;
};

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

void runSteps(const TrainingConfig& config, int steps, StepCosts& costs)
{
    const torch::Device device(config.train.device);
    const auto method = makeMethod(config);
    method->to(device);
    Optimizer::NamedTensors parameters;
    for (const auto& entry : method->named_parameters()) {
        parameters.emplace_back(entry.key(), entry.value());
    }
    const auto optimizer = makeOptimizer(parameters, config.optimizer);
    const GradientMagnitude gradients(
        parameters, [&](const std::string& name) { return method->layerOf(name); },
        method->layerNames());
    TrainStep step(*method, config.train.precision == "bf16" ? Precision::Bf16 : Precision::Fp32,
                   config.train.microBatch);
    const std::int64_t side = config.model.imageSize;
    const auto view = [&] {
        return torch::randint(256, {config.train.batchSize, 3, side, side},
                              torch::dtype(torch::kUInt8).device(device));
    };
    const TwoViews views {view(), view()};
    for (int i = 0; i < steps + 1; ++i) {
        const auto start = std::chrono::steady_clock::now();
        const double processorStart = processorSeconds();
        optimizer->zeroGradients();
        const auto loss = step.run(views, config.method.momentum);
        const auto magnitudes = gradients.measure();
        optimizer->step(1e-4);
        if (!device.is_cpu()) {
            at::accelerator::synchronizeDevice(0);
        }
        const std::chrono::duration<double> duration = std::chrono::steady_clock::now() - start;
        if (i > 0 || steps == 0) { // the first one warms up
            costs.seconds.push_back(duration.count());
            costs.processorSeconds.push_back(processorSeconds() - processorStart);
        }
    }
}

} // namespace

int main(int count, char** arguments)
{
    if (count < 9) {
        std::fprintf(stderr,
                     "usage: step_bench IMAGE PATCH WIDTH DEPTH HEADS BATCH fp32|bf16 STEPS "
                     "[MICRO_BATCH [DEVICE]]\n");
        return 2;
    }
    keepTensorMemory();
    if (std::getenv("OMP_NUM_THREADS") == nullptr) {
        torch::set_num_threads(static_cast<int>(std::thread::hardware_concurrency()));
    }
    TrainingConfig config = configFrom(arguments);
    config.train.microBatch = count > 9 ? std::atoll(arguments[9]) : 0;
    config.train.device = count > 10 ? arguments[10] : "cpu";
    StepCosts costs;
    // On a thread of its own, as in the program.
    std::jthread(runSteps, std::cref(config), std::atoi(arguments[8]), std::ref(costs)).join();
    std::printf("{\"who\": \"mocoscope\", \"median_s\": %.4f, \"min_s\": %.4f, \"cpu_s\": %.4f, "
                "\"peak_mb\": %.0f}\n",
                median(costs.seconds),
                *std::min_element(costs.seconds.begin(), costs.seconds.end()),
                median(costs.processorSeconds), peakMegabytes(torch::Device(config.train.device)));
    return 0;
}
