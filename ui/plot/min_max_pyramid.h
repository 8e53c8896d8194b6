// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

namespace mocoscope::ui {

/// Smallest and largest value of a stretch of samples; NaN does not count.
struct Extent
{
    double minimum = std::numeric_limits<double>::infinity();
    double maximum = -std::numeric_limits<double>::infinity();
    bool hasGap = false; ///< a NaN was among them

    [[nodiscard]] bool isEmpty() const { return minimum > maximum; }
    void add(double value)
    {
        if (std::isnan(value)) {
            hasGap = true;
            return;
        }
        minimum = value < minimum ? value : minimum;
        maximum = value > maximum ? value : maximum;
    }
    void add(const Extent& other)
    {
        minimum = other.minimum < minimum ? other.minimum : minimum;
        maximum = other.maximum > maximum ? other.maximum : maximum;
        hasGap = hasGap || other.hasGap;
    }
};

/// Extents of blocks of 16, 256, 4096 … samples, so that the extent of any stretch of a million
/// samples is found by looking at about a hundred numbers. Costs 1/10 of the samples' memory.
class MinMaxPyramid
{
public:
    /// Called with all samples after some were added at the end.
    void update(std::span<const double> samples);
    /// Called when samples at the end were dropped, before update().
    void truncate(std::size_t size);
    /// Of samples [first, last). `samples` as last given to update().
    [[nodiscard]] Extent query(std::span<const double> samples, std::size_t first,
                               std::size_t last) const;

private:
    static constexpr std::size_t blockSize = 16;
    static constexpr std::size_t levelCount = 6; ///< the top blocks hold 16 M samples
    std::vector<Extent> m_levels[levelCount]; ///< complete blocks only
};

} // namespace mocoscope::ui
