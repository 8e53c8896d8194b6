// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/run_environment.h"

#include "training/api/config_schema.h"
#include "training/engine/device.h"

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

void useThreads(const TrainingConfig& config)
{
    const auto cores = static_cast<std::int64_t>(std::thread::hardware_concurrency());
    torch::set_num_threads(static_cast<int>(
        config.train.threads > 0 ? config.train.threads : std::max<std::int64_t>(cores, 1)));
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
    const Result<torch::Device> device = resolveDevice(request.config.train.device);
    if (!device) {
        return tl::unexpected(device.error());
    }
    useThreads(request.config);
    Result<DatasetPair> data = openData(request, events, control);
    if (!data) {
        return tl::unexpected(data.error());
    }
    return RunEnvironment {*device, std::move(*data)};
}

} // namespace mocoscope::training
