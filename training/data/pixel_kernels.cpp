// SPDX-License-Identifier: GPL-3.0-or-later
// Compiled once for each instruction set, MOCOSCOPE_KERNELS being its name. Plain loops that the
// compiler vectorises; nothing of the standard library is called, so that no function compiled for
// a newer processor can replace one that all share. Compiled without contraction to fused
// multiply-add: it would round differently.
//
// The arithmetic is PIL's, whose results torchvision's transforms are: see each function.
#include "training/data/pixel_kernels.h"

namespace mocoscope::training {
namespace {

using Byte = std::uint8_t;

constexpr int weightBits = 22;
constexpr int weightHalf = 1 << (weightBits - 1);

inline int atLeast0(int value)
{
    return value < 0 ? 0 : value;
}
inline int cutToByte(int value)
{
    return value > 255 ? 255 : atLeast0(value);
}
inline Byte cutToByte(float value)
{
    const float low = value > 0.0F ? value : 0.0F;
    return static_cast<Byte>(static_cast<int>(low < 255.0F ? low : 255.0F));
}

// Four lanes: red, green, blue and a byte that belongs to the next pixel and is overwritten.
using Lanes = std::int32_t __attribute__((vector_size(16)));
using Bytes = Byte __attribute__((vector_size(4)));

inline Lanes loadPixel(const Byte* at)
{
    Bytes bytes;
    __builtin_memcpy(&bytes, at, sizeof bytes);
    return __builtin_convertvector(bytes, Lanes);
}

inline void storePixel(Lanes sum, Byte* at)
{
    // Weights are not negative and sum up to one: only the upper end can be passed, by rounding.
    Lanes value = sum >> weightBits;
    value = value > 255 ? Lanes {255, 255, 255, 255} : value;
    const Bytes bytes = __builtin_convertvector(value, Bytes);
    __builtin_memcpy(at, &bytes, sizeof bytes);
}

template <int Taps> void resampleRowFixed(const Byte* in, const ResampleTaps& t, Byte* out)
{
    for (int x = 0; x < t.outputs; ++x) {
        const Byte* from = in + std::ptrdiff_t {3} * t.first[x];
        const std::int32_t* weights = t.weights + std::ptrdiff_t {Taps} * x;
        Lanes sum = {weightHalf, weightHalf, weightHalf, weightHalf};
        for (int k = 0; k < Taps; ++k) {
            sum += loadPixel(from + 3 * k) * weights[k];
        }
        storePixel(sum, out + std::ptrdiff_t {3} * x);
    }
}

void resampleRowAny(const Byte* in, const ResampleTaps& t, Byte* out)
{
    for (int x = 0; x < t.outputs; ++x) {
        const Byte* from = in + std::ptrdiff_t {3} * t.first[x];
        const std::int32_t* weights = t.weights + std::ptrdiff_t {t.taps} * x;
        Lanes sum = {weightHalf, weightHalf, weightHalf, weightHalf};
        for (int k = 0; k < t.taps; ++k) {
            sum += loadPixel(from + 3 * k) * weights[k];
        }
        storePixel(sum, out + std::ptrdiff_t {3} * x);
    }
}

/// PIL resizes in two passes, columns first, and rounds to bytes between them.
void resampleRow(const Byte* in, const ResampleTaps& t, Byte* out)
{
    switch (t.taps) {
    case 1:
        return resampleRowFixed<1>(in, t, out);
    case 2:
        return resampleRowFixed<2>(in, t, out);
    case 3:
        return resampleRowFixed<3>(in, t, out);
    case 4:
        return resampleRowFixed<4>(in, t, out);
    case 5:
        return resampleRowFixed<5>(in, t, out);
    case 6:
        return resampleRowFixed<6>(in, t, out);
    default:
        return resampleRowAny(in, t, out);
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

void splitPlanes(const Byte* __restrict rgb, std::size_t count, Byte* __restrict red,
                 Byte* __restrict green, Byte* __restrict blue)
{
    for (std::size_t i = 0; i < count; ++i) {
        red[i] = rgb[3 * i];
        green[i] = rgb[3 * i + 1];
        blue[i] = rgb[3 * i + 2];
    }
}

/// PIL blends in single precision and truncates.
void blendConstant(Byte* values, std::size_t bytes, float base, float factor)
{
    for (std::size_t i = 0; i < bytes; ++i) {
        values[i] = cutToByte(base + factor * (static_cast<float>(values[i]) - base));
    }
}

/// ITU-R 601-2 luma in fixed point of 16 bits, rounded.
inline int greyOf(int red, int green, int blue)
{
    return (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16;
}

void blendGrey(Byte* __restrict red, Byte* __restrict green, Byte* __restrict blue,
               std::size_t count, float factor)
{
    for (std::size_t i = 0; i < count; ++i) {
        const auto grey = static_cast<float>(greyOf(red[i], green[i], blue[i]));
        red[i] = cutToByte(grey + factor * (static_cast<float>(red[i]) - grey));
        green[i] = cutToByte(grey + factor * (static_cast<float>(green[i]) - grey));
        blue[i] = cutToByte(grey + factor * (static_cast<float>(blue[i]) - grey));
    }
}

std::uint64_t greySum(const Byte* red, const Byte* green, const Byte* blue, std::size_t count)
{
    constexpr std::size_t block = 1 << 16; // sums of so many bytes fit into 32 bits
    std::uint64_t total = 0;
    for (std::size_t begin = 0; begin < count; begin += block) {
        const std::size_t end = count - begin < block ? count : begin + block;
        std::uint32_t sum = 0;
        for (std::size_t i = begin; i < end; ++i) {
            sum += static_cast<std::uint32_t>(greyOf(red[i], green[i], blue[i]));
        }
        total += sum;
    }
    return total;
}

void makeGrey(Byte* __restrict red, Byte* __restrict green, Byte* __restrict blue,
              std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i) {
        const auto grey = static_cast<Byte>(greyOf(red[i], green[i], blue[i]));
        red[i] = grey;
        green[i] = grey;
        blue[i] = grey;
    }
}

inline int larger(int a, int b)
{
    return a > b ? a : b;
}
inline int smaller(int a, int b)
{
    return a < b ? a : b;
}

/// Hue in 0 … 255 as PIL's 8-bit HSV has it. PIL computes parts of it in double precision; for all
/// byte triples the result is the same in single precision.
inline int hueOf(int red, int green, int blue, int largest, float range)
{
    const int smallest = smaller(red, smaller(green, blue));
    const int middle = red + green + blue - largest - smallest;
    const float part = static_cast<float>(largest - middle) / range;
    // The three cases are red, green or blue being largest; each is mirrored when the channel
    // after the largest one is the smallest.
    const float ofRed = green >= blue ? 1.0F - part : part - 1.0F;
    const float ofGreen = red > blue ? 1.0F + part : 3.0F - part;
    const float ofBlue = green > red ? 3.0F + part : 5.0F - part;
    const float sixths = red == largest ? ofRed : (green == largest ? ofGreen : ofBlue);
    const float turn = sixths / 6.0F;
    return static_cast<int>((turn < 0.0F ? turn + 1.0F : turn) * 255.0F);
}

inline Byte rounded(float value)
{
    return static_cast<Byte>(static_cast<int>(value + 0.5F));
}

/// One pixel to HSV, hue shifted, and back. Again exact in single precision for all byte triples.
inline void shiftPixel(Byte& red, Byte& green, Byte& blue, int shift)
{
    const int r = red;
    const int g = green;
    const int b = blue;
    const int value = larger(r, larger(g, b));
    const int range = value - smaller(r, smaller(g, b));
    const auto rangeOrOne = static_cast<float>(range > 0 ? range : 1);
    const int hue = ((range > 0 ? hueOf(r, g, b, value, rangeOrOne) : 0) + shift) & 255;
    const auto valueReal = static_cast<float>(value);
    const float ratio = static_cast<float>(range) / (value > 0 ? valueReal : 1.0F);
    const int saturation = static_cast<int>(ratio * 255.0F);

    const int sextant = (6 * hue * 257 + 257) >> 16; // 6 · hue / 255
    const float position = static_cast<float>(6 * hue - 255 * sextant) / 255.0F;
    const float colour = static_cast<float>(saturation) / 255.0F;
    const int low = rounded(valueReal * (1.0F - colour));
    const int falling = rounded(valueReal * (1.0F - colour * position));
    const int rising = rounded(valueReal * (1.0F - colour * (1.0F - position)));
    const int s = sextant == 6 ? 0 : sextant;
    const bool isGrey = saturation == 0;
    const int newRed = s == 0 || s == 5 ? value : (s == 1 ? falling : (s == 4 ? rising : low));
    const int newGreen = s == 1 || s == 2 ? value : (s == 0 ? rising : (s == 3 ? falling : low));
    const int newBlue = s == 3 || s == 4 ? value : (s == 2 ? rising : (s == 5 ? falling : low));
    red = static_cast<Byte>(isGrey ? value : newRed);
    green = static_cast<Byte>(isGrey ? value : newGreen);
    blue = static_cast<Byte>(isGrey ? value : newBlue);
}

void shiftHue(Byte* __restrict red, Byte* __restrict green, Byte* __restrict blue,
              std::size_t count, Byte shift)
{
    for (std::size_t i = 0; i < count; ++i) {
        shiftPixel(red[i], green[i], blue[i], shift);
    }
}

void solarize(Byte* values, std::size_t bytes)
{
    for (std::size_t i = 0; i < bytes; ++i) {
        values[i] = static_cast<Byte>(values[i] < 128 ? values[i] : 255 - values[i]);
    }
}

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
    resampleRow,
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
