// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/device_catalog.h"

#include "training/engine/device.h"

#include <thread>
#include <unistd.h>

#ifdef MOCOSCOPE_CUDA
#include <ATen/cuda/CUDAContext.h>
#endif

namespace mocoscope::training {

namespace {

class TorchDeviceCatalog final : public DeviceCatalog
{
public:
    std::vector<DeviceDescription> devices() override
    {
        const auto cores = std::thread::hardware_concurrency();
        const std::int64_t memory
            = static_cast<std::int64_t>(sysconf(_SC_PHYS_PAGES)) * sysconf(_SC_PAGESIZE);
        std::vector<DeviceDescription> all {
            {"cpu", processorName() + ", " + std::to_string(cores) + " cores", memory}};
#ifdef MOCOSCOPE_CUDA
        const auto count = static_cast<int>(torch::cuda::device_count());
        for (int i = 0; i < count; ++i) {
            const auto* properties
                = at::cuda::getDeviceProperties(static_cast<c10::DeviceIndex>(i));
            all.push_back({"cuda:" + std::to_string(i), properties->name,
                           static_cast<std::int64_t>(properties->totalGlobalMem)});
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
