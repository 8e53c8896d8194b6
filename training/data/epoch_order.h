// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/data/philox.h"

#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

namespace mocoscope::training {

/// The order in which an epoch goes through `count` images: a permutation of its own for each
/// (seed, epoch).
[[nodiscard]] inline std::vector<std::int64_t> epochOrder(std::int64_t count, std::uint64_t seed,
                                                          std::int64_t epoch)
{
    std::vector<std::int64_t> order(static_cast<std::size_t>(count));
    std::iota(order.begin(), order.end(), std::int64_t {0});
    RandomStream random(seed, epoch, 0, RandomUse::Order);
    for (std::int64_t left = count; left > 1; --left) {
        const auto other = static_cast<std::size_t>(random.below(left));
        std::swap(order[static_cast<std::size_t>(left - 1)], order[other]);
    }
    return order;
}

} // namespace mocoscope::training
