// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/torch_trainer.h"

#include "training/api/model_shape.h"
#include "training/api/task.h"
#include "training/collectives/collectives.h"
#include "training/engine/evaluation_run.h"
#include "training/engine/training_loop.h"

#include <torch/torch.h>

#include <algorithm>
#include <exception>
#include <new>

namespace mocoscope::training {

namespace {

std::int64_t halved(std::int64_t rows)
{
    return std::max<std::int64_t>(rows / 2, 1);
}

std::string smallerBatchAdvice(const TrainingConfig& config)
{
    if (config.task.name == "knn" || config.task.name == "linear") {
        return "lower evaluation.batch_size, which does not change results";
    }
    if (!isEvaluation(config) && hasBatchNorm(config.model)) {
        return "set train.batch_size to " + std::to_string(halved(config.train.batchSize))
            + " or less: the backbone has batch normalisation, which needs the whole batch at once";
    }
    const std::int64_t rows
        = config.train.microBatch > 0 ? config.train.microBatch : taskBatchSize(config);
    return "set train.micro_batch to " + std::to_string(halved(rows))
        + " or less: loss and gradients stay those of the whole batch of "
        + std::to_string(taskBatchSize(config));
}

/// The words for whatever was thrown; called inside a catch block.
Error describeException(const TrainingConfig& config)
{
    try {
        throw;
    } catch (const ReplicasReleased& error) {
        return {ErrorCode::Device, "another process of this run has ended or is silent",
                std::string("its own output says why; here: ") + error.what()};
    } catch (const c10::OutOfMemoryError& error) {
        return {ErrorCode::OutOfMemory, "the device ran out of memory", smallerBatchAdvice(config)};
    } catch (const std::bad_alloc&) {
        return {ErrorCode::OutOfMemory, "the memory of this machine is used up",
                smallerBatchAdvice(config)};
    } catch (const c10::Error& error) {
        const std::string what = error.what_without_backtrace();
        // The CPU allocator of LibTorch throws no type of its own.
        if (what.find("not enough memory") != std::string::npos
            || what.find("can't allocate memory") != std::string::npos) {
            return {ErrorCode::OutOfMemory, "the memory of this machine is used up",
                    smallerBatchAdvice(config)};
        }
        return {ErrorCode::Device, "the tensor library failed", what};
    } catch (const std::exception& error) {
        return {ErrorCode::Internal, "the training failed", error.what()};
    } catch (...) {
        return {ErrorCode::Internal, "the training failed", "for an unknown reason"};
    }
}

class TorchTrainer final : public Trainer
{
public:
    void run(const RunRequest& request, EventSink& events, RunControl& control) override
    {
        try {
            runGuarded(request, events, control);
        } catch (...) {
            events.publish(Failed {describeException(request.config)});
        }
    }

private:
    static void runGuarded(const RunRequest& request, EventSink& events, RunControl& control)
    {
        if (isEvaluation(request.config) && request.process) {
            events.publish(
                Failed {{ErrorCode::BadArgument, taskTitle(request.config) + " takes one process",
                         "start it without " + request.process->launcher}});
            return;
        }
        const Result<Finished> finished = isEvaluation(request.config)
            ? runEvaluation(request, events, control)
            : runPretraining(request, events, control);
        if (finished) {
            events.publish(*finished);
        } else {
            events.publish(Failed {finished.error()});
        }
    }

    static Result<Finished> runPretraining(const RunRequest& request, EventSink& events,
                                           RunControl& control)
    {
        Result<TrainingSetup> setup = setUpTraining(request, events, control);
        if (!setup) {
            return control.isStopRequested() ? Result<Finished>(Finished {0, true})
                                             : tl::unexpected(setup.error());
        }
        return TrainingLoop(request, *setup, events, control).run();
    }
};

} // namespace

std::unique_ptr<Trainer> makeTorchTrainer()
{
    return std::make_unique<TorchTrainer>();
}

} // namespace mocoscope::training
