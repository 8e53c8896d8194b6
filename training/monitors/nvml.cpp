// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/monitors/nvml.h"

#include <array>
#include <dlfcn.h>
#include <utility>

namespace mocoscope::training {

namespace {

constexpr int success = 0;
constexpr int chipSensor = 0;
constexpr const char* libraryName = "libnvidia-ml.so.1";

template <typename Function> bool find(void* library, const char* name, Function& function)
{
    function = reinterpret_cast<Function>(dlsym(library, name));
    return function != nullptr;
}

/// False when one of them is missing: the library is older than ten years.
bool findAll(void* library, NvmlFunctions& call)
{
    return find(library, "nvmlInit_v2", call.init) && find(library, "nvmlShutdown", call.shutdown)
        && find(library, "nvmlDeviceGetCount_v2", call.deviceCount)
        && find(library, "nvmlDeviceGetHandleByIndex_v2", call.deviceByIndex)
        && find(library, "nvmlDeviceGetHandleByPciBusId_v2", call.deviceByBusId)
        && find(library, "nvmlDeviceGetIndex", call.index)
        && find(library, "nvmlDeviceGetName", call.name)
        && find(library, "nvmlDeviceGetUtilizationRates", call.utilization)
        && find(library, "nvmlDeviceGetMemoryInfo", call.memory)
        && find(library, "nvmlDeviceGetTemperature", call.temperature)
        && find(library, "nvmlDeviceGetPowerUsage", call.power);
}

} // namespace

std::unique_ptr<Nvml> Nvml::load()
{
    const std::shared_ptr<void> library(dlopen(libraryName, RTLD_LAZY | RTLD_LOCAL),
                                        [](void* handle) {
                                            if (handle != nullptr) {
                                                dlclose(handle);
                                            }
                                        });
    NvmlFunctions call;
    return library && findAll(library.get(), call) ? start(call, library) : nullptr;
}

std::unique_ptr<Nvml> Nvml::start(const NvmlFunctions& functions, std::shared_ptr<void> library)
{
    if (functions.init() != success) {
        return nullptr;
    }
    return std::unique_ptr<Nvml>(new Nvml(functions, std::move(library)));
}

Nvml::Nvml(const NvmlFunctions& functions, std::shared_ptr<void> library)
    : m_call(functions)
    , m_library(std::move(library))
{
}

Nvml::~Nvml()
{
    m_call.shutdown();
}

std::optional<Nvml::Gpu> Nvml::describe(NvmlFunctions::Device device) const
{
    Gpu gpu;
    gpu.device = device;
    if (m_call.index(device, &gpu.index) != success) {
        return std::nullopt;
    }
    std::array<char, 96> name {}; // NVML_DEVICE_NAME_V2_BUFFER_SIZE
    if (m_call.name(device, name.data(), name.size()) == success) {
        gpu.name = name.data();
    }
    return gpu;
}

std::vector<Nvml::Gpu> Nvml::gpus() const
{
    std::vector<Gpu> all;
    unsigned int count = 0;
    if (m_call.deviceCount(&count) != success) {
        return all;
    }
    for (unsigned int i = 0; i < count; ++i) {
        NvmlFunctions::Device device = nullptr;
        if (m_call.deviceByIndex(i, &device) == success) {
            if (auto gpu = describe(device)) {
                all.push_back(std::move(*gpu));
            }
        }
    }
    return all;
}

std::optional<Nvml::Gpu> Nvml::gpuAt(const std::string& busId) const
{
    NvmlFunctions::Device device = nullptr;
    return m_call.deviceByBusId(busId.c_str(), &device) == success ? describe(device)
                                                                   : std::nullopt;
}

GpuLoad Nvml::read(const Gpu& gpu) const
{
    GpuLoad load;
    NvmlFunctions::Utilization utilization {};
    if (m_call.utilization(gpu.device, &utilization) == success) {
        load.percent = utilization.gpu;
    }
    NvmlFunctions::Memory memory {};
    if (m_call.memory(gpu.device, &memory) == success) {
        load.usedBytes = static_cast<std::int64_t>(memory.used);
        load.totalBytes = static_cast<std::int64_t>(memory.total);
    }
    unsigned int number = 0;
    if (m_call.temperature(gpu.device, chipSensor, &number) == success) {
        load.celsius = number;
    }
    if (m_call.power(gpu.device, &number) == success) {
        load.watts = number / 1000.0;
    }
    return load;
}

} // namespace mocoscope::training
