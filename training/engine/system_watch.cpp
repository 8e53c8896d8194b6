// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/system_watch.h"

#include "training/engine/device.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace mocoscope::training {

SystemWatch::SystemWatch(const RunRequest& request, const std::vector<torch::Device>& devices,
                         MetricBoard& board)
{
    const double seconds = request.config.monitor.systemSeconds;
    if (seconds <= 0 || (request.process && request.process->rank != 0)) {
        return;
    }
    SystemProbe::Options options {request.checkpointFolder, busIds(devices)};
    auto nvml = options.gpuBusIds.empty() ? nullptr : Nvml::load();
    const std::chrono::milliseconds interval(
        std::max<std::int64_t>(100, std::llround(1000 * seconds)));
    m_sampler = std::make_unique<SystemSampler>(SystemProbe(std::move(options), std::move(nvml)),
                                                interval);
    m_firstMetric = board.add(m_sampler->metrics());
}

void SystemWatch::append(std::vector<MetricValue>& values)
{
    const auto sample = m_sampler ? m_sampler->take() : std::nullopt;
    if (!sample) {
        return;
    }
    for (std::uint32_t i = 0; i < sample->size(); ++i) {
        if (!std::isnan((*sample)[i])) { // one that the system does not tell has no curve
            values.push_back({m_firstMetric + i, (*sample)[i]});
        }
    }
}

} // namespace mocoscope::training
