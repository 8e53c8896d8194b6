// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_trainer.h"

#include "training/api/spike_watch.h"

#include <cmath>
#include <fstream>
#include <limits>

namespace mocoscope::testing {

using namespace training;

namespace {

/// Metrics before those of the layers, in the order of their indices.
enum FixedMetric : std::uint32_t
{
    Loss,
    LearningRate,
    ImagesPerSecond,
    KnnTop1,
    FixedMetrics,
};

/// Noise that is the same in each run: in (-1, 1), from the step and the curve.
double jitter(std::int64_t step, std::uint32_t curve)
{
    auto bits = static_cast<std::uint64_t>(step) * 0x9e3779b97f4a7c15 + curve * 0xbf58476d1ce4e5b9;
    bits = (bits ^ (bits >> 31)) * 0x94d049bb133111eb;
    bits ^= bits >> 29;
    return static_cast<double>(bits >> 11) / static_cast<double>(std::uint64_t {1} << 52) - 1;
}

/// In the order in which they are declared, the first of them having this index.
void appendSystem(std::int64_t step, std::uint32_t first, std::vector<MetricValue>& values)
{
    constexpr double gibibyte = 1024.0 * 1024.0 * 1024.0;
    const double load = 80 + 10 * jitter(step, first);
    values.insert(values.end(),
                  {{first, load},
                   {first + 1, load - 15},
                   {first + 2, 3 * gibibyte},
                   {first + 3, 6 * gibibyte},
                   {first + 4, load + 8},
                   {first + 5, 4 * load}});
}

std::int64_t firstStepOf(const RunRequest& request)
{
    std::int64_t step = 0;
    for (const CheckpointFile& file : request.resumeFrom) {
        if (std::ifstream(file.path) >> step) {
            break;
        }
    }
    return step;
}

std::filesystem::path fileOf(const RunRequest& request, std::int64_t step)
{
    return request.checkpointFolder / ("step-" + std::to_string(step) + ".safetensors");
}

} // namespace

struct FakeTrainer::Running
{
    const RunRequest& request;
    EventSink& events;
    RunControl& control;
    std::int64_t step = 0;
    SpikeWatch spikes;
    mutable std::int64_t savedStep = 0;

    void publish(const SpikeWatch::Changes& changes)
    {
        for (const std::size_t index : changes) {
            events.publish(spikes.toEvent(spikes.incidents()[index]));
        }
    }
};

FakeTrainer::FakeTrainer(FakeTrainerOptions options)
    : m_options(std::move(options))
{
}

std::vector<std::string> FakeTrainer::layers() const
{
    std::vector<std::string> names {"patch_embed"};
    for (std::int64_t block = 0; block < m_options.blocks; ++block) {
        names.push_back("blocks." + std::to_string(block));
    }
    names.insert(names.end(), {"norm", "projector", "predictor"});
    return names;
}

void FakeTrainer::run(const RunRequest& request, EventSink& events, RunControl& control)
{
    Running running {request, events, control, firstStepOf(request),
                     SpikeWatch(request.config.monitor, layers())};
    running.savedStep = running.step;
    announce(running);
    while (running.step < m_options.steps) {
        if (m_options.beforeStep) {
            m_options.beforeStep(running.step, control);
        }
        pauseWhenAsked(running, control.holdReason());
        if (control.isStopRequested()) {
            break;
        }
        if (const auto failed = step(running)) {
            events.publish(Failed {*failed});
            return;
        }
        if (m_options.afterStep) {
            m_options.afterStep(running.step - 1, control);
        }
        if (isRolledBack(running)) {
            if (m_options.rollBackLosesCheckpoint) {
                std::filesystem::remove(fileOf(request, running.savedStep));
            }
            events.publish(Finished {running.step, true, running.savedStep});
            return;
        }
    }
    if (!control.isAbortRequested()) {
        save(running);
    }
    events.publish(Finished {running.step, running.step < m_options.steps});
}

void FakeTrainer::announce(const Running& running) const
{
    RunFacts facts;
    facts.firstStep = running.step;
    facts.totalSteps = m_options.steps;
    facts.stepsPerEpoch = m_options.stepsPerEpoch;
    facts.trainImages = m_options.stepsPerEpoch * running.request.config.train.batchSize;
    facts.testImages = 100;
    facts.classes = 10;
    facts.parameters = 21'000'000;
    facts.trainableParameters = 20'000'000;
    facts.device = "scripted device";
    facts.software = "fake trainer";
    facts.layers = layers();
    MetricsDeclared declared {{{"train/loss", ""},
                               {"train/lr", ""},
                               {"train/images_per_s", "1/s"},
                               {"eval/knn_top1", "%"}}};
    for (const std::string& layer : facts.layers) {
        declared.metrics.push_back({"grad/l2/" + layer, ""});
    }
    if (m_options.systemEvery > 0) {
        declared.metrics.insert(declared.metrics.end(),
                                {{"system/cpu_percent", "%"},
                                 {"system/process_cpu_percent", "%"},
                                 {"system/process_memory_bytes", "B"},
                                 {"system/memory_bytes", "B"},
                                 {"system/gpu0_percent", "%"},
                                 {"system/gpu0_power_w", "W"}});
    }
    running.events.publish(std::move(facts));
    running.events.publish(std::move(declared));
    running.events.publish(StateChanged {RunState::Running, {}});
}

std::optional<Error> FakeTrainer::step(Running& running) const
{
    const std::int64_t step = running.step;
    if (step == m_options.failAt) {
        return m_options.failure;
    }
    const bool isFinite = step != m_options.nonFiniteAt;
    if (!isFinite && running.request.nonFinite == NonFinitePolicy::Fail) {
        return Error {ErrorCode::NonFinite, "The loss is not finite", "Lower optimizer.lr."};
    }
    const double done = static_cast<double>(step) / static_cast<double>(m_options.steps);
    const double loss = 1.0 + 1.8 * std::exp(-4 * done) + 0.05 * jitter(step, Loss);
    const double rate = 1.5e-4 * (done < 0.1 ? done / 0.1 : 0.5 * (1 + std::cos(3.14159 * done)));
    MetricBatch batch;
    batch.step = step;
    batch.epoch = static_cast<double>(step) / static_cast<double>(m_options.stepsPerEpoch);
    batch.wallMs = step * m_options.stepMs;
    batch.values = {{Loss, isFinite ? loss : std::numeric_limits<double>::quiet_NaN()},
                    {LearningRate, rate},
                    {ImagesPerSecond, 900 + 20 * jitter(step, ImagesPerSecond)}};
    const auto layerCount = static_cast<std::uint32_t>(layers().size());
    std::vector<double> magnitudes;
    for (std::uint32_t layer = 0; layer < layerCount; ++layer) {
        const bool isSpike = m_options.spikeAt >= 0 && step == m_options.spikeAt + layer;
        const double usual = 0.02 * (1 + layer) * (1.2 + 0.3 * jitter(step, FixedMetrics + layer));
        magnitudes.push_back(isSpike ? 25 * usual : usual);
        batch.values.push_back({FixedMetrics + layer, magnitudes.back()});
    }
    if (m_options.systemEvery > 0 && step % m_options.systemEvery == 0) {
        appendSystem(step, FixedMetrics + layerCount, batch.values);
    }
    running.events.publish(std::move(batch));
    running.publish(running.spikes.addStep(step, magnitudes));
    if (!isFinite) {
        reportNonFinite(running);
    }
    ++running.step;
    if (m_options.evaluateEvery > 0 && running.step % m_options.evaluateEvery == 0) {
        evaluate(running);
    }
    if (m_options.checkpointEvery > 0 && running.step % m_options.checkpointEvery == 0) {
        save(running);
    }
    return std::nullopt;
}

void FakeTrainer::reportNonFinite(Running& running) const
{
    running.events.publish(Incident {running.step, "non_finite", {}, "The loss is not finite"});
    running.control.requestPause();
    pauseWhenAsked(running, "The loss is not finite");
}

void FakeTrainer::evaluate(Running& running) const
{
    running.events.publish(Progress {"evaluating", 1, 2});
    const double done = static_cast<double>(running.step) / static_cast<double>(m_options.steps);
    MetricBatch batch;
    batch.step = running.step;
    batch.epoch = static_cast<double>(running.step) / static_cast<double>(m_options.stepsPerEpoch);
    batch.wallMs = running.step * m_options.stepMs;
    const bool isDip = m_options.spikeAt >= 0 && running.step > m_options.spikeAt
        && running.step <= m_options.spikeAt + 2 * m_options.evaluateEvery;
    const double accuracy = 10 + 50 * (1 - std::exp(-3 * done)) - (isDip ? 8 : 0);
    batch.values = {{KnnTop1, accuracy}};
    running.events.publish(std::move(batch));
    running.publish(running.spikes.addEvaluation(running.step, accuracy));
    running.events.publish(Progress {});
}

bool FakeTrainer::isRolledBack(const Running& running) const
{
    const RunRequest& request = running.request;
    return running.step == m_options.rollBackAt && request.mayRollBack && running.savedStep > 0
        && request.config.monitor.onSpike == "roll_back" && request.config.monitor.rollBacks > 0;
}

void FakeTrainer::save(const Running& running) const
{
    running.savedStep = running.step;
    running.events.publish(Progress {"saving", 0, 1});
    const auto file = fileOf(running.request, running.step);
    std::error_code ignored;
    std::filesystem::create_directories(file.parent_path(), ignored);
    std::ofstream(file) << running.step;
    running.events.publish(
        CheckpointSaved {running.step, file.string(), std::string(64, 'a'), 1, {}});
    running.events.publish(Progress {});
}

void FakeTrainer::pauseWhenAsked(const Running& running, const std::string& reason) const
{
    if (!running.control.isPauseRequested() || running.control.isStopRequested()) {
        return;
    }
    running.events.publish(StateChanged {RunState::Paused, reason});
    running.control.waitWhilePaused();
    if (!running.control.isStopRequested()) {
        running.events.publish(StateChanged {RunState::Running, {}});
    }
}

} // namespace mocoscope::testing
