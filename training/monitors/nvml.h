// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace mocoscope::training {

/// What is used of NVML, NVIDIA's C interface to its driver. Declared here, so that neither its
/// header nor its library is needed to build. All return 0 when they succeed.
/// Source: NVML API Reference Guide.
struct NvmlFunctions
{
    using Device = struct nvmlDevice_st*;
    struct Utilization
    {
        unsigned int gpu; ///< % of the time in which a kernel ran
        unsigned int memory;
    };
    struct Memory
    {
        unsigned long long total; ///< bytes
        unsigned long long free;
        unsigned long long used;
    };
    int (*init)() = nullptr;
    int (*shutdown)() = nullptr;
    int (*deviceCount)(unsigned int*) = nullptr;
    int (*deviceByIndex)(unsigned int, Device*) = nullptr;
    int (*deviceByBusId)(const char*, Device*) = nullptr;
    int (*index)(Device, unsigned int*) = nullptr;
    int (*name)(Device, char*, unsigned int) = nullptr;
    int (*utilization)(Device, Utilization*) = nullptr;
    int (*memory)(Device, Memory*) = nullptr;
    int (*temperature)(Device, int sensor, unsigned int*) = nullptr; ///< °C; sensor 0: the chip
    int (*power)(Device, unsigned int*) = nullptr; ///< mW
};

/// What a GPU does. What the driver does not tell of it is left out.
struct GpuLoad
{
    std::optional<double> percent; ///< of the time in which a kernel ran
    std::optional<std::int64_t> usedBytes;
    std::optional<std::int64_t> totalBytes;
    std::optional<double> celsius;
    std::optional<double> watts;
};

/// GPUs of NVIDIA in this machine, as `nvidia-smi` counts them. Not for several threads at once.
class Nvml
{
public:
    struct Gpu
    {
        unsigned int index = 0; ///< as nvidia-smi counts
        std::string name; ///< "NVIDIA H100 80GB HBM3"
        NvmlFunctions::Device device = nullptr;
    };

    /// The driver's library; null where there is none, or it does not start.
    [[nodiscard]] static std::unique_ptr<Nvml> load();
    /// With these functions; null when they do not start. `library` is kept as long as this.
    [[nodiscard]] static std::unique_ptr<Nvml> start(const NvmlFunctions& functions,
                                                     std::shared_ptr<void> library = nullptr);
    ~Nvml();
    Nvml(const Nvml&) = delete;
    Nvml& operator=(const Nvml&) = delete;

    [[nodiscard]] std::vector<Gpu> gpus() const;
    /// `busId`: "0000:3b:00.0", domain, bus, device and function in hex.
    [[nodiscard]] std::optional<Gpu> gpuAt(const std::string& busId) const;
    [[nodiscard]] GpuLoad read(const Gpu& gpu) const;

private:
    Nvml(const NvmlFunctions& functions, std::shared_ptr<void> library);
    [[nodiscard]] std::optional<Gpu> describe(NvmlFunctions::Device device) const;

    NvmlFunctions m_call;
    std::shared_ptr<void> m_library;
};

} // namespace mocoscope::training
