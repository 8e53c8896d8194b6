// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace mocoscope::training {

/// Where one output pixel of a resampling gets its value from: taps pixels from `first` on.
struct ResampleTaps
{
    const std::int32_t* weights; ///< [outputs][taps], fixed point of 22 bits
    const std::int32_t* first; ///< [outputs]
    int taps; ///< of every output; unused ones have weight 0
    int outputs;
};

/// A box of integer radius whose far ends count in part: out = near · (sum of 2r+1 pixels) +
/// far · (the two beside them), in fixed point of 24 bits.
struct BlurBox
{
    int radius;
    std::uint32_t near;
    std::uint32_t far;
};

/// The inner loops over pixels. The same source is compiled for several instruction sets; all give
/// the same bytes. Planes are 8-bit without padding; `count` is a number of pixels. Nothing here
/// allocates or fails; unless said otherwise, output may not overlap input.
struct PixelKernels
{
    const char* name; ///< "avx512", "avx2", "portable"
    /// Rows of RGB triples. Reads up to 1 byte past each row's last tap, writes 1 past its end.
    void (*resampleRows)(const std::uint8_t* in, std::ptrdiff_t inStride, int rows,
                         const ResampleTaps& taps, std::uint8_t* out, std::ptrdiff_t outStride);
    /// out[i] = Σ weights[k] · rows[k][i]
    void (*resampleColumn)(const std::uint8_t* const* rows, const std::int32_t* weights, int taps,
                           std::size_t bytes, std::uint8_t* out);
    void (*splitPlanes)(const std::uint8_t* rgb, std::size_t count, std::uint8_t* red,
                        std::uint8_t* green, std::uint8_t* blue);
    /// In place: value ← base + factor · (value - base), cut to 0 … 255.
    void (*blendConstant)(std::uint8_t* values, std::size_t bytes, float base, float factor);
    /// In place: towards (factor < 1) or away from the pixel's own grey.
    void (*blendGrey)(std::uint8_t* red, std::uint8_t* green, std::uint8_t* blue, std::size_t count,
                      float factor);
    std::uint64_t (*greySum)(const std::uint8_t* red, const std::uint8_t* green,
                             const std::uint8_t* blue, std::size_t count);
    void (*makeGrey)(std::uint8_t* red, std::uint8_t* green, std::uint8_t* blue, std::size_t count);
    /// In place, in 8-bit HSV; `shift` wraps around.
    void (*shiftHue)(std::uint8_t* red, std::uint8_t* green, std::uint8_t* blue, std::size_t count,
                     std::uint8_t shift);
    /// In place: inverts values of 128 and more.
    void (*solarize)(std::uint8_t* values, std::size_t bytes);
    /// `in` can be read `radius + 1` pixels before and behind the row.
    void (*blurRow)(const std::uint8_t* in, const BlurBox& box, std::size_t count,
                    std::uint8_t* out);
    /// The same across rows: rows[0 … 2·radius+2] are the rows from -radius-1 to radius+1.
    void (*blurColumn)(const std::uint8_t* const* rows, const BlurBox& box, std::size_t count,
                       std::uint8_t* out);
    /// out[i] = table[values[i]]; mirrored: back to front.
    void (*lookUp)(const std::uint8_t* values, std::size_t count, const float* table, bool mirrored,
                   float* out);
};

/// The fastest one that this processor can run.
[[nodiscard]] const PixelKernels& pixelKernels();
/// All that this processor can run, the fastest first.
[[nodiscard]] std::span<const PixelKernels* const> allPixelKernels();

} // namespace mocoscope::training
