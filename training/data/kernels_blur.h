// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Part of pixel_kernels.cpp, see there.

#include "training/data/kernels_lanes.h"
#include "training/data/pixel_kernels.h"

namespace mocoscope::training {
namespace {

inline Byte boxAverage(std::uint32_t nearSum, std::uint32_t farSum, const BlurBox& box)
{
    return static_cast<Byte>((nearSum * box.near + farSum * box.far + (1U << 23)) >> 24);
}

template <int Radius>
void blurRowFixed(const Byte* __restrict in, const BlurBox& wanted, std::size_t count,
                  Byte* __restrict out)
{
    const BlurBox box = wanted;
    for (std::size_t i = 0; i < count; ++i) {
        const Byte* at = in + i;
        std::uint32_t sum = 0;
        for (int d = -Radius; d <= Radius; ++d) {
            sum += at[d];
        }
        const std::uint32_t ends = std::uint32_t {at[-Radius - 1]} + at[Radius + 1];
        out[i] = boxAverage(sum, ends, box);
    }
}

/// A running sum, for any radius.
void blurRowAny(const Byte* in, const BlurBox& box, std::size_t count, Byte* out)
{
    std::uint32_t sum = 0;
    for (int d = -box.radius; d < box.radius; ++d) {
        sum += in[d];
    }
    for (std::size_t i = 0; i < count; ++i) {
        const Byte* at = in + i;
        sum += at[box.radius];
        out[i] = boxAverage(sum, std::uint32_t {at[-box.radius - 1]} + at[box.radius + 1], box);
        sum -= at[-box.radius];
    }
}

void blurRow(const Byte* in, const BlurBox& box, std::size_t count, Byte* out)
{
    switch (box.radius) {
    case 0:
        return blurRowFixed<0>(in, box, count, out);
    case 1:
        return blurRowFixed<1>(in, box, count, out);
    default:
        return blurRowAny(in, box, count, out);
    }
}

template <int Radius>
void blurColumnFixed(const Byte* const* rows, const BlurBox& wanted, std::size_t count,
                     Byte* __restrict out)
{
    constexpr int rowCount = 2 * Radius + 3;
    const BlurBox box = wanted;
    const Byte* row[rowCount];
    for (int k = 0; k < rowCount; ++k) {
        row[k] = rows[k];
    }
    for (std::size_t i = 0; i < count; ++i) {
        std::uint32_t sum = 0;
        for (int k = 1; k < rowCount - 1; ++k) {
            sum += row[k][i];
        }
        out[i] = boxAverage(sum, std::uint32_t {row[0][i]} + row[rowCount - 1][i], box);
    }
}

void blurColumnAny(const Byte* const* rows, const BlurBox& box, std::size_t count,
                   Byte* __restrict out)
{
    constexpr std::size_t blockPixels = 256;
    std::uint32_t sums[blockPixels];
    const int last = 2 * box.radius + 2;
    for (std::size_t begin = 0; begin < count; begin += blockPixels) {
        const std::size_t size = count - begin < blockPixels ? count - begin : blockPixels;
        for (std::size_t i = 0; i < size; ++i) {
            sums[i] = 0;
        }
        for (int k = 1; k < last; ++k) {
            const Byte* row = rows[k] + begin;
            for (std::size_t i = 0; i < size; ++i) {
                sums[i] += row[i];
            }
        }
        for (std::size_t i = 0; i < size; ++i) {
            const std::uint32_t ends = std::uint32_t {rows[0][begin + i]} + rows[last][begin + i];
            out[begin + i] = boxAverage(sums[i], ends, box);
        }
    }
}

void blurColumn(const Byte* const* rows, const BlurBox& box, std::size_t count, Byte* out)
{
    switch (box.radius) {
    case 0:
        return blurColumnFixed<0>(rows, box, count, out);
    case 1:
        return blurColumnFixed<1>(rows, box, count, out);
    default:
        return blurColumnAny(rows, box, count, out);
    }
}

} // namespace
} // namespace mocoscope::training
