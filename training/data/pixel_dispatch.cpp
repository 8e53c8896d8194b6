// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/data/pixel_kernels.h"

#include <vector>

namespace mocoscope::training {

extern const PixelKernels pixelKernels_portable;
#ifdef MOCOSCOPE_X86_KERNELS
extern const PixelKernels pixelKernels_avx2;
extern const PixelKernels pixelKernels_avx512;
#endif

std::span<const PixelKernels* const> allPixelKernels()
{
    static const std::vector<const PixelKernels*> kernels = [] {
        std::vector<const PixelKernels*> found;
#ifdef MOCOSCOPE_X86_KERNELS
        const bool avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
            && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq");
        if (avx512) {
            found.push_back(&pixelKernels_avx512);
        }
        if (__builtin_cpu_supports("avx2")) {
            found.push_back(&pixelKernels_avx2);
        }
#endif
        found.push_back(&pixelKernels_portable);
        return found;
    }();
    return kernels;
}

const PixelKernels& pixelKernels()
{
    static const PixelKernels& fastest = *allPixelKernels().front();
    return fastest;
}

} // namespace mocoscope::training
