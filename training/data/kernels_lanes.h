// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Part of pixel_kernels.cpp, see there.

#include <cstdint>
#if defined(__AVX2__)
#include <immintrin.h>
#endif

namespace mocoscope::training {
namespace {

using Byte = std::uint8_t;

/// Numbers that one instruction works on.
#if defined(__AVX512F__)
constexpr int maxLanes = 16;
#elif defined(__AVX2__)
constexpr int maxLanes = 8;
#else
constexpr int maxLanes = 4;
#endif

#if defined(__AVX512F__)
constexpr __mmask16 allLanes = 0xFFFF; ///< GCC 12 warns of the variants without a mask
#endif

template <int Lanes> struct Vectors
{
    using Ints [[gnu::vector_size(4 * Lanes)]] = std::int32_t;
    using Floats [[gnu::vector_size(4 * Lanes)]] = float;
    using Bytes [[gnu::vector_size(Lanes)]] = Byte;
    using Words [[gnu::vector_size(Lanes)]] = std::uint32_t; ///< four bytes each
};
template <int Lanes> using Ints = typename Vectors<Lanes>::Ints;
template <int Lanes> using Floats = typename Vectors<Lanes>::Floats;
template <int Lanes> using Words = typename Vectors<Lanes>::Words;

// GCC 12 takes such conversions apart, so that they are written out where there is an instruction.
template <int Lanes> inline Ints<Lanes> widened(Words<Lanes> words)
{
#if defined(__AVX512F__)
    if constexpr (Lanes == 16) {
        return __builtin_bit_cast(
            Ints<16>, _mm512_maskz_cvtepu8_epi32(allLanes, __builtin_bit_cast(__m128i, words)));
    }
#endif
#if defined(__AVX2__)
    if constexpr (Lanes == 8) {
        const auto both = __builtin_bit_cast(long long, words);
        return __builtin_bit_cast(Ints<8>, _mm256_cvtepu8_epi32(_mm_cvtsi64_si128(both)));
    }
    if constexpr (Lanes == 4) {
        const auto one = __builtin_bit_cast(int, words);
        return __builtin_bit_cast(Ints<4>, _mm_cvtepu8_epi32(_mm_cvtsi32_si128(one)));
    }
#endif
    using Bytes = typename Vectors<Lanes>::Bytes;
    return __builtin_convertvector(__builtin_bit_cast(Bytes, words), Ints<Lanes>);
}

/// Numbers are not negative; those above 255 become 255.
template <int Lanes> inline Words<Lanes> narrowed(Ints<Lanes> ints)
{
#if defined(__AVX512F__)
    if constexpr (Lanes == 16) {
        return __builtin_bit_cast(
            Words<16>, _mm512_maskz_cvtusepi32_epi8(allLanes, __builtin_bit_cast(__m512i, ints)));
    }
#endif
#if defined(__AVX2__)
    if constexpr (Lanes == 8) {
        const auto wide = __builtin_bit_cast(__m256i, ints);
        const __m128i shorts
            = _mm_packus_epi32(_mm256_castsi256_si128(wide), _mm256_extracti128_si256(wide, 1));
        const long long both = _mm_cvtsi128_si64(_mm_packus_epi16(shorts, shorts));
        return __builtin_bit_cast(Words<8>, both);
    }
    if constexpr (Lanes == 4) {
        const auto wide = __builtin_bit_cast(__m128i, ints);
        const __m128i shorts = _mm_packus_epi32(wide, wide);
        const int one = _mm_cvtsi128_si32(_mm_packus_epi16(shorts, shorts));
        return __builtin_bit_cast(Words<4>, one);
    }
#endif
    using Bytes = typename Vectors<Lanes>::Bytes;
    const Ints<Lanes> cut = ints > 255 ? ints - ints + 255 : ints;
    return __builtin_bit_cast(Words<Lanes>, __builtin_convertvector(cut, Bytes));
}

} // namespace
} // namespace mocoscope::training
