// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/training_setup.h"

#include "training/api/model_shape.h"
#include "training/engine/checkpoint.h"
#include "training/engine/device.h"
#include "training/engine/initial_weights.h"
#include "training/engine/run_environment.h"

namespace mocoscope::training {

namespace {

Result<void> checkBatch(const RunRequest& request, const DatasetPair& data)
{
    const std::int64_t batch = request.config.train.batchSize;
    if (data.train->size() < batch) {
        return failure(ErrorCode::BadConfiguration,
                       "data.path = " + request.config.data.path + " has "
                           + std::to_string(data.train->size()) + " images",
                       "fewer than one batch of " + std::to_string(batch)
                           + "; lower train.batch_size or take more images");
    }
    return {};
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
        return restoreCheckpoint(request, *setup.method, *setup.optimizer, events);
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
    setup.startScore = start.score;
}

} // namespace

Result<TrainingSetup> setUpTraining(const RunRequest& request, EventSink& events,
                                    const RunControl& control)
{
    const TrainingConfig& config = request.config;
    Result<RunEnvironment> environment = prepareEnvironment(request, events, control);
    if (!environment) {
        return tl::unexpected(environment.error());
    }
    if (const Result<void> checked = checkBatch(request, environment->data); !checked) {
        return tl::unexpected(checked.error());
    }
    TrainingSetup setup;
    setup.device = environment->device;
    setup.data = std::move(environment->data);
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
