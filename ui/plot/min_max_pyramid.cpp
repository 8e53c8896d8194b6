// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/min_max_pyramid.h"

namespace mocoscope::ui {

void MinMaxPyramid::update(std::span<const double> samples)
{
    auto& base = m_levels[0];
    for (std::size_t block = base.size(); (block + 1) * blockSize <= samples.size(); ++block) {
        Extent extent;
        for (const double value : samples.subspan(block * blockSize, blockSize)) {
            extent.add(value);
        }
        base.push_back(extent);
    }
    for (std::size_t level = 1; level < levelCount; ++level) {
        const auto& below = m_levels[level - 1];
        auto& blocks = m_levels[level];
        for (std::size_t block = blocks.size(); (block + 1) * blockSize <= below.size(); ++block) {
            Extent extent;
            for (std::size_t i = block * blockSize; i < (block + 1) * blockSize; ++i) {
                extent.add(below[i]);
            }
            blocks.push_back(extent);
        }
    }
}

void MinMaxPyramid::truncate(std::size_t size)
{
    for (auto& blocks : m_levels) {
        size /= blockSize;
        if (blocks.size() > size) {
            blocks.resize(size);
        }
    }
}

Extent MinMaxPyramid::query(std::span<const double> samples, std::size_t first,
                            std::size_t last) const
{
    Extent extent;
    // Climbs while whole blocks fit, then comes down again: the ragged ends of each level are added
    // on the way.
    std::size_t level = 0; // 0: samples; n: blocks of m_levels[n - 1]
    const auto addAt = [&](std::size_t index) {
        if (level == 0) {
            extent.add(samples[index]);
        } else {
            extent.add(m_levels[level - 1][index]);
        }
    };
    while (first < last) {
        const std::size_t blocksAbove = level < levelCount ? m_levels[level].size() : 0;
        const std::size_t firstBlock = (first + blockSize - 1) / blockSize;
        std::size_t lastBlock = last / blockSize;
        lastBlock = lastBlock < blocksAbove ? lastBlock : blocksAbove;
        if (firstBlock >= lastBlock) {
            while (first < last) {
                addAt(first++);
            }
            break;
        }
        while (first < firstBlock * blockSize) {
            addAt(first++);
        }
        while (last > lastBlock * blockSize) {
            addAt(--last);
        }
        first = firstBlock;
        last = lastBlock;
        ++level;
    }
    return extent;
}

} // namespace mocoscope::ui
