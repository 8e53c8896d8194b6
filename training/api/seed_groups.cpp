// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/api/seed_groups.h"

#include <algorithm>
#include <cmath>

namespace mocoscope::training {

namespace {

bool differOnlyBySeed(const TrainingConfig& one, TrainingConfig other)
{
    other.train.seed = one.train.seed;
    return one == other;
}

bool isJoinedBy(const std::vector<std::size_t>& group, const TrainingConfig& config,
                std::span<const TrainingConfig* const> configs)
{
    return std::all_of(group.begin(), group.end(), [&](std::size_t member) {
        return configs[member] != nullptr && configs[member]->train.seed != config.train.seed
            && differOnlyBySeed(*configs[member], config);
    });
}

} // namespace

std::optional<Spread> spreadOf(std::span<const std::optional<double>> values)
{
    Spread spread;
    for (const auto& value : values) {
        if (value) {
            spread.mean += *value;
            ++spread.count;
        }
    }
    if (spread.count == 0) {
        return std::nullopt;
    }
    spread.mean /= static_cast<double>(spread.count);
    if (spread.count > 1) {
        double squares = 0;
        for (const auto& value : values) {
            squares += value ? (*value - spread.mean) * (*value - spread.mean) : 0;
        }
        spread.deviation = std::sqrt(squares / static_cast<double>(spread.count - 1));
    }
    return spread;
}

std::vector<std::vector<std::size_t>> groupBySeed(std::span<const TrainingConfig* const> configs)
{
    std::vector<std::vector<std::size_t>> groups;
    for (std::size_t i = 0; i < configs.size(); ++i) {
        const auto joined = std::find_if(
            groups.begin(), groups.end(), [&](const std::vector<std::size_t>& group) {
                return configs[i] != nullptr && isJoinedBy(group, *configs[i], configs);
            });
        if (joined == groups.end()) {
            groups.push_back({i});
        } else {
            joined->push_back(i);
        }
    }
    return groups;
}

} // namespace mocoscope::training
