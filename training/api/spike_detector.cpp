// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/api/spike_detector.h"

#include <algorithm>
#include <cmath>

namespace mocoscope::training {

namespace {

/// Ratio of the standard to the median absolute deviation of a normal distribution.
constexpr double deviationsPerMad = 1.4826;
/// Of a logarithm: a layer that does not vary at all still has a scale to measure by.
constexpr double smallestDeviation = 1e-3;

} // namespace

double medianOf(const std::vector<double>& sorted)
{
    const std::size_t middle = sorted.size() / 2;
    return sorted.size() % 2 == 1 ? sorted[middle] : 0.5 * (sorted[middle - 1] + sorted[middle]);
}

double medianDeviation(const std::vector<double>& sorted, double median)
{
    // From the median outwards on both sides the distances grow: a merge of the two, half-way.
    auto right = std::lower_bound(sorted.begin(), sorted.end(), median);
    auto left = right;
    double last = 0, beforeLast = 0;
    for (std::size_t taken = 0; taken <= sorted.size() / 2; ++taken) {
        const bool hasLeft = left != sorted.begin();
        const bool takesLeft
            = hasLeft && (right == sorted.end() || median - *(left - 1) < *right - median);
        beforeLast = last;
        last = takesLeft ? median - *--left : *right++ - median;
    }
    return sorted.size() % 2 == 1 ? last : 0.5 * (beforeLast + last);
}

SpikeDetector::SpikeDetector(const MonitorConfig& options)
    : m_window(static_cast<std::size_t>(options.spikeWindow))
    , m_warmup(static_cast<std::size_t>(options.spikeWarmup))
    , m_threshold(options.spikeThreshold)
    , m_release(options.spikeRelease)
    , m_factor(options.spikeFactor)
{
    m_recent.reserve(m_window);
    m_sorted.reserve(m_window);
}

bool SpikeDetector::isAboveThreshold(const Reading& reading) const
{
    return reading.deviation >= m_threshold && reading.factor >= m_factor;
}

SpikeDetector::Reading SpikeDetector::add(double magnitude)
{
    Reading reading;
    if (!std::isfinite(magnitude) || magnitude <= 0) {
        m_isSpike = false;
        return reading;
    }
    const double logarithm = std::log(magnitude);
    if (m_recent.size() >= m_warmup) {
        const double median = medianOf(m_sorted);
        const double scale
            = std::max(smallestDeviation, deviationsPerMad * medianDeviation(m_sorted, median));
        reading.deviation = (logarithm - median) / scale;
        reading.factor = std::exp(logarithm - median);
        reading.begins = !m_isSpike && isAboveThreshold(reading);
        m_isSpike = reading.begins || (m_isSpike && reading.deviation >= m_release);
        reading.isSpike = m_isSpike;
    }
    remember(logarithm);
    return reading;
}

SpikeDetector::Memory SpikeDetector::memory() const
{
    Memory memory {m_recent, m_isSpike};
    std::ranges::rotate(memory.recent,
                        memory.recent.begin() + static_cast<std::ptrdiff_t>(m_oldest));
    return memory;
}

void SpikeDetector::restore(const Memory& memory)
{
    const std::size_t count = std::min(m_window, memory.recent.size());
    m_recent.assign(memory.recent.end() - static_cast<std::ptrdiff_t>(count), memory.recent.end());
    m_oldest = 0;
    m_sorted = m_recent;
    std::ranges::sort(m_sorted);
    m_isSpike = memory.isSpike;
}

void SpikeDetector::remember(double logarithm)
{
    if (m_recent.size() < m_window) {
        m_recent.push_back(logarithm);
    } else {
        m_sorted.erase(std::lower_bound(m_sorted.begin(), m_sorted.end(), m_recent[m_oldest]));
        m_recent[m_oldest] = logarithm;
        m_oldest = (m_oldest + 1) % m_window;
    }
    m_sorted.insert(std::upper_bound(m_sorted.begin(), m_sorted.end(), logarithm), logarithm);
}

} // namespace mocoscope::training
