// SPDX-License-Identifier: GPL-3.0-or-later
// Stands in for NVIDIA's profiling library in the package, as cudart.cpp does for the runtime.
// Every call fails and writes nothing: callers give up at the first one. Names and values as in
// CUPTI 13's headers.
#include <cstdint>

namespace {

constexpr int notSupported = 27; // CUPTI_ERROR_NOT_SUPPORTED

} // namespace

extern "C" {

int cuptiActivityDisable(int)
{
    return notSupported;
}

int cuptiActivityEnable(int)
{
    return notSupported;
}

int cuptiActivityEnableCudaEventDeviceTimestamps(std::uint8_t)
{
    return notSupported;
}

int cuptiActivityEnableDriverApi(std::uint32_t, std::uint8_t)
{
    return notSupported;
}

int cuptiActivityEnableRuntimeApi(std::uint32_t, std::uint8_t)
{
    return notSupported;
}

int cuptiActivityFlushAll(std::uint32_t)
{
    return notSupported;
}

int cuptiActivityGetNextRecord(std::uint8_t*, unsigned long, void**)
{
    return notSupported;
}

int cuptiActivityGetNumDroppedRecords(void*, std::uint32_t, unsigned long*)
{
    return notSupported;
}

int cuptiActivityPopExternalCorrelationId(int, std::uint64_t*)
{
    return notSupported;
}

int cuptiActivityPushExternalCorrelationId(int, std::uint64_t)
{
    return notSupported;
}

int cuptiActivityRegisterCallbacks(void*, void*)
{
    return notSupported;
}

int cuptiActivityRegisterTimestampCallback(void*)
{
    return notSupported;
}

int cuptiActivitySetAttribute(int, unsigned long*, void*)
{
    return notSupported;
}

int cuptiEnableCallback(std::uint32_t, void*, int, std::uint32_t)
{
    return notSupported;
}

int cuptiEnableDomain(std::uint32_t, void*, int)
{
    return notSupported;
}

int cuptiFinalize()
{
    return notSupported;
}

int cuptiGetResultString(int, const char** text)
{
    *text = "this package computes without CUDA";
    return 0;
}

int cuptiGetVersion(std::uint32_t* version)
{
    *version = 0;
    return 0;
}

int cuptiSubscribe(void**, void*, void*)
{
    return notSupported;
}

int cuptiUnsubscribe(void*)
{
    return notSupported;
}

} // extern "C"
