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

const std::vector<MetricDescription> knnMetrics {{"eval/knn_top1", "%"},
                                                 {"eval/knn_top5", "%"},
                                                 {"eval/feature_std", ""},
                                                 {"eval/effective_rank", ""}};

/// One step: the vote that pretraining takes on its way, on these weights.
Result<Finished> runKnn(const RunRequest& request, EvaluationSetup& setup, EventSink& events,
                        RunControl& control)
{
    const RunClock clock;
    const MetricBoard board(knnMetrics, {});
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
    if (result->accuracy) {
        metrics.values.push_back(board.value("eval/knn_top1", 100 * result->accuracy->top1));
        metrics.values.push_back(board.value("eval/knn_top5", 100 * result->accuracy->top5));
    }
    if (result->signs) {
        metrics.values.push_back(board.value("eval/feature_std", result->signs->featureDeviation));
        metrics.values.push_back(board.value("eval/effective_rank", result->signs->effectiveRank));
    }
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
    if (config.task.name == "knn") {
        return runKnn(request, *setup, events, control);
    }
    if (config.task.name == "linear") {
        LinearTask task(config, *setup, events, control);
        return SupervisedLoop(request, setup->facts, task, events, control).run();
    }
    FinetuneTask task(config, *setup, events, control);
    return SupervisedLoop(request, setup->facts, task, events, control).run();
}

} // namespace mocoscope::training
