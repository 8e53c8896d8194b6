// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/device_catalog.h"

#include "training/engine/device.h"
#include "training/monitors/nvml.h"
#include "training/monitors/proc_reader.h"

#include <chrono>
#include <thread>
#include <unistd.h>

#ifdef MOCOSCOPE_CUDA
#include <ATen/cuda/CUDAContext.h>
#endif

namespace mocoscope::training {

namespace {

/// Long enough for the kernel's counters, which count in hundredths of a second.
constexpr std::chrono::milliseconds measuredTime(100);

DeviceDescription describeCpu()
{
    ProcReader reader;
    std::this_thread::sleep_for(measuredTime);
    const MachineLoad load = reader.read();
    const auto cores = std::thread::hardware_concurrency();
    const std::int64_t memory
        = static_cast<std::int64_t>(sysconf(_SC_PHYS_PAGES)) * sysconf(_SC_PAGESIZE);
    return {"cpu", processorName() + ", " + std::to_string(cores) + " cores",
            load.totalBytes.value_or(memory), load.usedBytes, load.cpuPercent};
}

#ifdef MOCOSCOPE_CUDA
DeviceDescription describeGpu(int index, const Nvml* driver)
{
    const torch::Device device(torch::kCUDA, static_cast<c10::DeviceIndex>(index));
    const auto* properties = at::cuda::getDeviceProperties(device.index());
    DeviceDescription gpu {"cuda:" + std::to_string(index), properties->name,
                           static_cast<std::int64_t>(properties->totalGlobalMem)};
    const auto known = driver != nullptr ? driver->gpuAt(busIds({device}).front()) : std::nullopt;
    if (known) {
        const GpuLoad load = driver->read(*known);
        gpu.usedBytes = load.usedBytes;
        gpu.loadPercent = load.percent;
    }
    return gpu;
}
#endif

class TorchDeviceCatalog final : public DeviceCatalog
{
public:
    std::vector<DeviceDescription> devices() override
    {
        std::vector<DeviceDescription> all {describeCpu()};
#ifdef MOCOSCOPE_CUDA
        const auto count = static_cast<int>(torch::cuda::device_count());
        const auto driver = count > 0 ? Nvml::load() : nullptr;
        for (int i = 0; i < count; ++i) {
            all.push_back(describeGpu(i, driver.get()));
        }
#endif
        return all;
    }
};

} // namespace

std::unique_ptr<DeviceCatalog> makeDeviceCatalog()
{
    return std::make_unique<TorchDeviceCatalog>();
}

} // namespace mocoscope::training
