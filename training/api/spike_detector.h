// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/training_config.h"

#include <cstddef>
#include <limits>
#include <vector>

namespace mocoscope::training {

/// Finds the spikes of one layer's gradient magnitude while they happen: how far its logarithm lies
/// above the median of the steps before, in robust deviations (1.4826 · the median absolute
/// deviation, which equals σ for normal noise and is not moved by the spikes themselves). A level
/// that stays becomes usual after half a window. Costs O(window) a step.
class SpikeDetector
{
public:
    explicit SpikeDetector(const MonitorConfig& options);

    struct Reading
    {
        /// Robust deviations above the running median; NaN during the warm-up and in a gap.
        double deviation = std::numeric_limits<double>::quiet_NaN();
        double factor = std::numeric_limits<double>::quiet_NaN(); ///< multiple of the median
        bool isSpike = false; ///< from the threshold on until below the release
        bool begins = false; ///< the first step of a spike
    };
    /// Of the next step. Zero and what is not finite are gaps: they are no spike and do not count
    /// as usual.
    Reading add(double magnitude);

    /// What the next readings depend on.
    struct Memory
    {
        std::vector<double> recent; ///< logarithms, the oldest first
        bool isSpike = false;
    };
    [[nodiscard]] Memory memory() const;
    /// Goes on from there; of more than a window the newest count.
    void restore(const Memory& memory);

private:
    [[nodiscard]] bool isAboveThreshold(const Reading& reading) const;
    void remember(double logarithm);

    std::size_t m_window;
    std::size_t m_warmup;
    double m_threshold;
    double m_release;
    double m_factor;
    bool m_isSpike = false;
    std::vector<double> m_recent; ///< logarithms, a ring once it is full
    std::size_t m_oldest = 0; ///< in m_recent
    std::vector<double> m_sorted; ///< the same ones
};

/// Median of ascending values; the mean of the middle two of an even number. Not empty.
[[nodiscard]] double medianOf(const std::vector<double>& sorted);
/// Median of their distances from `median`. O(n).
[[nodiscard]] double medianDeviation(const std::vector<double>& sorted, double median);

} // namespace mocoscope::training
