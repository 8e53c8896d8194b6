// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/torch_trainer.h"

#include "training/api/memory_advice.h"
#include "training/api/task.h"
#include "training/collectives/collectives.h"
#include "training/engine/device.h"
#include "training/engine/device_catalog.h"
#include "training/engine/evaluation_run.h"
#include "training/engine/training_loop.h"

#include <torch/torch.h>

#include <exception>
#include <new>

namespace mocoscope::training {

namespace {

/// Of the first device of a run, in bytes; 0: not known.
double memoryOf(const TrainingConfig& config)
{
    const Result<torch::Device> device = resolveDevice(config.train.device);
    for (const DeviceDescription& known : makeDeviceCatalog()->devices()) {
        if (device && known.id == device->str()) {
            return static_cast<double>(known.memoryBytes);
        }
    }
    return 0;
}

Error outOfMemory(const std::string& message, const TrainingConfig& config)
{
    return {ErrorCode::OutOfMemory, message, smallerBatchAdvice(config, memoryOf(config))};
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
        return outOfMemory("the device ran out of memory", config);
    } catch (const std::bad_alloc&) {
        return outOfMemory("the memory of this machine is used up", config);
    } catch (const c10::Error& error) {
        const std::string what = error.what_without_backtrace();
        // The CPU allocator of LibTorch throws no type of its own.
        if (what.find("not enough memory") != std::string::npos
            || what.find("can't allocate memory") != std::string::npos) {
            return outOfMemory("the memory of this machine is used up", config);
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
        // What names no device goes to the current one: to GPU 0 of every process, else.
        const c10::DeviceGuard current(setup->devices.front());
        return TrainingLoop(request, *setup, events, control).run();
    }
};

} // namespace

std::unique_ptr<Trainer> makeTorchTrainer()
{
    return std::make_unique<TorchTrainer>();
}

} // namespace mocoscope::training
