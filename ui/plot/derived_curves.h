// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plot/curve_data.h"

#include <cstddef>
#include <deque>
#include <vector>

namespace mocoscope::ui {

/// Exponentially weighted mean from the first sample on, without the pull towards 0 at its start:
/// s ← w·s + (1−w)·x, shown s/(1−wⁿ) after n samples. NaN stays NaN and does not count.
class ExponentialMean
{
public:
    explicit ExponentialMean(double weight)
        : m_weight(weight)
    {
    }
    [[nodiscard]] double add(double value);

private:
    double m_weight;
    double m_sum = 0;
    double m_decay = 1; ///< wⁿ
};

/// Median of the last `window` finite values; the mean of the middle two of an even number.
class TrailingMedian
{
public:
    explicit TrailingMedian(std::size_t window)
        : m_window(window)
    {
    }
    /// NaN does not count. NaN is returned as long as no finite value came.
    [[nodiscard]] double add(double value);

private:
    std::size_t m_window;
    std::deque<double> m_recent;
    std::vector<double> m_sorted;
};

/// A view of a curve, smoothed; follows its growth at the cost of the new samples only.
class SmoothedCurve
{
public:
    /// `weight` in [0, 1): 0 gives the curve itself.
    void update(const CurveData& source, double weight);
    [[nodiscard]] const CurveData& data() const { return m_data; }

private:
    CurveData m_data;
    ExponentialMean m_mean {0.0};
    double m_weight = 0.0;
    std::uint64_t m_sourceGeneration = 0;
};

/// A curve divided by its own trailing median (over `window` samples, the present one among them):
/// 1 is usual, a spike of the gradient stands out whatever the layer's size. NaN where the median
/// is 0.
class RelativeCurve
{
public:
    static constexpr std::size_t window = 101;
    void update(const CurveData& source);
    [[nodiscard]] const CurveData& data() const { return m_data; }

private:
    CurveData m_data;
    TrailingMedian m_median {window};
    std::uint64_t m_sourceGeneration = 0;
};

/// A curve in another unit: each value times `factor`. Follows its growth like the others.
class ScaledCurve
{
public:
    explicit ScaledCurve(double factor)
        : m_factor(factor)
    {
    }
    void update(const CurveData& source);
    [[nodiscard]] const CurveData& data() const { return m_data; }

private:
    CurveData m_data;
    double m_factor;
    std::uint64_t m_sourceGeneration = 0;
};

} // namespace mocoscope::ui
