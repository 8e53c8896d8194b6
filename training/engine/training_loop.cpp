// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/training_loop.h"

#include "training/engine/device.h"
#include "training/engine/periods.h"
#include "training/optim/schedule.h"

#include <algorithm>
#include <cmath>
#include <thread>
#include <utility>

namespace mocoscope::training {

using torch::Tensor;

namespace {

/// Of several processes each reads its own rows of the batch.
ViewLoader::Options loaderOptions(const RunRequest& request)
{
    const TrainingConfig& config = request.config;
    ViewLoader::Options options;
    options.imageSize = config.model.imageSize;
    options.batchSize = config.train.batchSize;
    options.seed = static_cast<std::uint64_t>(config.train.seed);
    options.workers = config.data.workers;
    options.prefetch = config.data.prefetch;
    if (const auto& process = request.process) {
        const std::int64_t share = config.train.batchSize / process->worldSize;
        options.rowsFrom = share * process->rank;
        options.rowsTo = options.rowsFrom + share;
        const auto cores = static_cast<std::int64_t>(std::thread::hardware_concurrency());
        options.workers = options.workers > 0
            ? options.workers
            : std::max<std::int64_t>(cores / process->localSize, 1);
    }
    return options;
}

} // namespace

TrainingLoop::TrainingLoop(const RunRequest& request, TrainingSetup& setup, EventSink& events,
                           RunControl& control)
    : m_request(request)
    , m_setup(setup)
    , m_events(events)
    , m_control(control)
    , m_loader(setup.data.train, request.config.views, loaderOptions(request),
               [this](std::string_view name, std::string_view reason) {
                   m_events.publish(
                       Incident {m_shownStep,
                                 "unreadable_image",
                                 {},
                                 std::string(name) + " is skipped: " + std::string(reason)});
               })
    , m_evaluation({setup.crew->first().method().backbone(), request.config,
                    setup.crew->first().device(), events, control},
                   setup.data)
    , m_spikes(request.config.monitor, setup.facts.layers, events)
    , m_system(request, setup.devices, *setup.board)
    , m_obstacle(request, events, control, m_clock)
    , m_step(setup.facts.firstStep)
    , m_shownStep(setup.facts.firstStep)
    , m_accuracy(setup.start.score.accuracy)
{
    m_spikes.restore(setup.start.spikes);
}

Result<Finished> TrainingLoop::run()
{
    announce();
    m_loader.start(m_step / m_setup.facts.stepsPerEpoch, m_step % m_setup.facts.stepsPerEpoch);
    m_setup.crew->run([](Replica& replica, std::size_t /*index*/) { replica.method().train(); });
    m_clock = RunClock(m_setup.start.wallMs);
    m_lastSave = RunClock::Clock::now();
    while (m_step < m_setup.facts.totalSteps) {
        if (isEvaluationDue()) {
            evaluate();
        }
        // After the evaluation of the same step: its accuracy says which checkpoint is the best.
        if (m_step > m_setup.facts.firstStep && isCheckpointDue()) {
            if (const auto saved = saveCheckpoint(); !saved && !m_control.isStopRequested()) {
                return tl::unexpected(saved.error());
            }
        }
        // Before the processes agree: whose images are gone waits here, and is stopped here.
        if (!m_batch) {
            if (Result<ViewBatch> batch = nextBatch()) {
                m_batch = std::move(*batch);
            } else if (!m_control.isStopRequested()) {
                return tl::unexpected(batch.error());
            }
        }
        const Wishes wishes = agreeOnWishes();
        if (wishes.stop) {
            return end(true);
        }
        if (wishes.pause) {
            pauseAsRequested();
            continue;
        }
        if (const auto done = trainOneStep(*std::exchange(m_batch, std::nullopt));
            !done && !m_control.isStopRequested()) {
            return tl::unexpected(done.error());
        }
        if (std::exchange(m_spikeBegan, false)) {
            if (const auto reacted = reactToSpike(); !reacted && !m_control.isStopRequested()) {
                return tl::unexpected(reacted.error());
            }
            if (m_rollBackTo) {
                return end(true);
            }
        }
    }
    if (m_request.config.evaluation.knnEveryEpochs > 0) {
        evaluate();
    }
    return end(false);
}

TrainingLoop::Wishes TrainingLoop::agreeOnWishes() const
{
    const Wishes own {m_control.isStopRequested(), m_control.isPauseRequested()};
    Collectives* processes = m_setup.crew->processes();
    if (processes == nullptr) {
        return own;
    }
    const Tensor votes = torch::tensor({own.stop ? 1 : 0, own.pause ? 1 : 0}, torch::kInt64)
                             .to(m_setup.crew->first().device());
    processes->allReduceSum(votes);
    const Tensor counted = votes.cpu();
    return {counted[0].item<std::int64_t>() > 0, counted[1].item<std::int64_t>() > 0};
}

void TrainingLoop::announce()
{
    m_events.publish(m_setup.facts);
    m_events.publish(MetricsDeclared {m_setup.board->metrics()});
    m_events.publish(StateChanged {RunState::Running, {}});
    if (m_setup.facts.classes == 0 && m_setup.facts.testImages == 0) {
        m_events.publish(Incident {
            m_step, "data_warning", {}, "The images have no labels, so accuracy is not measured."});
    }
    if (m_request.config.train.precision == "bf16"
        && !isFastInBf16(m_setup.crew->first().device())) {
        m_events.publish(Incident {m_step,
                                   "slow_precision",
                                   {},
                                   "This processor is slower in bf16 than in fp32, many times so "
                                   "where it emulates bf16; train.precision = auto takes what is "
                                   "fast."});
    }
}

Result<void> TrainingLoop::trainOneStep(const ViewBatch& batch)
{
    const TrainingConfig& config = m_request.config;
    const std::int64_t side = config.model.imageSize;
    const auto wrap = [&](std::uint8_t* data) {
        return torch::from_blob(data, {batch.size, 3, side, side}, torch::kUInt8);
    };
    const TwoViews views {wrap(batch.view1), wrap(batch.view2)};
    const double momentum = encoderMomentum(config, m_step, m_setup.facts.stepsPerEpoch);
    const double rate = learningRate(config, m_step, m_setup.facts.stepsPerEpoch);

    std::vector<StepValues> all(m_setup.crew->size());
    m_setup.crew->run([&](Replica& replica, std::size_t index) {
        all[index] = replica.step({rowsOf(views, index), momentum, rate, epochOf(m_step)});
    });
    const StepValues& values = all.front(); // the others are the same
    publishStep(values, rate, momentum, batch.waitSeconds);
    if (values.isFinite) {
        m_lossSum += values.loss;
        ++m_lossCount;
    } else if (values.isOverflow) {
        tellOverflow(values.lossScale);
    } else {
        if (const auto handled = handleNonFinite(views, values); !handled) {
            return handled;
        }
    }
    m_shownStep = ++m_step;
    return {};
}

Result<ViewBatch> TrainingLoop::nextBatch()
{
    const auto attempt = [this, isFirst = true]() mutable {
        if (!std::exchange(isFirst, false)) {
            const std::int64_t perEpoch = m_setup.facts.stepsPerEpoch;
            m_loader.start(m_step / perEpoch, m_step % perEpoch);
        }
        return m_loader.next();
    };
    return m_obstacle.overcome(attempt, m_step, "data_gone");
}

TwoViews TrainingLoop::rowsOf(const TwoViews& views, std::size_t index) const
{
    const std::int64_t rows = views.first.size(0) / static_cast<std::int64_t>(m_setup.crew->size());
    const std::int64_t from = rows * static_cast<std::int64_t>(index);
    return {views.first.narrow(0, from, rows), views.second.narrow(0, from, rows)};
}

void TrainingLoop::publishStep(const StepValues& values, double rate, double momentum,
                               double waitSeconds)
{
    const double stepSeconds = m_clock.lapSeconds();
    const MetricBoard& board = *m_setup.board;
    MetricBatch metrics {m_step, epochOf(m_step), m_clock.wallMs(), {}};
    metrics.values.reserve(board.metrics().size());
    metrics.values = {
        board.value("train/loss", values.loss),
        board.value("train/lr", rate),
        board.value("train/images_per_s",
                    static_cast<double>(m_request.config.train.batchSize) / stepSeconds),
        board.value("train/step_s", stepSeconds),
        board.value("train/data_wait_s", waitSeconds),
    };
    if (m_setup.crew->first().method().momentumBackbone() != nullptr) {
        metrics.values.push_back(board.value("train/momentum", momentum));
    }
    if (m_setup.crew->first().lossScale().isOn()) {
        metrics.values.push_back(board.value("train/loss_scale", values.lossScale));
    }
    m_system.append(metrics.values);
    if (values.isOverflow) { // its gradients are none
        m_events.publish(std::move(metrics));
        return;
    }
    const float* magnitudes = values.magnitudes.const_data_ptr<float>();
    const std::int64_t columns = values.magnitudes.size(1);
    metrics.values.push_back(board.value("train/grad_norm", double(magnitudes[columns - 1])));
    board.appendGradients(magnitudes, magnitudes + columns, metrics.values);
    m_events.publish(std::move(metrics));
    m_spikeBegan = m_setup.isRecorder() && m_spikes.addStep(m_step, magnitudes);
}

void TrainingLoop::tellOverflow(double lossScale)
{
    m_events.publish(Incident {m_step,
                               "overflow",
                               {},
                               "The gradients of step " + std::to_string(m_step)
                                   + " overflowed fp16 with a loss scale of "
                                   + std::to_string(std::llround(lossScale))
                                   + ". The update was left out and the loss scale halved."});
}

Result<void> TrainingLoop::handleNonFinite(const TwoViews& views, const StepValues& values)
{
    const std::string layer = nonFiniteLayer(views, values);
    m_setup.crew->run([](Replica& replica, std::size_t /*index*/) { replica.undoStep(); });
    const std::string what = std::isfinite(values.loss) ? "gradient" : "loss";
    const std::string message = "The " + what + " of step " + std::to_string(m_step)
        + " is not finite; it begins in " + layer
        + ". The update was left out and the weights are those of before the step. Resume goes on "
          "with the next batch; a smaller learning rate or a longer warm-up is the usual remedy.";
    m_events.publish(Incident {m_step, "non_finite", layer, message});
    if (m_request.nonFinite == NonFinitePolicy::Fail) {
        return failure(ErrorCode::NonFinite, message);
    }
    m_control.requestPause();
    waitWhilePaused(message, m_events, m_control, m_clock);
    return {};
}

std::string TrainingLoop::nonFiniteLayer(const TwoViews& views, const StepValues& values)
{
    if (!std::isfinite(values.loss)) {
        std::vector<std::string> layers(m_setup.crew->size());
        m_setup.crew->run([&](Replica& replica, std::size_t index) {
            layers[index] = replica.firstNonFiniteLayer(rowsOf(views, index));
        });
        return layers.front(); // the others say the same
    }
    // The backward pass starts at the end: the deepest bad layer is where it began.
    const Tensor isBad = values.magnitudes.isfinite().all(0).logical_not();
    for (auto i = static_cast<std::int64_t>(m_setup.facts.layers.size()) - 1; i >= 0; --i) {
        if (isBad[i].item<bool>()) {
            return m_setup.facts.layers[static_cast<std::size_t>(i)];
        }
    }
    return "loss";
}

bool TrainingLoop::isEvaluationDue() const
{
    return m_evaluatedStep != m_step
        && isPeriodEnd(m_step, m_request.config.evaluation.knnEveryEpochs,
                       m_setup.facts.stepsPerEpoch);
}

void TrainingLoop::evaluate()
{
    if (m_evaluatedStep == m_step || !m_setup.isRecorder()) {
        return;
    }
    const auto result = m_evaluation.run();
    m_clock.skip();
    m_evaluatedStep = m_step;
    if (!result && result.error().code == ErrorCode::Cancelled) {
        return; // with the run; it is done again when that is resumed
    }
    if (!result) {
        m_events.publish(Incident {m_step, "data_warning", {}, toText(result.error())});
        return;
    }
    MetricBatch metrics {m_step, epochOf(m_step), m_clock.wallMs(), {}};
    appendValues(*result, *m_setup.board, metrics.values);
    if (result->accuracy) {
        m_accuracy = 100 * result->accuracy->top1;
    }
    m_events.publish(std::move(metrics));
    if (result->accuracy) {
        m_spikes.addEvaluation(m_step, 100 * result->accuracy->top1);
    }
}

double TrainingLoop::epochOf(std::int64_t step) const
{
    return static_cast<double>(step) / static_cast<double>(m_setup.facts.stepsPerEpoch);
}

} // namespace mocoscope::training
