// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>

namespace mocoscope::training {

/// Random numbers as a pure function of a key and a counter: no state is shared or saved, so that
/// any thread, replica or resumed run draws the same ones.
/// Source: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011; Philox4x32-10.
[[nodiscard]] constexpr std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter,
                                                            std::array<std::uint32_t, 2> key)
{
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t first = 0xD2511F53ULL * counter[0];
        const std::uint64_t second = 0xCD9E8D57ULL * counter[2];
        counter = {static_cast<std::uint32_t>(second >> 32) ^ counter[1] ^ key[0],
                   static_cast<std::uint32_t>(second),
                   static_cast<std::uint32_t>(first >> 32) ^ counter[3] ^ key[1],
                   static_cast<std::uint32_t>(first)};
        key[0] += 0x9E3779B9U;
        key[1] += 0xBB67AE85U;
    }
    return counter;
}

/// What a stream of random numbers is for; part of its key.
enum class RandomUse : std::uint32_t
{
    View1 = 1,
    View2 = 2,
    Order = 3,
    Replacement = 4,
    LabelledView = 5, ///< crop and flip of training with labels
    RandAugment = 6,
    Erasing = 7,
    Mixing = 8,
    DropPath = 9,
};

/// The random numbers of one (seed, epoch, sample, use), from the first to the last.
class RandomStream
{
public:
    RandomStream(std::uint64_t seed, std::int64_t epoch, std::int64_t sample, RandomUse use)
        : m_key {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)}
        , m_counter {0, static_cast<std::uint32_t>(use), static_cast<std::uint32_t>(sample),
                     static_cast<std::uint32_t>(epoch)}
    {
    }

    /// In [0, 1), of 53 bits.
    [[nodiscard]] double uniform()
    {
        const std::uint64_t bits = next64() >> 11;
        return static_cast<double>(bits) * 0x1p-53;
    }
    [[nodiscard]] double uniform(double low, double high) { return low + (high - low) * uniform(); }
    /// In 0 … bound - 1; bound > 0. The bias is below 2⁻⁶⁴ · bound.
    [[nodiscard]] std::int64_t below(std::int64_t bound)
    {
        __extension__ using Wide = unsigned __int128;
        return static_cast<std::int64_t>((Wide {next64()} * static_cast<std::uint64_t>(bound))
                                         >> 64);
    }

private:
    std::uint64_t next64()
    {
        if (m_used == 2) {
            m_block = philox(m_counter, m_key);
            ++m_counter[0];
            m_used = 0;
        }
        const std::size_t at = 2 * m_used++;
        return (std::uint64_t {m_block[at + 1]} << 32) | m_block[at];
    }

    std::array<std::uint32_t, 2> m_key;
    std::array<std::uint32_t, 4> m_counter;
    std::array<std::uint32_t, 4> m_block {};
    std::size_t m_used = 2;
};

} // namespace mocoscope::training
