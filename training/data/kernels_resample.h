// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Part of pixel_kernels.cpp, see there.

#include "training/data/kernels_lanes.h"
#include "training/data/pixel_kernels.h"

namespace mocoscope::training {
namespace {

constexpr int weightBits = 22;
constexpr int weightHalf = 1 << (weightBits - 1);

/// Rows that are worked on at once, so that they share weights. A row's pixel takes four numbers:
/// red, green, blue and what belongs to the next pixel.
constexpr int rowsAtOnce = maxLanes / 4;

inline std::uint32_t loadWord(const Byte* at)
{
    std::uint32_t word;
    __builtin_memcpy(&word, at, sizeof word);
    return word;
}

/// The same pixel of several rows. A fourth byte is read and ignored.
template <int Rows> inline Ints<4 * Rows> loadPixels(const Byte* at, std::ptrdiff_t stride)
{
    // Named one by one: an array would go through memory.
    if constexpr (Rows == 4) {
        return widened<16>(Words<16> {loadWord(at), loadWord(at + stride),
                                      loadWord(at + 2 * stride), loadWord(at + 3 * stride)});
    } else if constexpr (Rows == 2) {
        return widened<8>(Words<8> {loadWord(at), loadWord(at + stride)});
    } else {
        return widened<4>(Words<4> {loadWord(at)});
    }
}

/// Writes a fourth byte, which is overwritten by the next pixel. Weights are not negative and sum
/// up to one: only the upper end can be passed, by rounding.
template <int Rows> inline void storePixels(Ints<4 * Rows> sum, Byte* at, std::ptrdiff_t stride)
{
    const Words<4 * Rows> words = narrowed<4 * Rows>(sum >> weightBits);
    for (int row = 0; row < Rows; ++row) {
        const std::uint32_t word = words[row];
        __builtin_memcpy(at + row * stride, &word, sizeof word);
    }
}

/// Taps 0: as many as `t` says, which is slower.
template <int Rows, int Taps>
void resampleRowGroup(const Byte* in, std::ptrdiff_t inStride, const ResampleTaps& t, Byte* out,
                      std::ptrdiff_t outStride)
{
    const int taps = Taps > 0 ? Taps : t.taps;
    for (int x = 0; x < t.outputs; ++x) {
        const Byte* from = in + std::ptrdiff_t {3} * t.first[x];
        const std::int32_t* weights = t.weights + std::ptrdiff_t {taps} * x;
        Ints<4 * Rows> sum = {};
        sum += weightHalf;
        for (int k = 0; k < taps; ++k) {
            sum += loadPixels<Rows>(from + 3 * k, inStride) * weights[k];
        }
        storePixels<Rows>(sum, out + std::ptrdiff_t {3} * x, outStride);
    }
}

template <int Taps>
void resampleRowsOf(const Byte* in, std::ptrdiff_t inStride, int rows, const ResampleTaps& t,
                    Byte* out, std::ptrdiff_t outStride)
{
    int row = 0;
    for (; row + rowsAtOnce <= rows; row += rowsAtOnce) {
        resampleRowGroup<rowsAtOnce, Taps>(in + row * inStride, inStride, t, out + row * outStride,
                                           outStride);
    }
    for (; row < rows; ++row) {
        resampleRowGroup<1, Taps>(in + row * inStride, inStride, t, out + row * outStride,
                                  outStride);
    }
}

/// PIL resizes in two passes and rounds to bytes between them.
void resampleRows(const Byte* in, std::ptrdiff_t inStride, int rows, const ResampleTaps& t,
                  Byte* out, std::ptrdiff_t outStride)
{
    switch (t.taps) {
    case 1:
        return resampleRowsOf<1>(in, inStride, rows, t, out, outStride);
    case 2:
        return resampleRowsOf<2>(in, inStride, rows, t, out, outStride);
    case 3:
        return resampleRowsOf<3>(in, inStride, rows, t, out, outStride);
    case 4:
        return resampleRowsOf<4>(in, inStride, rows, t, out, outStride);
    case 5:
        return resampleRowsOf<5>(in, inStride, rows, t, out, outStride);
    case 6:
        return resampleRowsOf<6>(in, inStride, rows, t, out, outStride);
    default:
        return resampleRowsOf<0>(in, inStride, rows, t, out, outStride);
    }
}

template <int Taps>
void resampleColumnFixed(const Byte* const* rows, const std::int32_t* weights, std::size_t bytes,
                         Byte* __restrict out)
{
    const Byte* row[Taps];
    std::int32_t weight[Taps];
    for (int k = 0; k < Taps; ++k) {
        row[k] = rows[k];
        weight[k] = weights[k];
    }
    for (std::size_t i = 0; i < bytes; ++i) {
        std::int32_t sum = weightHalf;
        for (int k = 0; k < Taps; ++k) {
            sum += row[k][i] * weight[k];
        }
        const std::int32_t value = sum >> weightBits;
        out[i] = static_cast<Byte>(value > 255 ? 255 : value);
    }
}

void resampleColumnAny(const Byte* const* rows, const std::int32_t* weights, int taps,
                       std::size_t bytes, Byte* __restrict out)
{
    constexpr std::size_t blockBytes = 256;
    std::int32_t sums[blockBytes];
    for (std::size_t begin = 0; begin < bytes; begin += blockBytes) {
        const std::size_t count = bytes - begin < blockBytes ? bytes - begin : blockBytes;
        for (std::size_t i = 0; i < count; ++i) {
            sums[i] = weightHalf;
        }
        for (int k = 0; k < taps; ++k) {
            const Byte* row = rows[k] + begin;
            const std::int32_t weight = weights[k];
            for (std::size_t i = 0; i < count; ++i) {
                sums[i] += row[i] * weight;
            }
        }
        for (std::size_t i = 0; i < count; ++i) {
            const std::int32_t value = sums[i] >> weightBits;
            out[begin + i] = static_cast<Byte>(value > 255 ? 255 : value);
        }
    }
}

void resampleColumn(const Byte* const* rows, const std::int32_t* weights, int taps,
                    std::size_t bytes, Byte* out)
{
    switch (taps) {
    case 1:
        return resampleColumnFixed<1>(rows, weights, bytes, out);
    case 2:
        return resampleColumnFixed<2>(rows, weights, bytes, out);
    case 3:
        return resampleColumnFixed<3>(rows, weights, bytes, out);
    case 4:
        return resampleColumnFixed<4>(rows, weights, bytes, out);
    case 5:
        return resampleColumnFixed<5>(rows, weights, bytes, out);
    case 6:
        return resampleColumnFixed<6>(rows, weights, bytes, out);
    default:
        return resampleColumnAny(rows, weights, taps, bytes, out);
    }
}

} // namespace
} // namespace mocoscope::training
