// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/training_config.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace mocoscope::training {

/// Mean and spread of one figure over runs.
struct Spread
{
    double mean = 0;
    std::optional<double> deviation; ///< of the sample (divided by n − 1); empty for a single value
    std::int64_t count = 0; ///< n
};
/// Over the values that there are; empty where there is none.
[[nodiscard]] std::optional<Spread> spreadOf(std::span<const std::optional<double>> values);

/// Groups configurations that differ in nothing but the seed, in the order of their first members;
/// a result is the indices of a group. A seed that a group has already starts another one: the same
/// run twice says nothing about the spread. nullptr stands alone.
[[nodiscard]] std::vector<std::vector<std::size_t>>
groupBySeed(std::span<const TrainingConfig* const> configs);

} // namespace mocoscope::training
