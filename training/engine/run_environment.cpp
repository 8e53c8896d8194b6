// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/run_environment.h"

#include "training/api/config_schema.h"
#include "training/api/devices.h"
#include "training/engine/device.h"

#include <cstdlib>
#include <thread>

namespace mocoscope::training {

namespace {

Result<void> checkConfiguration(const TrainingConfig& config)
{
    std::string problems;
    for (const Violation& violation : validate(config)) {
        problems += (problems.empty() ? "" : "\n") + violation.key + " = " + violation.value + ": "
            + violation.reason;
    }
    if (!problems.empty()) {
        return failure(ErrorCode::BadConfiguration, "the configuration has errors", problems);
    }
    return {};
}

/// Of several processes on this machine each takes its part.
void useThreads(const RunRequest& request)
{
    const std::int64_t processes = request.process ? request.process->localSize : 1;
    const auto cores = static_cast<std::int64_t>(std::thread::hardware_concurrency()) / processes;
    const std::int64_t chosen = request.config.train.threads;
    torch::set_num_threads(
        static_cast<int>(chosen > 0 ? chosen : std::max<std::int64_t>(cores, 1)));
}

/// Settings of the process, which trains one run at a time.
void useAlgorithms(const TrainConfig& config)
{
    at::Context& context = at::globalContext();
    context.setAllowTF32CuBLAS(config.tf32);
    context.setAllowTF32CuDNN(config.tf32);
    context.setBenchmarkCuDNN(!config.deterministic);
    context.setDeterministicCuDNN(config.deterministic);
    context.setDeterministicAlgorithms(config.deterministic, /*warn_only=*/false);
    context.setDeterministicFillUninitializedMemory(false);
    if (config.deterministic) { // read when cuBLAS starts; what the user has set stays
        setenv("CUBLAS_WORKSPACE_CONFIG", ":4096:8", /*overwrite=*/0);
    }
}

/// One a replica; of several processes each has one.
Result<std::vector<torch::Device>> devicesOf(const RunRequest& request)
{
    const std::string& device = request.config.train.device;
    if (!request.process) {
        return resolveDevices(device);
    }
    if (replicaCount(request.config) > 1) {
        return failure(ErrorCode::BadConfiguration, "train.device = " + device,
                       "under " + request.process->launcher
                           + " each process is one replica; expected auto, cpu or one GPU");
    }
    if (device != "auto" || !torch::cuda::is_available()) {
        return resolveDevices(device);
    }
    // A launcher may show each process a GPU of its own, or all of the machine to each.
    const auto count = static_cast<std::int64_t>(torch::cuda::device_count());
    return resolveDevices("cuda:" + std::to_string(request.process->localRank % count));
}

Result<DatasetPair> openData(const RunRequest& request, EventSink& events,
                             const RunControl& control)
{
    std::stop_source stop;
    const auto progress = [&](std::int64_t done, std::int64_t total) {
        events.publish(Progress {"indexing", done, total});
        if (control.isStopRequested()) {
            stop.request_stop();
        }
    };
    Result<DatasetPair> data = openDatasets(request.config.data, stop.get_token(), progress);
    events.publish(Progress {});
    return data;
}

} // namespace

Result<RunEnvironment> prepareEnvironment(const RunRequest& request, EventSink& events,
                                          const RunControl& control)
{
    if (const Result<void> checked = checkConfiguration(request.config); !checked) {
        return tl::unexpected(checked.error());
    }
    Result<std::vector<torch::Device>> devices = devicesOf(request);
    if (!devices) {
        return tl::unexpected(devices.error());
    }
    useThreads(request);
    useAlgorithms(request.config.train);
    Result<DatasetPair> data = openData(request, events, control);
    if (!data) {
        return tl::unexpected(data.error());
    }
    return RunEnvironment {devices->front(), std::move(*devices), std::move(*data)};
}

} // namespace mocoscope::training
