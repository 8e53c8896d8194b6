// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/supervised_loop.h"

#include "training/engine/checkpoint.h"
#include "training/engine/periods.h"

#include <cmath>
#include <utility>

namespace mocoscope::training {

namespace {

std::vector<MetricDescription> allMetrics(const SupervisedTask& task)
{
    std::vector<MetricDescription> metrics {{"train/loss", ""},
                                            {"train/lr", ""},
                                            {"train/images_per_s", "1/s"},
                                            {"train/step_s", "s"},
                                            {"train/data_wait_s", "s"}};
    if (!task.layers().empty()) {
        metrics.push_back({"train/grad_norm", ""});
    }
    const auto more = task.evaluationMetrics();
    metrics.insert(metrics.end(), more.begin(), more.end());
    return metrics;
}

} // namespace

torch::Generator headGenerator(const TrainingConfig& config, std::uint64_t stream)
{
    return at::make_generator<at::CPUGeneratorImpl>(static_cast<std::uint64_t>(config.train.seed)
                                                    ^ stream);
}

SupervisedLoop::SupervisedLoop(const RunRequest& request, RunFacts facts,
                               const std::vector<torch::Device>& devices, SupervisedTask& task,
                               EventSink& events, RunControl& control)
    : m_request(request)
    , m_facts(std::move(facts))
    , m_task(task)
    , m_events(events)
    , m_control(control)
    , m_board(allMetrics(task), task.layers())
    , m_system(request, devices, m_board)
    , m_obstacle(request, events, control, m_clock)
{
}

Result<Finished> SupervisedLoop::run()
{
    if (const auto loaded = loadStart(); !loaded) {
        return tl::unexpected(loaded.error());
    }
    announce();
    if (const auto started = m_task.start(m_step); !started) {
        return m_control.isStopRequested() ? Result<Finished>(Finished {m_step, true})
                                           : tl::unexpected(started.error());
    }
    m_clock.skip();
    m_lastSave = Clock::now();
    return goThroughSteps();
}

Result<void> SupervisedLoop::loadStart()
{
    m_clock = RunClock();
    if (m_request.resumeFrom.empty()) {
        return {};
    }
    const auto position
        = restoreCheckpoint(m_request, m_task.model(), m_task.optimizer(), m_events);
    if (!position) {
        return tl::unexpected(position.error());
    }
    m_step = m_savedStep = position->step;
    m_clock = RunClock(position->wallMs);
    m_accuracy = position->score.accuracy;
    return {};
}

void SupervisedLoop::announce()
{
    m_facts.firstStep = m_step;
    m_facts.layers = m_task.layers();
    m_facts.trainableParameters = 0;
    for (const auto& parameter : m_task.model().parameters()) {
        m_facts.trainableParameters += parameter.requires_grad() ? parameter.numel() : 0;
    }
    m_events.publish(m_facts);
    m_events.publish(MetricsDeclared {m_board.metrics()});
    m_events.publish(StateChanged {RunState::Running, {}});
}

Result<Finished> SupervisedLoop::goThroughSteps()
{
    // Resumed where an epoch ends, its evaluation may be missing; a known one comes out the same.
    Result<void> done = m_step > 0 && isEpochEnd() ? evaluate() : Result<void>();
    while (done && m_step < m_facts.totalSteps) {
        if (m_control.isStopRequested()) {
            return end(true);
        }
        if (m_control.isPauseRequested()) {
            pauseAsRequested();
            continue;
        }
        done = doStep();
        if (done && isEpochEnd()) {
            done = evaluate();
        }
        if (done && isCheckpointDue()) {
            done = save();
        }
        if (!done && m_control.isStopRequested()) {
            return end(true);
        }
    }
    if (!done && done.error().code == ErrorCode::Cancelled) {
        return end(true);
    }
    return done ? end(false) : tl::unexpected(done.error());
}

Result<void> SupervisedLoop::doStep()
{
    const Result<SupervisedStep> computed = computeStep();
    if (!computed) {
        return tl::unexpected(computed.error());
    }
    if (computed->isFinite) {
        m_task.optimizer().step(computed->optimizerRate);
    }
    m_task.optimizer().zeroGradients();
    publishStep(*computed);
    if (!computed->isFinite) {
        if (const auto handled = handleNonFinite(); !handled) {
            return handled;
        }
    }
    ++m_step;
    return {};
}

Result<SupervisedStep> SupervisedLoop::computeStep()
{
    const auto attempt = [this, isFirst = true]() mutable {
        const auto started = std::exchange(isFirst, false) ? Result<void>() : m_task.start(m_step);
        return started.and_then([this] { return m_task.computeStep(m_step); });
    };
    return m_obstacle.overcome(attempt, m_step, "data_gone");
}

void SupervisedLoop::publishStep(const SupervisedStep& step)
{
    const double seconds = m_clock.lapSeconds();
    MetricBatch batch {m_step, epochOf(m_step), m_clock.wallMs(), {}};
    batch.values = {m_board.value("train/loss", step.loss), m_board.value("train/lr", step.rate),
                    m_board.value("train/images_per_s", static_cast<double>(step.images) / seconds),
                    m_board.value("train/step_s", seconds),
                    m_board.value("train/data_wait_s", step.waitSeconds)};
    if (step.magnitudes.defined()) {
        const float* magnitudes = step.magnitudes.const_data_ptr<float>();
        const std::int64_t columns = step.magnitudes.size(1);
        batch.values.push_back(m_board.value("train/grad_norm", double(magnitudes[columns - 1])));
        m_board.appendGradients(magnitudes, magnitudes + columns, batch.values);
    }
    m_system.append(batch.values);
    m_events.publish(std::move(batch));
}

Result<void> SupervisedLoop::handleNonFinite()
{
    const std::string message = "The loss or a gradient of step " + std::to_string(m_step)
        + " is not finite. The update was left out and the weights are those of before the step. A "
          "smaller learning rate is the usual remedy.";
    m_events.publish(Incident {m_step, "non_finite", {}, message});
    if (m_request.nonFinite == NonFinitePolicy::Fail) {
        return failure(ErrorCode::NonFinite, message);
    }
    m_control.requestPause();
    waitWhilePaused(message, m_events, m_control, m_clock);
    return {};
}

Result<void> SupervisedLoop::evaluate()
{
    const auto values = m_task.evaluate();
    m_clock.skip();
    if (!values) {
        return tl::unexpected(values.error());
    }
    MetricBatch batch {m_step, epochOf(m_step), m_clock.wallMs(), {}};
    for (const NamedValue& value : *values) {
        if (value.metric.ends_with("/top1")) {
            m_accuracy = value.value;
        }
        batch.values.push_back(m_board.value(value.metric, value.value));
    }
    m_events.publish(std::move(batch));
    return {};
}

bool SupervisedLoop::isCheckpointDue() const
{
    return training::isCheckpointDue(m_request.config.checkpoint, Clock::now() - m_lastSave, m_step,
                                     m_facts.stepsPerEpoch);
}

Result<void> SupervisedLoop::tryToSave()
{
    if (m_savedStep == m_step) {
        return {};
    }
    m_events.publish(Progress {"saving", 0, 1});
    m_events.settle();
    auto saved = saveCheckpoint(m_request.checkpointFolder, m_task.model(), m_task.optimizer(),
                                m_request.config, {m_step, m_clock.wallMs(), {m_accuracy, {}}});
    m_events.publish(Progress {});
    m_clock.skip();
    m_lastSave = Clock::now();
    if (!saved) {
        return tl::unexpected(saved.error());
    }
    m_savedStep = m_step;
    m_events.publish(std::move(*saved));
    return {};
}

Result<void> SupervisedLoop::save()
{
    return m_obstacle.overcome([this] { return tryToSave(); }, m_step, "checkpoint_failed");
}

void SupervisedLoop::pauseAsRequested()
{
    const std::string held = m_control.holdReason();
    if (held.empty()) {
        if (const auto saved = tryToSave(); !saved) {
            m_events.publish(Incident {m_step,
                                       "checkpoint_failed",
                                       {},
                                       "No checkpoint was written: " + toText(saved.error())});
        }
    }
    waitWhilePaused(held, m_events, m_control, m_clock);
}

Result<Finished> SupervisedLoop::end(bool stopped)
{
    if (!m_control.isAbortRequested()) {
        if (const auto saved = save(); !saved) {
            return failure(saved.error().code, "The run ended without its last checkpoint",
                           toText(saved.error()));
        }
    }
    return Finished {m_step, stopped};
}

/// The run's last step counts as well, where a limit cuts an epoch short.
bool SupervisedLoop::isEpochEnd() const
{
    return m_step % m_facts.stepsPerEpoch == 0 || m_step == m_facts.totalSteps;
}

double SupervisedLoop::epochOf(std::int64_t step) const
{
    return static_cast<double>(step) / static_cast<double>(m_facts.stepsPerEpoch);
}

} // namespace mocoscope::training
