// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/monitors/system_probe.h"

#include <limits>
#include <system_error>
#include <utility>

namespace mocoscope::training {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

template <typename Number> double orUnknown(const std::optional<Number>& value)
{
    return value ? static_cast<double>(*value) : unknown;
}

/// The folder itself or, as long as it is not made, the nearest one above it.
std::filesystem::path existingPart(std::filesystem::path folder)
{
    std::error_code error;
    while (!std::filesystem::exists(folder, error) && folder.has_relative_path()) {
        folder = folder.parent_path();
    }
    return folder.empty() ? std::filesystem::path(".") : folder;
}

std::vector<Nvml::Gpu> gpusOf(const Nvml* nvml, const std::vector<std::string>& busIds)
{
    std::vector<Nvml::Gpu> gpus;
    for (const std::string& busId : busIds) {
        if (auto gpu = nvml != nullptr ? nvml->gpuAt(busId) : std::nullopt) {
            gpus.push_back(std::move(*gpu));
        }
    }
    return gpus;
}

std::vector<MetricDescription> metricsOf(const std::vector<Nvml::Gpu>& gpus)
{
    std::vector<MetricDescription> metrics {
        {"system/cpu_percent", "%"},          {"system/process_cpu_percent", "%"},
        {"system/process_memory_bytes", "B"}, {"system/memory_bytes", "B"},
        {"system/disk_free_bytes", "B"},
    };
    for (const Nvml::Gpu& gpu : gpus) {
        const std::string start = "system/gpu" + std::to_string(gpu.index);
        metrics.push_back({start + "_percent", "%"});
        metrics.push_back({start + "_memory_bytes", "B"});
        metrics.push_back({start + "_temperature_c", "\u00b0C"});
        metrics.push_back({start + "_power_w", "W"});
    }
    return metrics;
}

} // namespace

SystemProbe::SystemProbe(Options options, std::unique_ptr<Nvml> nvml)
    : m_options(std::move(options))
    , m_proc(m_options.procFolder)
    , m_nvml(std::move(nvml))
    , m_gpus(gpusOf(m_nvml.get(), m_options.gpuBusIds))
    , m_metrics(metricsOf(m_gpus))
{
}

std::vector<double> SystemProbe::read()
{
    const MachineLoad load = m_proc.read();
    std::vector<double> values {orUnknown(load.cpuPercent), orUnknown(load.processCpuPercent),
                                orUnknown(load.processBytes), orUnknown(load.usedBytes)};
    values.reserve(m_metrics.size());
    addDisk(values);
    for (const Nvml::Gpu& gpu : m_gpus) {
        const GpuLoad one = m_nvml->read(gpu);
        values.insert(values.end(),
                      {orUnknown(one.percent), orUnknown(one.usedBytes), orUnknown(one.celsius),
                       orUnknown(one.watts)});
    }
    return values;
}

void SystemProbe::addDisk(std::vector<double>& values) const
{
    std::error_code error;
    const auto space = std::filesystem::space(existingPart(m_options.storeFolder), error);
    values.push_back(error ? unknown : static_cast<double>(space.available));
}

SystemSampler::SystemSampler(SystemProbe probe, std::chrono::milliseconds interval)
    : m_probe(std::move(probe))
    , m_metrics(m_probe.metrics())
    , m_thread([this, interval](const std::stop_token& stop) { sample(stop, interval); })
{
}

std::optional<std::vector<double>> SystemSampler::take()
{
    const std::scoped_lock lock(m_mutex);
    return std::exchange(m_newest, std::nullopt);
}

void SystemSampler::sample(const std::stop_token& stop, std::chrono::milliseconds interval)
{
    std::unique_lock lock(m_mutex);
    while (!m_never.wait_for(lock, stop, interval, [] { return false; })
           && !stop.stop_requested()) {
        lock.unlock();
        auto values = m_probe.read();
        lock.lock();
        m_newest = std::move(values);
    }
}

} // namespace mocoscope::training
