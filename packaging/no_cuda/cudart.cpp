// SPDX-License-Identifier: GPL-3.0-or-later
// Stands in for NVIDIA's CUDA runtime in the package. The torch wheel's CPU part is linked with it
// for the sake of its profiler, which asks it nothing before CUDA's own part is loaded; the package
// leaves that one out, and the terms of NVIDIA's library do not go with the GPL. Every answer is
// that there is no device. Names and values as in CUDA 13's driver_types.h and cuda_runtime_api.h.

namespace {

constexpr int success = 0;
constexpr int noDevice = 100; // cudaErrorNoDevice

} // namespace

extern "C" {

int cudaDeviceSynchronize()
{
    return noDevice;
}

int cudaDriverGetVersion(int* version)
{
    *version = 0; // documented: no driver is installed
    return success;
}

int cudaGetDeviceCount(int* count)
{
    *count = 0;
    return noDevice;
}

int cudaGetDeviceProperties(void*, int)
{
    return noDevice;
}

const char* cudaGetErrorString(int)
{
    return "this package computes without CUDA";
}

int cudaRuntimeGetVersion(int* version)
{
    *version = 0;
    return success;
}

} // extern "C"
