// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/training_setup.h"

#include "training/api/config_schema.h"
#include "training/api/model_shape.h"
#include "training/engine/checkpoint.h"
#include "training/engine/device.h"
#include "training/engine/initial_weights.h"

#include <thread>

namespace mocoscope::training {

namespace {

Result<void> checkConfiguration(const TrainingConfig& config)
{
    std::string problems;
    for (const Violation& violation : validate(config)) {
        problems += (problems.empty() ? "" : "\n") + violation.key + " = " + violation.value + ": "
            + violation.reason;
    }
    if (!problems.empty()) {
        return failure(ErrorCode::BadConfiguration, "the configuration has errors", problems);
    }
    return {};
}

Result<DatasetPair> openData(const RunRequest& request, EventSink& events,
                             const RunControl& control)
{
    std::stop_source stop;
    const auto progress = [&](std::int64_t done, std::int64_t total) {
        events.publish(Progress {"indexing", done, total});
        if (control.isStopRequested()) {
            stop.request_stop();
        }
    };
    Result<DatasetPair> data = openDatasets(request.config.data, stop.get_token(), progress);
    events.publish(Progress {});
    const std::int64_t batch = request.config.train.batchSize;
    if (data && data->train->size() < batch) {
        return failure(ErrorCode::BadConfiguration,
                       "data.path = " + request.config.data.path + " has "
                           + std::to_string(data->train->size()) + " images",
                       "fewer than one batch of " + std::to_string(batch)
                           + "; lower train.batch_size or take more images");
    }
    return data;
}

std::int64_t countElements(const Method& method, bool trainableOnly)
{
    std::int64_t count = 0;
    for (const auto& entry : method.named_parameters()) {
        const bool isCounted = !entry.key().starts_with("momentum_encoder.")
            // fixed positions are stored as a parameter
            && (entry.value().requires_grad() || !entry.key().ends_with("pos_embed"))
            && (!trainableOnly || entry.value().requires_grad());
        count += isCounted ? entry.value().numel() : 0;
    }
    return count;
}

/// A random start, named weights or a checkpoint. Returns where the run goes on.
Result<TrainingPosition> loadStart(const RunRequest& request, TrainingSetup& setup,
                                   EventSink& events)
{
    if (!request.resumeFrom.empty()) {
        return loadCheckpoint(request.resumeFrom, *setup.method, *setup.optimizer);
    }
    if (!request.config.model.initialWeights.empty()) {
        const Result<std::string> remark
            = loadInitialWeights(request.config.model.initialWeights, *setup.method);
        if (!remark) {
            return tl::unexpected(remark.error());
        }
        if (!remark->empty()) {
            events.publish(
                Incident {0, "initial_weights", {}, "Initial weights: " + *remark + "."});
        }
    }
    return TrainingPosition {};
}

void collectFacts(const TrainingConfig& config, const TrainingPosition& start, TrainingSetup& setup)
{
    RunFacts& facts = setup.facts;
    facts.firstStep = start.step;
    facts.trainImages = setup.data.train->size();
    facts.testImages = setup.data.test ? setup.data.test->size() : 0;
    facts.classes = static_cast<std::int64_t>(setup.data.train->classNames().size());
    facts.stepsPerEpoch = stepsPerEpoch(config, facts.trainImages);
    facts.totalSteps = totalSteps(config, facts.trainImages);
    facts.parameters = countElements(*setup.method, false);
    facts.trainableParameters = countElements(*setup.method, true);
    facts.device = describeDevice(setup.device);
    facts.software = describeSoftware();
    facts.layers = setup.gradients->layers();
    setup.wallMs = start.wallMs;
}

} // namespace

Result<TrainingSetup> setUpTraining(const RunRequest& request, EventSink& events,
                                    const RunControl& control)
{
    const TrainingConfig& config = request.config;
    if (const Result<void> checked = checkConfiguration(config); !checked) {
        return tl::unexpected(checked.error());
    }
    const Result<torch::Device> device = resolveDevice(config.train.device);
    if (!device) {
        return tl::unexpected(device.error());
    }
    const auto cores = static_cast<std::int64_t>(std::thread::hardware_concurrency());
    torch::set_num_threads(static_cast<int>(
        config.train.threads > 0 ? config.train.threads : std::max<std::int64_t>(cores, 1)));

    Result<DatasetPair> data = openData(request, events, control);
    if (!data) {
        return tl::unexpected(data.error());
    }
    TrainingSetup setup;
    setup.device = *device;
    setup.data = std::move(*data);
    setup.method = makeMethod(config);
    setup.method->to(setup.device);
    Optimizer::NamedTensors parameters;
    for (const auto& entry : setup.method->named_parameters()) {
        parameters.emplace_back(entry.key(), entry.value());
    }
    setup.optimizer = makeOptimizer(parameters, config.optimizer);
    setup.gradients = std::make_unique<GradientMagnitude>(
        parameters, [&](const std::string& name) { return setup.method->layerOf(name); },
        setup.method->layerNames());
    setup.board = std::make_unique<MetricBoard>(setup.gradients->layers());
    const Result<TrainingPosition> start = loadStart(request, setup, events);
    if (!start) {
        return tl::unexpected(start.error());
    }
    collectFacts(config, *start, setup);
    return setup;
}

} // namespace mocoscope::training
