// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/evaluation_setup.h"

#include "training/api/model_shape.h"
#include "training/api/task.h"
#include "training/engine/device.h"
#include "training/engine/initial_weights.h"

namespace mocoscope::training {

namespace {

std::int64_t labelledImages(const Dataset& dataset)
{
    std::int64_t count = 0;
    for (std::int64_t i = 0; i < dataset.size(); ++i) {
        count += dataset.label(i) >= 0 ? 1 : 0;
    }
    return count;
}

Result<void> checkLabels(const TrainingConfig& config, const DatasetPair& data)
{
    const std::string task = taskTitle(config);
    const std::string images = "data.path = " + config.data.path;
    if (data.train->classNames().empty() || labelledImages(*data.train) == 0) {
        return failure(ErrorCode::BadConfiguration, images + ": the images have no labels",
                       task
                           + " needs labelled images: put those of each class into a folder of its "
                             "name, in train/ and in test/");
    }
    if (!data.test || labelledImages(*data.test) == 0) {
        return failure(ErrorCode::BadConfiguration, images + ": there are no labelled test images",
                       task
                           + " measures accuracy on them: add a folder test/ beside train/, or set "
                             "data.test_path");
    }
    return {};
}

Result<void> checkSteps(const TrainingConfig& config, std::int64_t images)
{
    if (stepsPerEpoch(config, images) > 0) {
        return {};
    }
    return failure(ErrorCode::BadConfiguration,
                   "data.path = " + config.data.path + " has " + std::to_string(images)
                       + " labelled images",
                   "fewer than one batch of " + std::to_string(taskBatchSize(config)) + "; lower "
                       + std::string(batchSizeKey(config)) + " or take more images");
}

/// Everything may learn in fine-tuning, also a patch projection that was frozen in pretraining.
std::shared_ptr<Backbone> makeTrainableBackbone(const TrainingConfig& config)
{
    ModelConfig model = config.model;
    model.freezePatchEmbed = false;
    return makeBackbone(
        model,
        at::make_generator<at::CPUGeneratorImpl>(static_cast<std::uint64_t>(config.train.seed)));
}

void collectFacts(const TrainingConfig& config, EvaluationSetup& setup)
{
    const DatasetPair& data = setup.environment.data;
    RunFacts& facts = setup.facts;
    facts.trainImages = labelledImages(*data.train);
    facts.testImages = labelledImages(*data.test);
    facts.classes = static_cast<std::int64_t>(data.train->classNames().size());
    facts.stepsPerEpoch = stepsPerEpoch(config, facts.trainImages);
    facts.totalSteps = totalSteps(config, facts.trainImages);
    for (const auto& entry : setup.backbone->named_parameters()) {
        // fixed positions are stored as a parameter
        facts.parameters += entry.value().requires_grad() ? entry.value().numel() : 0;
    }
    facts.device = describeDevice(setup.environment.device);
    facts.software = describeSoftware();
}

} // namespace

Result<EvaluationSetup> setUpEvaluation(const RunRequest& request, EventSink& events,
                                        const RunControl& control)
{
    const TrainingConfig& config = request.config;
    Result<RunEnvironment> environment = prepareEnvironment(request, events, control);
    if (!environment) {
        return tl::unexpected(environment.error());
    }
    const auto usable = checkLabels(config, environment->data).and_then([&] {
        return checkSteps(config, labelledImages(*environment->data.train));
    });
    if (!usable) {
        return tl::unexpected(usable.error());
    }
    EvaluationSetup setup {std::move(*environment), makeTrainableBackbone(config), {}};
    if (!config.model.initialWeights.empty()) {
        const auto loaded = loadBackboneWeights(config.model.initialWeights, *setup.backbone);
        if (!loaded) {
            return tl::unexpected(loaded.error());
        }
        if (!loaded->empty()) {
            events.publish(
                Incident {0, "initial_weights", {}, "Initial weights: " + *loaded + "."});
        }
    }
    setup.backbone->to(setup.environment.device);
    collectFacts(config, setup);
    return setup;
}

} // namespace mocoscope::training
