// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/data/resample.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace mocoscope::training {
namespace {

constexpr double fixedOne = 1 << 22;

double triangle(double distance)
{
    const double away = std::abs(distance);
    return away < 1.0 ? 1.0 - away : 0.0;
}

} // namespace

void ResampleWeights::addOutput(const ResampleSide& side, int output)
{
    const double scale = (side.to - side.from) / side.outSize;
    const double support = std::max(scale, 1.0);
    const double centre = side.from + (output + 0.5) * scale;
    const int first = std::max(0, static_cast<int>(centre - support + 0.5));
    const int end = std::min(side.inSize, static_cast<int>(centre + support + 0.5));
    m_real.clear();
    double sum = 0;
    for (int input = first; input < end; ++input) {
        m_real.push_back(triangle((input - centre + 0.5) * (1.0 / support)));
        sum += m_real.back();
    }
    for (const double weight : m_real) {
        const double share = sum != 0.0 ? weight / sum : weight;
        m_loose.push_back(static_cast<std::int32_t>(0.5 + share * fixedOne));
    }
    m_first.push_back(first);
    m_counts.push_back(end - first);
}

void ResampleWeights::plan(const ResampleSide& side)
{
    m_loose.clear();
    m_counts.clear();
    m_first.clear();
    for (int i = 0; i < side.outCount; ++i) {
        addOutput(side, side.outFirst + i);
    }
    pack(side.inSize);
}

/// Gives each output the same number of taps, without those of weight 0 at the ends.
void ResampleWeights::pack(int inSize)
{
    m_taps = 1;
    std::size_t at = 0;
    for (std::size_t i = 0; i < m_counts.size(); ++i) {
        auto begin = static_cast<std::ptrdiff_t>(at);
        auto end = begin + m_counts[i];
        at += static_cast<std::size_t>(m_counts[i]);
        while (end - begin > 1 && m_loose[static_cast<std::size_t>(end) - 1] == 0) {
            --end;
        }
        m_taps = std::max(m_taps, static_cast<int>(end - begin));
    }
    m_weights.assign(m_counts.size() * static_cast<std::size_t>(m_taps), 0);
    m_firstInput = std::numeric_limits<int>::max();
    m_endInput = 0;
    at = 0;
    for (std::size_t i = 0; i < m_counts.size(); ++i) {
        // Near the far end the taps begin earlier, so that they all are inside of the image.
        const int first = std::min(m_first[i], inSize - m_taps);
        const int used = std::min(m_counts[i], m_taps);
        const std::size_t shift = static_cast<std::size_t>(m_first[i] - first);
        const std::size_t target = i * static_cast<std::size_t>(m_taps) + shift;
        const std::size_t room = static_cast<std::size_t>(m_taps) - shift;
        std::copy_n(m_loose.begin() + static_cast<std::ptrdiff_t>(at),
                    std::min(static_cast<std::size_t>(used), room),
                    m_weights.begin() + static_cast<std::ptrdiff_t>(target));
        at += static_cast<std::size_t>(m_counts[i]);
        m_first[i] = first;
        m_firstInput = std::min(m_firstInput, first);
        m_endInput = std::max(m_endInput, first + m_taps);
    }
}

ResampleTaps ResampleWeights::taps() const
{
    return {m_weights.data(), m_first.data(), m_taps, static_cast<int>(m_first.size())};
}

void Resampler::run(const RgbRows& rows, const ResampleSide& horizontal,
                    const ResampleSide& vertical, PlanarImage& out)
{
    m_horizontal.plan(horizontal);
    m_vertical.plan(vertical);
    out.resize(horizontal.outCount, vertical.outCount);
    m_rowBytes = 3 * static_cast<std::size_t>(horizontal.outCount);
    const int shrinksBy = vertical.inSize - vertical.outSize;
    if (shrinksBy > 0 && shrinksBy > 2 * (horizontal.inSize - horizontal.outSize)) {
        downThenAcross(rows, out);
    } else {
        acrossThenDown(rows, out);
    }
}

void Resampler::acrossThenDown(const RgbRows& rows, PlanarImage& out)
{
    const PixelKernels& kernels = pixelKernels();
    const int firstRow = m_vertical.firstInput();
    const int rowCount = m_vertical.endInput() - firstRow;
    const std::size_t pitch = m_rowBytes + 1; // a row's end may be written one byte too far
    m_narrow.resize(std::max(m_narrow.size(), static_cast<std::size_t>(rowCount) * pitch));
    m_row.resize(std::max(m_row.size(), m_rowBytes));
    kernels.resampleRows(rows.data + firstRow * rows.stride, rows.stride, rowCount,
                         m_horizontal.taps(), m_narrow.data(), static_cast<std::ptrdiff_t>(pitch));

    const ResampleTaps down = m_vertical.taps();
    const auto taps = static_cast<std::size_t>(down.taps);
    m_rows.resize(taps);
    for (std::size_t y = 0; y < static_cast<std::size_t>(down.outputs); ++y) {
        const auto first = static_cast<std::size_t>(down.first[y] - firstRow);
        for (std::size_t k = 0; k < taps; ++k) {
            m_rows[k] = m_narrow.data() + (first + k) * pitch;
        }
        kernels.resampleColumn(m_rows.data(), down.weights + y * taps, down.taps, m_rowBytes,
                               m_row.data());
        split(m_row.data(), y, out);
    }
}

void Resampler::downThenAcross(const RgbRows& rows, PlanarImage& out)
{
    constexpr int rowsAtOnce = 8;
    const PixelKernels& kernels = pixelKernels();
    const auto firstByte = static_cast<std::size_t>(m_horizontal.firstInput()) * 3;
    const auto endByte = static_cast<std::size_t>(m_horizontal.endInput()) * 3;
    const std::size_t flatPitch = endByte + 1;
    const std::size_t pitch = m_rowBytes + 1;
    m_flat.resize(std::max(m_flat.size(), rowsAtOnce * flatPitch));
    m_row.resize(std::max(m_row.size(), rowsAtOnce * pitch));
    const ResampleTaps down = m_vertical.taps();
    m_rows.resize(static_cast<std::size_t>(down.taps));
    for (int y = 0; y < down.outputs; y += rowsAtOnce) {
        const int count = std::min(rowsAtOnce, down.outputs - y);
        for (int i = 0; i < count; ++i) {
            for (int k = 0; k < down.taps; ++k) {
                m_rows[static_cast<std::size_t>(k)]
                    = rows.data + (down.first[y + i] + k) * rows.stride + firstByte;
            }
            kernels.resampleColumn(
                m_rows.data(), down.weights + std::ptrdiff_t {down.taps} * (y + i), down.taps,
                endByte - firstByte,
                m_flat.data() + static_cast<std::size_t>(i) * flatPitch + firstByte);
        }
        kernels.resampleRows(m_flat.data(), static_cast<std::ptrdiff_t>(flatPitch), count,
                             m_horizontal.taps(), m_row.data(), static_cast<std::ptrdiff_t>(pitch));
        for (int i = 0; i < count; ++i) {
            split(m_row.data() + static_cast<std::size_t>(i) * pitch,
                  static_cast<std::size_t>(y + i), out);
        }
    }
}

void Resampler::split(const std::uint8_t* row, std::size_t y, PlanarImage& out) const
{
    const auto pixels = static_cast<std::size_t>(out.width());
    pixelKernels().splitPlanes(row, pixels, out.plane(0) + y * pixels, out.plane(1) + y * pixels,
                               out.plane(2) + y * pixels);
}

} // namespace mocoscope::training
