// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/evaluation_run.h"

#include "training/engine/evaluation_pass.h"
#include "training/engine/evaluation_setup.h"
#include "training/engine/finetune_task.h"
#include "training/engine/linear_task.h"
#include "training/engine/metric_board.h"
#include "training/engine/run_clock.h"
#include "training/engine/supervised_loop.h"

namespace mocoscope::training {

namespace {

/// One step: the vote that pretraining takes on its way, on these weights.
Result<Finished> runKnn(const RunRequest& request, EvaluationSetup& setup, EventSink& events,
                        RunControl& control)
{
    const RunClock clock;
    const MetricBoard board(evaluationMetrics(), {});
    events.publish(setup.facts);
    events.publish(MetricsDeclared {board.metrics()});
    events.publish(StateChanged {RunState::Running, {}});
    EvaluationPass pass(
        {*setup.backbone, request.config, setup.environment.device, events, control},
        setup.environment.data);
    const auto result = pass.run();
    if (!result) {
        return result.error().code == ErrorCode::Cancelled ? Result<Finished>(Finished {0, true})
                                                           : tl::unexpected(result.error());
    }
    MetricBatch metrics {1, 1, clock.wallMs(), {}};
    appendValues(*result, board, metrics.values);
    events.publish(std::move(metrics));
    return Finished {1, false};
}

} // namespace

Result<Finished> runEvaluation(const RunRequest& request, EventSink& events, RunControl& control)
{
    auto setup = setUpEvaluation(request, events, control);
    if (!setup) {
        return control.isStopRequested() ? Result<Finished>(Finished {0, true})
                                         : tl::unexpected(setup.error());
    }
    const TrainingConfig& config = request.config;
    const std::vector<torch::Device>& devices = setup->environment.devices;
    if (config.task.name == "knn") {
        return runKnn(request, *setup, events, control);
    }
    if (config.task.name == "linear") {
        LinearTask task(config, *setup, events, control);
        return SupervisedLoop(request, setup->facts, devices, task, events, control).run();
    }
    FinetuneTask task(config, *setup, events, control);
    return SupervisedLoop(request, setup->facts, devices, task, events, control).run();
}

} // namespace mocoscope::training
