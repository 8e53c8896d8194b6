// SPDX-License-Identifier: GPL-3.0-or-later
// Compiled once for each instruction set, MOCOSCOPE_KERNELS being its name. Plain loops that the
// compiler vectorises; nothing of the standard library is called, so that no function compiled for
// a newer processor can replace one that all share. Compiled without contraction to fused
// multiply-add: it would round differently.
//
// The arithmetic is PIL's, whose results torchvision's transforms are: see each function.
#include "training/data/pixel_kernels.h"

#include "training/data/kernels_blur.h"
#include "training/data/kernels_colour.h"
#include "training/data/kernels_resample.h"

namespace mocoscope::training {
namespace {

void splitPlanes(const Byte* __restrict rgb, std::size_t count, Byte* __restrict red,
                 Byte* __restrict green, Byte* __restrict blue)
{
    for (std::size_t i = 0; i < count; ++i) {
        red[i] = rgb[3 * i];
        green[i] = rgb[3 * i + 1];
        blue[i] = rgb[3 * i + 2];
    }
}

void lookUp(const Byte* values, std::size_t count, const float* table, bool mirrored, float* out)
{
    if (mirrored) {
        for (std::size_t i = 0; i < count; ++i) {
            out[i] = table[values[count - 1 - i]];
        }
    } else {
        for (std::size_t i = 0; i < count; ++i) {
            out[i] = table[values[i]];
        }
    }
}

} // namespace

#define MOCOSCOPE_TEXT_OF(name) #name
#define MOCOSCOPE_TEXT(name) MOCOSCOPE_TEXT_OF(name)
#define MOCOSCOPE_JOIN_OF(a, b) a##b
#define MOCOSCOPE_JOIN(a, b) MOCOSCOPE_JOIN_OF(a, b)

extern const PixelKernels MOCOSCOPE_JOIN(pixelKernels_, MOCOSCOPE_KERNELS);
const PixelKernels MOCOSCOPE_JOIN(pixelKernels_, MOCOSCOPE_KERNELS) = {
    MOCOSCOPE_TEXT(MOCOSCOPE_KERNELS),
    resampleRows,
    resampleColumn,
    splitPlanes,
    blendConstant,
    blendGrey,
    greySum,
    makeGrey,
    shiftHue,
    solarize,
    blurRow,
    blurColumn,
    lookUp,
};

} // namespace mocoscope::training
