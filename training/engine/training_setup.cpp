// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/training_setup.h"

#include "training/api/config_json.h"
#include "training/api/devices.h"
#include "training/api/model_shape.h"
#include "training/collectives/process_collectives.h"
#include "training/engine/checkpoint.h"
#include "training/engine/device.h"
#include "training/engine/initial_weights.h"
#include "training/engine/run_environment.h"

#include <functional>

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

Result<void> checkShare(const TrainingConfig& config, const LaunchedProcess& process)
{
    const auto violations
        = shareViolations(config, process.worldSize, "processes of " + process.launcher);
    if (violations.empty()) {
        return {};
    }
    const Violation& first = violations.front();
    return failure(ErrorCode::BadConfiguration, first.key + " = " + first.value, first.reason);
}

/// Whether all processes are about to train the same. Where images lie may differ.
Result<void> compareRuns(Collectives& processes, TrainingConfig config, std::int64_t images)
{
    config.train.device = "auto";
    config.data.path = config.data.testPath = {};
    const auto hash = static_cast<std::int64_t>(std::hash<std::string> {}(toJson(config)));
    const torch::Tensor all
        = processes.allGather(torch::tensor({images, hash}, torch::kInt64).unsqueeze(0));
    const torch::Tensor isOther = (all != all[0]).any(1);
    if (isOther.any().item<bool>()) {
        return failure(ErrorCode::BadConfiguration,
                       "rank " + std::to_string(isOther.nonzero()[0].item<std::int64_t>())
                           + " has other images or another configuration than rank 0",
                       "start all processes with the same arguments and the same data");
    }
    return {};
}

/// Null where there are no other processes.
Result<std::unique_ptr<Collectives>> joinOthers(const RunRequest& request,
                                                const RunEnvironment& environment,
                                                EventSink& events, const RunControl& control)
{
    if (!request.process) {
        return std::unique_ptr<Collectives> {};
    }
    if (const auto checked = checkShare(request.config, *request.process); !checked) {
        return tl::unexpected(checked.error());
    }
    const auto gpus = busIds({environment.device});
    const std::int64_t size = request.process->worldSize;
    const auto tell = [&](std::int64_t come) { events.publish(Progress {"joining", come, size}); };
    tell(0);
    auto processes = joinProcesses(
        *request.process, {environment.device, gpus.empty() ? std::string() : gpus.front()}, {},
        {[&] { return control.isStopRequested(); }, tell});
    events.publish(Progress {});
    if (!processes) {
        return processes;
    }
    if (const auto same = compareRuns(**processes, request.config, environment.data.train->size());
        !same) {
        return tl::unexpected(same.error());
    }
    return processes;
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

/// A random start, named weights or a checkpoint, in one replica. Returns where the run goes on.
Result<TrainingPosition> loadStart(const RunRequest& request, Replica& replica, EventSink& events)
{
    if (!request.resumeFrom.empty()) {
        return restoreCheckpoint(request, replica.method(), replica.optimizer(), events);
    }
    if (!request.config.model.initialWeights.empty()) {
        const Result<std::string> remark
            = loadInitialWeights(request.config.model.initialWeights, replica.method());
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

void collectFacts(const RunRequest& request, const std::vector<torch::Device>& devices,
                  TrainingSetup& setup)
{
    const TrainingConfig& config = request.config;
    const Replica& replica = setup.crew->first();
    RunFacts& facts = setup.facts;
    facts.firstStep = setup.start.step;
    facts.trainImages = setup.data.train->size();
    facts.testImages = setup.data.test ? setup.data.test->size() : 0;
    facts.classes = static_cast<std::int64_t>(setup.data.train->classNames().size());
    facts.stepsPerEpoch = stepsPerEpoch(config, facts.trainImages);
    facts.totalSteps = totalSteps(config, facts.trainImages);
    facts.parameters = countElements(replica.method(), false);
    facts.trainableParameters = countElements(replica.method(), true);
    facts.device = describeDevices(devices);
    if (request.process) {
        facts.device += ", " + std::to_string(request.process->worldSize) + " processes of "
            + request.process->launcher;
    }
    facts.software = describeSoftware();
    facts.layers = replica.gradients().layers();
}

/// A run goes on anywhere, but bit for bit only where it was.
void tellOtherDevice(const TrainingPosition& start, const RunFacts& facts, EventSink& events)
{
    if (!start.device.empty() && start.device != facts.device) {
        events.publish(Incident {start.step,
                                 "device_changed",
                                 {},
                                 "Goes on with " + facts.device + "; until here it was "
                                     + start.device + ". Values differ by rounding from here on."});
    }
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
    Result<std::unique_ptr<Collectives>> processes
        = joinOthers(request, *environment, events, control);
    if (!processes) {
        return tl::unexpected(processes.error());
    }
    TrainingSetup setup;
    setup.data = std::move(environment->data);
    setup.crew = std::make_unique<ReplicaCrew>(config, environment->devices, std::move(*processes));
    setup.board = std::make_unique<MetricBoard>(setup.crew->first().gradients().layers());
    // The first replica of all has read it, the others get it from there.
    Result<TrainingPosition> start = setup.isRecorder()
        ? loadStart(request, setup.crew->first(), events)
        : TrainingPosition {};
    if (!start) {
        return tl::unexpected(start.error());
    }
    std::vector<TrainingPosition> positions(setup.crew->size());
    setup.crew->run([&](Replica& replica, std::size_t index) {
        positions[index] = replica.followFirst(*start);
        replica.lossScale().setState(positions[index].lossScale);
    });
    setup.start = positions.front();
    collectFacts(request, environment->devices, setup);
    tellOtherDevice(setup.start, setup.facts, events);
    setup.devices = std::move(environment->devices);
    return setup;
}

} // namespace mocoscope::training
