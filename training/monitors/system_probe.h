// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/training_event.h"
#include "training/monitors/nvml.h"
#include "training/monitors/proc_reader.h"

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace mocoscope::training {

/// What a run does to its machine, as metrics `system/…`. Not for several threads at once.
class SystemProbe
{
public:
    struct Options
    {
        std::filesystem::path storeFolder; ///< whose disk is watched; need not be there yet
        std::vector<std::string> gpuBusIds {}; ///< the GPUs that the run uses; empty: none
        std::filesystem::path procFolder = "/proc";
    };
    /// `nvml` is null where no GPU is to be watched, or there is no driver.
    explicit SystemProbe(Options options, std::unique_ptr<Nvml> nvml = nullptr);

    /// In the order of what read() gives.
    [[nodiscard]] const std::vector<MetricDescription>& metrics() const { return m_metrics; }
    /// One value a metric, loads being those since the last call; NaN: it could not be read.
    [[nodiscard]] std::vector<double> read();

private:
    void addDisk(std::vector<double>& values) const;

    Options m_options;
    ProcReader m_proc;
    std::unique_ptr<Nvml> m_nvml;
    std::vector<Nvml::Gpu> m_gpus;
    std::vector<MetricDescription> m_metrics;
};

/// Reads a probe again and again on a thread of its own, so that a driver that takes its time
/// delays no step.
class SystemSampler
{
public:
    SystemSampler(SystemProbe probe, std::chrono::milliseconds interval);

    [[nodiscard]] const std::vector<MetricDescription>& metrics() const { return m_metrics; }
    /// The newest sample, if it has not been taken yet. Any thread.
    [[nodiscard]] std::optional<std::vector<double>> take();

private:
    void sample(const std::stop_token& stop, std::chrono::milliseconds interval);

    SystemProbe m_probe; ///< the thread's
    const std::vector<MetricDescription> m_metrics;
    std::mutex m_mutex; ///< guards m_newest
    std::condition_variable_any m_never; ///< waited for, so that a stop wakes the thread
    std::optional<std::vector<double>> m_newest;
    std::jthread m_thread; ///< last: it uses all of the above
};

} // namespace mocoscope::training
