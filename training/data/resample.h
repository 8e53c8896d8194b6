// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/data/pixel_kernels.h"
#include "training/data/planar_image.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace mocoscope::training {

/// How one side is resampled: `from` … `to` of `inSize` input pixels become `outSize` pixels, of
/// which `outCount` from `outFirst` on are wanted.
struct ResampleSide
{
    int inSize = 0;
    double from = 0;
    double to = 0;
    int outSize = 0;
    int outFirst = 0;
    int outCount = 0;
};

/// The weights of a bilinear filter that widens when it shrinks (no aliasing), in fixed point.
/// Source: PIL's resize(), to the last bit.
class ResampleWeights
{
public:
    void plan(const ResampleSide& side);
    [[nodiscard]] ResampleTaps taps() const;
    /// Input pixels that are read: [first, end).
    [[nodiscard]] int firstInput() const { return m_firstInput; }
    [[nodiscard]] int endInput() const { return m_endInput; }

private:
    void addOutput(const ResampleSide& side, int output);
    void pack(int inSize);

    std::vector<double> m_real; ///< of one output
    std::vector<std::int32_t> m_loose; ///< all outputs' weights, each with its own count
    std::vector<std::int32_t> m_counts;
    std::vector<std::int32_t> m_first;
    std::vector<std::int32_t> m_weights;
    int m_taps = 0;
    int m_firstInput = 0;
    int m_endInput = 0;
};

/// RGB rows in memory. One byte behind the last row must be readable.
struct RgbRows
{
    const std::uint8_t* data = nullptr;
    std::ptrdiff_t stride = 0; ///< bytes
};

/// Resamples RGB rows into planes, one direction after the other and rounded to bytes in between,
/// in the order that PIL 13 takes. Holds scratch memory: one per thread.
class Resampler
{
public:
    void run(const RgbRows& rows, const ResampleSide& horizontal, const ResampleSide& vertical,
             PlanarImage& out);

private:
    void acrossThenDown(const RgbRows& rows, PlanarImage& out);
    void downThenAcross(const RgbRows& rows, PlanarImage& out);

    void split(const std::uint8_t* row, std::size_t y, PlanarImage& out) const;

    ResampleWeights m_horizontal;
    ResampleWeights m_vertical;
    std::size_t m_rowBytes = 0; ///< of an output row
    std::vector<std::uint8_t> m_narrow; ///< input rows at the output's width
    std::vector<std::uint8_t> m_flat; ///< some output rows at the input's width
    std::vector<std::uint8_t> m_row; ///< some output rows
    std::vector<const std::uint8_t*> m_rows;
};

} // namespace mocoscope::training
