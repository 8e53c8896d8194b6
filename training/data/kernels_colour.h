// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Part of pixel_kernels.cpp, see there.

#include "training/data/kernels_lanes.h"
#include "training/data/pixel_kernels.h"

namespace mocoscope::training {
namespace {

inline Byte cutToByte(float value)
{
    const float low = value > 0.0F ? value : 0.0F;
    return static_cast<Byte>(static_cast<int>(low < 255.0F ? low : 255.0F));
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

using HueInts = Ints<maxLanes>;
using HueFloats = Floats<maxLanes>;

inline HueInts loadInts(const Byte* at)
{
    Words<maxLanes> words;
    __builtin_memcpy(&words, at, sizeof words);
    return widened<maxLanes>(words);
}
inline void storeInts(HueInts values, Byte* at)
{
    const Words<maxLanes> words = narrowed<maxLanes>(values);
    __builtin_memcpy(at, &words, sizeof words);
}
inline HueFloats toFloats(HueInts values)
{
    return __builtin_convertvector(values, HueFloats);
}
inline HueInts truncated(HueFloats values)
{
    return __builtin_convertvector(values, HueInts);
}
inline HueInts larger(HueInts a, HueInts b)
{
    return a > b ? a : b;
}
inline HueInts smaller(HueInts a, HueInts b)
{
    return a < b ? a : b;
}

/// Hue in 0 … 255 as PIL's 8-bit HSV has it. PIL computes parts of it in double precision; for all
/// byte triples the result is the same in single precision. `range` is not 0.
inline HueInts hueOf(HueInts red, HueInts green, HueInts blue, HueInts largest, HueInts smallest,
                     HueFloats range)
{
    const HueInts middle = red + green + blue - largest - smallest;
    const HueFloats part = toFloats(largest - middle) / range;
    // The three cases are red, green or blue being largest; each is mirrored when the channel
    // after the largest one is the smallest.
    const HueFloats ofRed = green >= blue ? 1.0F - part : part - 1.0F;
    const HueFloats ofGreen = red > blue ? 1.0F + part : 3.0F - part;
    const HueFloats ofBlue = green > red ? 3.0F + part : 5.0F - part;
    const HueFloats ofOther = green == largest ? ofGreen : ofBlue;
    const HueFloats turn = (red == largest ? ofRed : ofOther) / 6.0F;
    return truncated((turn < 0.0F ? turn + 1.0F : turn) * 255.0F);
}

/// Several pixels to HSV, hue shifted, and back. Again exact in single precision for all bytes.
inline void shiftPixels(Byte* redAt, Byte* greenAt, Byte* blueAt, int shift)
{
    const HueInts red = loadInts(redAt);
    const HueInts green = loadInts(greenAt);
    const HueInts blue = loadInts(blueAt);
    const HueInts value = larger(red, larger(green, blue));
    const HueInts smallest = smaller(red, smaller(green, blue));
    const HueInts range = value - smallest;
    // A comparison gives -1 where it is true: 1 in place of 0, for the divisions.
    const HueFloats divisor = toFloats(range - (range == 0));
    const HueInts hue = ((range != 0) & hueOf(red, green, blue, value, smallest, divisor)) + shift;
    const HueFloats ratio = toFloats(range) / toFloats(value - (value == 0));
    const HueFloats colour = toFloats(truncated(ratio * 255.0F)) / 255.0F;

    const HueInts position = 6 * (hue & 255);
    const HueInts sextant = (position * 257 + 257) >> 16; // position / 255
    const HueFloats rest = toFloats(position - 255 * sextant) / 255.0F;
    const HueFloats light = toFloats(value);
    const HueInts low = truncated(light * (1.0F - colour) + 0.5F);
    const HueInts falling = truncated(light * (1.0F - colour * rest) + 0.5F);
    const HueInts rising = truncated(light * (1.0F - colour * (1.0F - rest)) + 0.5F);
    const HueInts s = sextant == 6 ? 0 * sextant : sextant;
    // Without colour, low, falling and rising are the value as well.
    storeInts(((s == 0) | (s == 5)) ? value : (s == 1 ? falling : (s == 4 ? rising : low)), redAt);
    storeInts(((s == 1) | (s == 2)) ? value : (s == 0 ? rising : (s == 3 ? falling : low)),
              greenAt);
    storeInts(((s == 3) | (s == 4)) ? value : (s == 2 ? rising : (s == 5 ? falling : low)), blueAt);
}

void shiftHue(Byte* red, Byte* green, Byte* blue, std::size_t count, Byte shift)
{
    std::size_t done = 0;
    for (; done + maxLanes <= count; done += maxLanes) {
        shiftPixels(red + done, green + done, blue + done, shift);
    }
    Byte rest[3][maxLanes] = {};
    const std::size_t left = count - done;
    __builtin_memcpy(rest[0], red + done, left);
    __builtin_memcpy(rest[1], green + done, left);
    __builtin_memcpy(rest[2], blue + done, left);
    shiftPixels(rest[0], rest[1], rest[2], shift);
    __builtin_memcpy(red + done, rest[0], left);
    __builtin_memcpy(green + done, rest[1], left);
    __builtin_memcpy(blue + done, rest[2], left);
}

void solarize(Byte* values, std::size_t bytes)
{
    for (std::size_t i = 0; i < bytes; ++i) {
        values[i] = static_cast<Byte>(values[i] < 128 ? values[i] : 255 - values[i]);
    }
}

} // namespace
} // namespace mocoscope::training
