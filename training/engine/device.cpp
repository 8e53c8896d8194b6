// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/device.h"

#include "training/api/devices.h"

#include <array>
#include <cstdio>
#include <fstream>

#ifdef __GLIBC__
#include <malloc.h>
#endif
#if defined(__x86_64__)
#include <cpuid.h>
#endif

#ifdef MOCOSCOPE_CUDA
#include <ATen/cuda/CUDAContext.h>
#endif

namespace mocoscope::training {

namespace {

#if defined(__x86_64__)
bool hasAmxBf16()
{
    unsigned a = 0;
    unsigned b = 0;
    unsigned c = 0;
    unsigned d = 0;
    constexpr unsigned features = 7;
    constexpr unsigned amxBf16 = 1U << 22;
    return __get_cpuid_count(features, 0, &a, &b, &c, &d) != 0 && (d & amxBf16) != 0;
}
#endif

Result<torch::Device> findDevice(const std::string& text)
{
    const bool hasCuda = torch::cuda::is_available();
    if (text == "auto") {
        return hasCuda ? torch::Device(torch::kCUDA, 0) : torch::Device(torch::kCPU);
    }
    if (text == "cpu") {
        return torch::Device(torch::kCPU);
    }
    const std::string missing = "train.device = " + text;
    if (!hasCuda) {
        return failure(ErrorCode::BadConfiguration, missing,
                       "no GPU can be used here: take 'cpu' or 'auto', or check the NVIDIA driver "
                       "and set up the CUDA variant with './run --cuda'");
    }
    const torch::Device device(text);
    const auto count = static_cast<int>(torch::cuda::device_count());
    if (device.index() >= count) {
        return failure(ErrorCode::BadConfiguration, missing,
                       "there are " + std::to_string(count)
                           + " GPUs, the last is cuda:" + std::to_string(count - 1));
    }
    return device;
}

} // namespace

Result<std::vector<torch::Device>> resolveDevices(const std::string& text)
{
    std::vector<torch::Device> devices;
    for (const std::string& name : deviceNames(text)) {
        const Result<torch::Device> device = findDevice(name);
        if (!device) {
            return tl::unexpected(device.error());
        }
        devices.push_back(*device);
    }
    if (devices.empty()) {
        return failure(ErrorCode::BadConfiguration, "train.device = " + text,
                       "expected auto, cpu, cpu:N, cuda:N or cuda:N,M");
    }
    return devices;
}

Result<torch::Device> resolveDevice(const std::string& text)
{
    return resolveDevices(text).map(
        [](const std::vector<torch::Device>& devices) { return devices.front(); });
}

bool isFastInBf16(const torch::Device& device)
{
    if (!device.is_cpu()) {
        return true;
    }
#if defined(__x86_64__)
    // By what the processor is and not by a trial: a resumed run has to find the same answer. Zen 4
    // took half the time of fp32 for a step of ViT-S. An Intel Xeon that has AVX512-BF16 but no AMX
    // took 1.6 times as long, with PyTorch as here.
    return hasAmxBf16()
        || (__builtin_cpu_is("amd") != 0 && __builtin_cpu_supports("avx512bf16") != 0);
#else
    return false; // not known: fp32 is never wrong
#endif
}

std::string processorName()
{
    std::ifstream info("/proc/cpuinfo");
    for (std::string line; std::getline(info, line);) {
        const auto colon = line.find(": ");
        if (line.starts_with("model name") && colon != std::string::npos) {
            return line.substr(colon + 2);
        }
    }
    return "CPU";
}

std::string describeDevice(const torch::Device& device)
{
#ifdef MOCOSCOPE_CUDA
    if (device.is_cuda()) {
        return device.str() + " " + at::cuda::getDeviceProperties(device.index())->name;
    }
#endif
    if (!device.is_cpu()) {
        return device.str();
    }
    const int threads = torch::get_num_threads();
    return processorName() + ", " + std::to_string(threads)
        + (threads == 1 ? " thread" : " threads");
}

std::string describeDevices(const std::vector<torch::Device>& devices)
{
    const std::string first = describeDevice(devices.front());
    if (devices.size() == 1) {
        return first;
    }
    if (devices.front().is_cpu()) {
        return first + ", " + std::to_string(devices.size()) + " replicas";
    }
    std::string all = first;
    for (std::size_t i = 1; i < devices.size(); ++i) {
        all += ", " + describeDevice(devices[i]);
    }
    return all;
}

std::vector<std::string> busIds([[maybe_unused]] const std::vector<torch::Device>& devices)
{
    std::vector<std::string> all;
#ifdef MOCOSCOPE_CUDA
    for (const torch::Device& device : devices) {
        if (device.is_cuda()) {
            const auto* properties = at::cuda::getDeviceProperties(device.index());
            std::array<char, 32> text {};
            std::snprintf(text.data(), text.size(), "%04x:%02x:%02x.0", properties->pciDomainID,
                          properties->pciBusID, properties->pciDeviceID);
            all.emplace_back(text.data());
        }
    }
#endif
    return all;
}

std::string describeSoftware()
{
    return std::string("mocoscope " MOCOSCOPE_VERSION ", LibTorch ") + TORCH_VERSION;
}

void keepTensorMemory()
{
#ifdef __GLIBC__
    // One arena: the others, of background threads, cannot grow past 64 MB and map everything
    // larger.
    mallopt(M_ARENA_MAX, 1);
    mallopt(M_MMAP_THRESHOLD, 1 << 30);
    mallopt(M_TRIM_THRESHOLD, 2000000000);
#endif
}

} // namespace mocoscope::training
